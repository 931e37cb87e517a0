{{ config(**table_design(partition='log_date', cluster=['source', 'event'])) }}

{%- set logs = [
    ('billing.subscription_event', 'int_restricted__subscription_events_judged'),
    ('crm.push_event', 'int_restricted__push_events_judged'),
] -%}

with

events as (
    {% for source, judged in logs %}
        select
            '{{ source }}' as source,
            coalesce(event_type, 'UNKNOWN') as event,
            occurred_at,
            ingested_at,
            ingest_date,
            outcome
        from {{ ref(judged) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- refused rows count where they arrived: their own dates may be nonsense
placed as (
    select
        source,
        event,
        outcome,
        case when outcome = 'quarantined' then ingested_at else occurred_at end as placed_at,
        ingested_at,
        ingest_date
    from events
),

dated as (
    select
        source,
        event,
        outcome,
        case
            when placed_at is null then ingest_date else {{ kst_date('placed_at') }}
        end as log_date,
        coalesce({{ kst_hour('placed_at') }}, 0) as hour_of_day,
        case
            when
                outcome != 'quarantined'
                and {{ has_plausible_arrival('placed_at', 'ingested_at') }}
                then {{ hours_after('placed_at', 'ingested_at') }}
        end as hours_after
    from placed
),

final as (
    select
        source,
        event,
        log_date,
        cast(hour_of_day as int64) as hour_of_day,
        hours_after,
        countif(outcome = 'kept') as kept_rows,
        countif(outcome = 'duplicate') as duplicate_rows,
        countif(outcome = 'quarantined') as quarantined_rows
    from dated
    where log_date is not null
    group by source, event, log_date, hour_of_day, hours_after
)

select * from final
