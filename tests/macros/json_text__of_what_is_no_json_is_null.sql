with

cases as (
    select
        '{"os": "ios", "variant": "A"}' as text,
        'ios' as expected
    union all
    select
        '{"variant": "A"}' as text,
        null as expected
    union all
    select
        '{"os": "가 나"}' as text,
        '가 나' as expected
    union all
    select
        '{"os": 7}' as text,
        '7' as expected
    union all
    select
        '{"os": true}' as text,
        'true' as expected
    union all
    select
        '{"os": null}' as text,
        null as expected
    union all
    select
        '{"os": {"name": "ios"}}' as text,
        null as expected
    union all
    select
        '{"os": ["ios"]}' as text,
        null as expected
    union all
    select
        '[]' as text,
        null as expected
    union all
    select
        '{"os": }' as text,
        null as expected
    union all
    select
        '{"os": "io' as text,
        null as expected
    union all
    select
        '' as text,
        null as expected
    union all
    select
        null as text,
        null as expected
)

select *
from cases
where {{ json_text('text', 'os') }} is distinct from expected
