{{ config(materialized='view') }}

with

series_days as (
    select * from {{ ref('int_data_quality__series_days') }}
    where log_date > {{ days_before_closed(var('completeness_shown_days')) }}
),

completeness_baselines as (
    select * from {{ ref('int_data_quality__completeness_baselines') }}
),

expected as (
    select
        series_days.*,
        coalesce(completeness_baselines.teaching_days, 0) as teaching_days,
        completeness_baselines.expected_rows,
        completeness_baselines.deviation_rows,
        {{ completeness_band('series_days.source') }}
        * case
            when series_days.kind_of_day = 'holiday' then {{ var('holiday_band') }} else 1
        end as band_rows
    from series_days
    left join completeness_baselines
        on
            series_days.series = completeness_baselines.series
            and series_days.log_date = completeness_baselines.log_date
),

ratios as (
    select
        source,
        event,
        log_date,
        device_type,
        tested_rows / expected_rows as ratio
    from expected
    where
        device_type != 'ALL'
        and teaching_days >= {{ var('completeness_minimum_days') }}
        and expected_rows >= {{ var('completeness_minimum_rows') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by source, event, log_date
            order by ratio, device_type
        ) as place,
        count(*) over (partition by source, event, log_date) as places
    from ratios
),

-- what lifts most devices is a premiere or a campaign, of two devices nobody can tell
lifts as (
    select
        source,
        event,
        log_date,
        avg(ratio) as peers_ratio
    from ranked
    where places >= 3 and place in ({{ middle_places('places') }})
    group by source, event, log_date
),

final as (
    select
        expected.series,
        expected.source,
        expected.event,
        expected.device_type,
        expected.log_date,
        expected.cadence,
        expected.since,
        expected.owner,
        expected.day_type,
        expected.kept_rows,
        expected.duplicate_rows,
        expected.quarantined_rows,
        expected.late_rows,
        expected.tested_rows,
        expected.silence_rows,
        expected.kind_of_day,
        expected.is_teaching,
        expected.teaching_days,
        expected.expected_rows,
        expected.deviation_rows,
        expected.band_rows,
        lifts.peers_ratio,
        greatest(coalesce(lifts.peers_ratio, 1), 1)
        * (expected.expected_rows + expected.band_rows) as upper_rows,
        case
            when expected.band_rows < expected.expected_rows
                then expected.expected_rows - expected.band_rows
            when expected.band_rows is not null then 0
        end as lower_rows
    from expected
    left join lifts
        on
            expected.source = lifts.source
            and expected.event = lifts.event
            and expected.log_date = lifts.log_date
)

select * from final
