{{ config(**table_design()) }}

{%- set logs = [
    ('billing', 'subscription_event', 'int_restricted__subscription_events_judged'),
    ('crm', 'push_event', 'int_restricted__push_events_judged'),
] -%}

{%- set snapshots = [
    ('member', 'account', 'int_restricted__accounts_judged'),
    ('member', 'profile', 'int_restricted__profiles_judged'),
    ('catalog', 'program', 'int_content__programs_judged'),
    ('catalog', 'content', 'int_content__contents_judged'),
    ('crm', 'push_campaign', 'int_restricted__push_campaigns_judged'),
] -%}

with

raw_rows_counted as (
    {% for system, table_name, _ in logs %}
        select
            '{{ system }}' as system,
            '{{ table_name }}' as table_name,
            ingest_date,
            count(*) as raw_rows
        from {{ source(system, table_name) }}
        group by ingest_date
        union all
    {% endfor %}
    {% for system, table_name, _ in snapshots %}
        select
            '{{ system }}' as system,
            '{{ table_name }}' as table_name,
            cast(null as date) as ingest_date,
            count(*) as raw_rows
        from {{ source(system, table_name) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

outcomes_counted as (
    {% for system, table_name, judged in logs %}
        select
            '{{ system }}' as system,
            '{{ table_name }}' as table_name,
            ingest_date,
            outcome,
            count(*) as outcome_rows
        from {{ ref(judged) }}
        group by ingest_date, outcome
        union all
    {% endfor %}
    {% for system, table_name, judged in snapshots %}
        select
            '{{ system }}' as system,
            '{{ table_name }}' as table_name,
            cast(null as date) as ingest_date,
            outcome,
            count(*) as outcome_rows
        from {{ ref(judged) }}
        group by outcome
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

both_sides as (
    select
        system,
        table_name,
        ingest_date,
        raw_rows,
        cast(null as string) as outcome,
        0 as outcome_rows
    from raw_rows_counted
    union all
    select
        system,
        table_name,
        ingest_date,
        0 as raw_rows,
        outcome,
        outcome_rows
    from outcomes_counted
),

final as (
    select
        system,
        table_name,
        ingest_date,
        cast(sum(raw_rows) as int64) as raw_rows,
        cast(sum(case when outcome = 'kept' then outcome_rows else 0 end) as int64)
            as kept_rows,
        cast(sum(case when outcome = 'duplicate' then outcome_rows else 0 end) as int64)
            as duplicate_rows,
        cast(sum(case when outcome = 'quarantined' then outcome_rows else 0 end) as int64)
            as quarantined_rows
    from both_sides
    group by system, table_name, ingest_date
)

select * from final
