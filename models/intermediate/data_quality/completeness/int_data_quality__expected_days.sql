{{ config(materialized='view') }}

with

log_expectations as (
    select
        *,
        {{ series_name('source', 'event', 'device_type') }} as series,
        lead(since) over (partition by source, event, device_type order by since)
            as next_since
    from {{ ref('log_expectations') }}
),

log_hours as (
    select * from {{ ref('int_data_quality__log_hours') }}
),

holidays as (
    select * from {{ ref('holidays') }}
),

-- one that explains the findings of another detector says nothing of these rows
incidents as (
    select * from {{ ref('incidents') }}
    where coalesce(detector, 'log_completeness') in ('log_completeness', 'all')
),

-- of a source that a company lacks nothing is expected
sources as (
    select
        source,
        min(log_date) as first_date
    from log_hours
    where kept_rows > 0
    group by source
),

-- a known change of level is a new line: it ends the one before
lines as (
    select
        log_expectations.source,
        log_expectations.event,
        log_expectations.device_type,
        log_expectations.series,
        log_expectations.cadence,
        log_expectations.since,
        log_expectations.owner,
        greatest(
            log_expectations.since,
            sources.first_date,
            {{ days_before_closed(var('completeness_shown_days') + var('completeness_reach_days')) }}
        ) as first_date,
        least(
            coalesce(log_expectations.ended_on, {{ last_closed_day() }}),
            coalesce({{ date_plus('log_expectations.next_since', -1) }}, {{ last_closed_day() }}),
            {{ last_closed_day() }}
        ) as last_date
    from log_expectations
    inner join sources on log_expectations.source = sources.source
),

calendar as (
    select
        lines.*,
        -- unqualified, since on BigQuery an unnested value has no table
        log_date -- noqa: RF02, RF03
    from lines
    cross join {{ day_spine('lines.first_date', 'lines.last_date', 'log_date') }}
),

incident_days as (
    select distinct
        calendar.series,
        calendar.log_date
    from calendar
    inner join incidents
        on
            calendar.source = coalesce(incidents.source, calendar.source)
            and calendar.device_type
            in ('ALL', coalesce(incidents.device_type, calendar.device_type))
            and calendar.log_date >= incidents.started_on
            and calendar.log_date <= coalesce(incidents.ended_on, date '9999-12-31')
),

typed as (
    select
        calendar.series,
        calendar.source,
        calendar.event,
        calendar.device_type,
        calendar.log_date,
        calendar.cadence,
        calendar.since,
        calendar.owner,
        case
            when incident_days.log_date is not null then 'incident'
            when holidays.holiday_date is not null then 'holiday'
            else 'ordinary'
        end as day_type
    from calendar
    left join incident_days
        on
            calendar.series = incident_days.series
            and calendar.log_date = incident_days.log_date
    left join holidays on calendar.log_date = holidays.holiday_date
),

final as (
    select
        *,
        case
            when cadence = 'day' and day_type = 'holiday' then 'holiday'
            else cast({{ weekday_number('log_date') }} as string)
        end as kind_of_day
    from typed
)

select * from final
