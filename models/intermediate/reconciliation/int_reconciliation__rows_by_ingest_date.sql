{{ config(materialized='view') }}

{%- set tables = [
    ('player', 'viewing_log'),
    ('billing', 'subscription_event'),
    ('member', 'account'),
    ('member', 'profile'),
    ('catalog', 'program'),
    ('catalog', 'content'),
    ('crm', 'push_campaign'),
    ('crm', 'push_event'),
] -%}

with

viewing_log_days as (
    select * from {{ ref('int_reconciliation__viewing_log_days') }}
),

whole_tables as (
    select * from {{ ref('int_reconciliation__whole_tables') }}
),

counted as (
    select
        'player' as system,
        'viewing_log' as table_name,
        ingest_date,
        raw_rows,
        kept_rows,
        duplicate_rows,
        quarantined_rows
    from viewing_log_days
    union all
    select
        system,
        table_name,
        ingest_date,
        raw_rows,
        kept_rows,
        duplicate_rows,
        quarantined_rows
    from whole_tables
),

sources as (
    {% for system, table_name in tables %}
        select
            '{{ system }}' as system,
            '{{ table_name }}' as table_name
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- a source without rows is shown with zeros, not left out
final as (
    select
        sources.system,
        sources.table_name,
        counted.ingest_date,
        coalesce(counted.raw_rows, 0) as raw_rows,
        coalesce(counted.kept_rows, 0) as kept_rows,
        coalesce(counted.duplicate_rows, 0) as duplicate_rows,
        coalesce(counted.quarantined_rows, 0) as quarantined_rows
    from sources
    left join counted
        on
            sources.system = counted.system
            and sources.table_name = counted.table_name
)

select * from final
