{{ config(materialized='view') }}

{#- an outage is looked for at each of these lengths, in hours -#}
{%- set lengths = [3, 5, 8] -%}

with

expected_hours as (
    select * from {{ ref('int_data_quality__expected_hours') }}
),

stretches as (
    {% for length in lengths %}
        select
            series,
            log_date,
            hour_of_day - {{ length - 1 }} as gap_hour,
            {{ length }} as gap_hours,
            sum(kept_rows) over (
                partition by series, log_date
                order by hour_of_day
                rows between {{ length - 1 }} preceding and current row
            ) as gap_rows,
            sum(expected_rows) over (
                partition by series, log_date
                order by hour_of_day
                rows between {{ length - 1 }} preceding and current row
            ) as gap_expected_rows
        from expected_hours
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

weighed as (
    select
        *,
        {{ shortfall_evidence('gap_rows', 'gap_expected_rows') }} as gap_evidence
    from stretches
    where
        gap_hour >= 0
        and gap_rows <= {{ var('gap_share') }} * gap_expected_rows
),

ranked as (
    select
        *,
        -- rounded, since sums of the same hours differ in their last bit by their order
        row_number() over (
            partition by series, log_date
            order by round(gap_evidence, 6) desc, gap_hours asc, gap_hour asc
        ) as place
    from weighed
),

final as (
    select
        series,
        log_date,
        cast(gap_hour as int64) as gap_hour,
        cast(gap_hours as int64) as gap_hours,
        cast(gap_rows as int64) as gap_rows,
        gap_expected_rows,
        gap_evidence
    from ranked
    where place = 1 and gap_evidence > 0
)

select * from final
