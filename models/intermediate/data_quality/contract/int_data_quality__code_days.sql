{{ config(materialized='view') }}

{%- set coded = [
    ('player.viewing_log', 'device_type', 'viewing_codes'),
    ('player.viewing_log', 'charge_type', 'viewing_codes'),
    ('billing.subscription_event', 'event_type', 'subscription_codes'),
    ('billing.subscription_event', 'payment_method', 'subscription_codes'),
    ('billing.subscription_event', 'currency', 'subscription_codes'),
    ('crm.push_event', 'event_type', 'push_codes'),
] %}

with

viewing_codes as (
    select * from {{ ref('int_data_quality__viewing_codes') }}
),

subscription_events as (
    select * from {{ ref('stg_billing__subscription_events') }}
),

push_events as (
    select * from {{ ref('stg_crm__push_events') }}
),

subscription_codes as (
    select
        ingest_date,
        {{ shown_code('event_type') }} as event_type,
        {{ shown_code('payment_method') }} as payment_method,
        {{ shown_code('currency') }} as currency,
        count(*) as raw_rows
    from subscription_events
    group by
        ingest_date,
        {{ shown_code('event_type') }},
        {{ shown_code('payment_method') }},
        {{ shown_code('currency') }}
),

push_codes as (
    select
        ingest_date,
        {{ shown_code('event_type') }} as event_type,
        count(*) as raw_rows
    from push_events
    group by ingest_date, {{ shown_code('event_type') }}
),

listed as (
    {% for source, column, codes in coded %}
        select
            '{{ source }}' as source,
            '{{ column }}' as column_name,
            {{ column }} as code,
            ingest_date,
            raw_rows
        from {{ codes }}
        where {{ column }} is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        source,
        column_name,
        code,
        ingest_date,
        cast(sum(raw_rows) as int64) as raw_rows
    from listed
    group by source, column_name, code, ingest_date
)

select * from final
