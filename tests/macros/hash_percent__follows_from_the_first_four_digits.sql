-- ddaf is 56,751 of 65,536, the beginning of the published SHA-512 of abc
with

cases as (
    select
        {{ sha512_hex("'abc'") }} as digest,
        86 as expected
    union all
    select
        '0000f' as digest,
        0 as expected
    union all
    select
        '028ff' as digest,
        0 as expected
    union all
    select
        '0290' as digest,
        1 as expected
    union all
    select
        'ffff0' as digest,
        99 as expected
)

select *
from cases
where {{ hash_percent('digest') }} is distinct from expected
