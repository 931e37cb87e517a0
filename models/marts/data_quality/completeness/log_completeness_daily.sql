{{ config(**table_design(partition='log_date', cluster=['source', 'device_type'])) }}

{%- set least = var('completeness_minimum_rows') -%}

with

series_bands as (
    select * from {{ ref('int_data_quality__series_bands') }}
),

hour_gaps as (
    select * from {{ ref('int_data_quality__hour_gaps') }}
),

measured as (
    select
        series_bands.*,
        hour_gaps.gap_hour,
        hour_gaps.gap_hours,
        hour_gaps.gap_rows,
        hour_gaps.gap_expected_rows,
        {{ of_source('series_bands.source', 'direction') }} as direction,
        series_bands.kept_rows
        + series_bands.duplicate_rows
        + series_bands.quarantined_rows as raw_rows
    from series_bands
    left join hour_gaps
        on
            series_bands.series = hour_gaps.series
            and series_bands.log_date = hour_gaps.log_date
            and hour_gaps.gap_evidence
            >= {{ of_source('series_bands.source', 'gap_evidence') }}
),

weighed as (
    select
        *,
        teaching_days < {{ var('completeness_minimum_days') }}
        or tested_rows is null as is_learning,
        silence_rows >= {{ var('completeness_silence_rows') }} as is_silent,
        direction != 'high' and expected_rows >= {{ least }} as may_be_low,
        direction != 'low' and tested_rows >= {{ least }} as may_be_high,
        quarantined_rows >= {{ least }}
        and quarantined_rows > {{ var('refused_share') }} * raw_rows as is_refused,
        duplicate_rows >= {{ least }}
        and duplicate_rows > {{ var('duplicate_share') }} * raw_rows as is_resent,
        late_rows >= {{ least }}
        and late_rows > {{ var('late_share') }} * raw_rows as is_late
    from measured
),

judged as (
    select
        *,
        case
            -- what never came, or stopped long ago, teaches nothing but that it is not there
            when is_learning and is_silent then 'missing'
            when is_learning then 'learning'
            when may_be_low and tested_rows = 0 then 'missing'
            when may_be_low and tested_rows < lower_rows then 'low'
            when is_refused then 'low'
            when may_be_low and gap_hour is not null then 'low'
            when may_be_high and tested_rows > upper_rows then 'high'
            when is_resent then 'high'
            when is_late then 'late'
            else 'ok'
        end as row_status,
        case
            when is_learning and is_silent then 'rows'
            when is_learning then null
            when is_refused then 'refused'
            when may_be_low and tested_rows < lower_rows or tested_rows = 0 then 'rows'
            when may_be_low and gap_hour is not null then 'hours'
            when may_be_high and tested_rows > upper_rows then 'rows'
            when is_resent then 'duplicates'
            when is_late then 'arrival'
        end as found_by
    from weighed
),

final as (
    select
        log_date,
        source,
        event,
        device_type,
        cadence,
        owner,
        day_type,
        case
            when day_type = 'incident' then 'incident'
            when day_type = 'holiday' and row_status in ('ok', 'learning') then 'holiday'
            else row_status
        end as status,
        row_status,
        case when row_status not in ('ok', 'learning') then found_by end as found_by,
        raw_rows,
        kept_rows,
        duplicate_rows,
        quarantined_rows,
        late_rows,
        tested_rows,
        expected_rows,
        deviation_rows,
        lower_rows,
        upper_rows,
        peers_ratio,
        cast(teaching_days as int64) as teaching_days,
        gap_hour,
        gap_hours,
        gap_rows,
        gap_expected_rows
    from judged
)

select * from final
