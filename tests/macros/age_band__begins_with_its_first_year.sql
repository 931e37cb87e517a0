with

cases as (
    select
        -1 as age,
        'UNKNOWN' as expected
    union all
    select
        0 as age,
        '0-19' as expected
    union all
    select
        19 as age,
        '0-19' as expected
    union all
    select
        20 as age,
        '20-29' as expected
    union all
    select
        59 as age,
        '50-59' as expected
    union all
    select
        60 as age,
        '60+' as expected
    union all
    select
        cast(null as int64) as age,
        'UNKNOWN' as expected
)

select *
from cases
where {{ age_band('age') }} is distinct from expected
