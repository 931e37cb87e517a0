{%- set window = {'field': 'built_date'} -%}

{{ config(**table_design(partition='built_date', window=window)) }}

-- last of a run: what stands here is in all of these
-- depends_on: {{ ref('viewing_daily') }}
-- depends_on: {{ ref('first_views_daily') }}
-- depends_on: {{ ref('paid_subscribers_daily') }}
-- depends_on: {{ ref('push_performance_daily') }}
-- depends_on: {{ ref('push_failures_daily') }}
-- depends_on: {{ ref('account_segments') }}
-- depends_on: {{ ref('push_targets') }}
-- depends_on: {{ ref('log_reconciliation') }}
-- depends_on: {{ ref('log_quarantine_reasons') }}

with

program_days as (
    select * from {{ ref('int_viewing__program_days') }}
    where view_date <= {{ last_closed_day() }}
),

first_days as (
    select min(view_date) as first_date
    from program_days
),

days as (
    -- unqualified, since on BigQuery an unnested value has no table
    select built_date -- noqa: RF03
    from first_days
    cross join {{ day_spine('first_days.first_date', last_closed_day(), 'built_date') }}
),

final as (
    select built_date
    from days
    where {{ in_window('built_date', window) }}
)

select * from final
