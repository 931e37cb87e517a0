{{ config(**table_design(partition='log_date', cluster=['source'])) }}

{%- set horizon = var('arrival_horizon_hours') -%}

with

arrival_days as (
    select * from {{ ref('int_data_quality__arrival_days') }}
),

arrival_curves as (
    select * from {{ ref('int_data_quality__arrival_curves') }}
),

-- a curve holds the hours in which rows came: of others the last before them counts
usual as (
    select
        arrival_days.source,
        arrival_days.log_date,
        max(
            case
                when arrival_curves.hours_passed <= arrival_days.hours_passed
                    then arrival_curves.arrived_share
            end
        ) as usual_share,
        max(
            case
                when arrival_curves.hours_passed <= {{ report_hours() }}
                    then arrival_curves.arrived_share
            end
        ) as usual_report_share
    from arrival_days
    inner join arrival_curves on arrival_days.source = arrival_curves.source
    group by arrival_days.source, arrival_days.log_date
),

measured as (
    select
        arrival_days.log_date,
        arrival_days.source,
        arrival_days.arrived_rows,
        least(arrival_days.hours_passed, {{ horizon }}) as hours_passed,
        case
            when arrival_days.hours_passed >= {{ horizon }} then 1
            when arrival_days.arrived_rows > 0 then usual.usual_share
        end as arrived_share,
        arrival_days.report_rows / nullif(arrival_days.arrived_rows, 0) as report_share,
        usual.usual_report_share
    from arrival_days
    left join usual
        on
            arrival_days.source = usual.source
            and arrival_days.log_date = usual.log_date
),

final as (
    select
        log_date,
        source,
        arrived_rows,
        cast(hours_passed as int64) as hours_passed,
        cast(arrived_share as float64) as arrived_share,
        arrived_rows / nullif(arrived_share, 0) as expected_rows,
        report_share,
        usual_report_share,
        case
            -- of a day without a row nothing says that it is whole
            when arrived_rows = 0 then hours_passed < {{ horizon }}
            when arrived_share is not null
                then arrived_share < {{ var('provisional_below_share') }}
            -- without a curve the hour before the report decides
            else hours_passed < {{ report_hours() }} - 1
        end as is_provisional
    from measured
)

select * from final
