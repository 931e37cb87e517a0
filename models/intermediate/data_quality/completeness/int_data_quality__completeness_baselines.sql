{{ config(materialized='view') }}

with

teaching_days as (
    select * from {{ ref('int_data_quality__teaching_days') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by series, log_date
            order by tested_rows, teaching_date
        ) as place,
        count(*) over (partition by series, log_date) as places
    from teaching_days
),

centred as (
    select
        *,
        avg(case when place in ({{ middle_places('places') }}) then tested_rows end) over (
            partition by series, log_date
        ) as expected_rows
    from ranked
),

deviations as (
    select
        *,
        abs(tested_rows - expected_rows) as deviation,
        row_number() over (
            partition by series, log_date
            order by abs(tested_rows - expected_rows), teaching_date
        ) as deviation_place
    from centred
),

final as (
    select
        series,
        log_date,
        max(places) as teaching_days,
        max(expected_rows) as expected_rows,
        avg(
            case when deviation_place in ({{ middle_places('places') }}) then deviation end
        ) as deviation_rows
    from deviations
    group by series, log_date
)

select * from final
