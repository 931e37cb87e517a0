{{ config(**table_design(cluster=['source'])) }}

{%- set settled = var('arrival_settled_days') -%}
{%- set last = settled + var('arrival_curve_days') - 1 -%}

with

arrival_days as (
    select * from {{ ref('int_data_quality__arrival_days') }}
    where arrived_rows > 0
),

log_arrivals as (
    select * from {{ ref('int_data_quality__log_arrivals') }}
    where ends_with(series, '/ALL')
),

-- days of which hardly a row is still to come
settled_days as (
    select * from arrival_days
    where {{ days_between('log_date', last_closed_day()) }} between {{ settled }} and {{ last }}
),

arrived as (
    select
        settled_days.source,
        settled_days.log_date,
        log_arrivals.hours_after,
        sum(log_arrivals.arrived_rows) as hour_rows
    from settled_days
    inner join log_arrivals
        on
            settled_days.source = log_arrivals.source
            and settled_days.log_date = log_arrivals.log_date
    group by settled_days.source, settled_days.log_date, log_arrivals.hours_after
),

hours as (
    select distinct
        source,
        hours_after
    from arrived
),

counted as (
    select
        settled_days.source,
        settled_days.log_date,
        hours.hours_after,
        settled_days.arrived_rows,
        sum(coalesce(arrived.hour_rows, 0)) over (
            partition by settled_days.source, settled_days.log_date
            order by hours.hours_after
            rows between unbounded preceding and current row
        ) as rows_so_far
    from settled_days
    inner join hours on settled_days.source = hours.source
    left join arrived
        on
            settled_days.source = arrived.source
            and settled_days.log_date = arrived.log_date
            and hours.hours_after = arrived.hours_after
),

shares as (
    select
        source,
        log_date,
        hours_after,
        rows_so_far / arrived_rows as arrived_share
    from counted
),

ranked as (
    select
        *,
        row_number() over (
            partition by source, hours_after
            order by arrived_share, log_date
        ) as place,
        count(*) over (partition by source, hours_after) as places
    from shares
),

final as (
    select
        source,
        hours_after + 1 as hours_passed,
        max(places) as learnt_days,
        avg(case when place in ({{ middle_places('places') }}) then arrived_share end)
            as arrived_share
    from ranked
    where places >= {{ var('arrival_minimum_days') }}
    group by source, hours_after
)

select * from final
