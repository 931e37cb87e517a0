with

cases as (
    select
        '  a b  ' as text,
        'a b' as expected
    union all
    select
        '   ' as text,
        null as expected
    union all
    select
        '' as text,
        null as expected
    union all
    select
        '　a　' as text,
        '　a　' as expected
    union all
    select
        ' 　a　 ' as text,
        '　a　' as expected
    union all
    select
        null as text,
        null as expected,
)

select *
from cases
where {{ clean_text('text') }} is distinct from expected
