with

cases as (
    select
        1 as case_number,
        'a' as text,
        9 as seconds
    union all
    select
        1 as case_number,
        'b' as text,
        10 as seconds
    union all
    select
        2 as case_number,
        'b' as text,
        5 as seconds
    union all
    select
        2 as case_number,
        '가' as text,
        5 as seconds
    union all
    select
        3 as case_number,
        null as text,
        7 as seconds
    union all
    select
        3 as case_number,
        'c' as text,
        0 as seconds
    union all
    select
        4 as case_number,
        null as text,
        7 as seconds
),

found as (
    select
        case_number,
        {{ value_of_most('text', 'seconds') }} as value
    from cases
    group by case_number
),

expected as (
    select
        1 as case_number,
        'b' as value
    union all
    select
        2 as case_number,
        '가' as value
    union all
    select
        3 as case_number,
        'c' as value
    union all
    select
        4 as case_number,
        cast(null as string) as value
)

select
    found.case_number,
    found.value
from found
inner join expected on found.case_number = expected.case_number
where found.value is distinct from expected.value
