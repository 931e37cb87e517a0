with

cases as (
    select
        1 as case_number,
        1 as code,
        9 as seconds
    union all
    select
        1 as case_number,
        2 as code,
        10 as seconds
    union all
    select
        2 as case_number,
        2 as code,
        5 as seconds
    union all
    select
        2 as case_number,
        99999 as code,
        5 as seconds
    union all
    select
        3 as case_number,
        null as code,
        7 as seconds
    union all
    select
        3 as case_number,
        0 as code,
        0 as seconds
    union all
    select
        4 as case_number,
        null as code,
        7 as seconds
),

found as (
    select
        case_number,
        {{ value_of_most('code', 'seconds') }} as value
    from cases
    group by case_number
),

expected as (
    select
        1 as case_number,
        2 as value
    union all
    select
        2 as case_number,
        99999 as value
    union all
    select
        3 as case_number,
        0 as value
    union all
    select
        4 as case_number,
        cast(null as int64) as value
)

select
    found.case_number,
    found.value
from found
inner join expected on found.case_number = expected.case_number
where found.value is distinct from expected.value
