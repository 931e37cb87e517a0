with

cases as (
    select
        '123' as text,
        true as expected
    union all
    select
        'a123' as text,
        false as expected
    union all
    select
        '1234' as text,
        false as expected
    union all
    select
        '' as text,
        false as expected
    union all
    select
        '１２３' as text,
        false as expected
    union all
    select
        null as text,
        null as expected,
)

select *
from cases
where {{ re_match('text', '[0-9]{1,3}') }} is distinct from expected
