with

cases as (
    select
        'u1' as uno,
        'u2' as other_uno,
)

select *
from cases
where
    {{ hash_account('uno') }} = {{ sha512_hex('uno') }}
    or {{ hash_account('uno') }} = {{ hash_account('other_uno') }}
    or {{ hash_account('uno') }} != {{ hash_account('uno') }}
    or not {{ re_match(hash_account('uno'), '[0-9a-f]{128}') }}
