{%- set window = {'field': 'week_start', 'grain': 'week', 'after': overlap_days()} -%}

{{ config(**table_design(
    partition='week_start',
    cluster=['program_id'],
    window=window
)) }}

with

viewing_weeks as (
    select * from {{ ref('int_restricted__viewing_weeks') }}
    where {{ in_window('week_start', window) }}
),

accounts as (
    select * from {{ ref('int_restricted__accounts_judged') }}
    where outcome = 'kept'
),

viewers as (
    select
        viewing_weeks.week_start,
        viewing_weeks.program_id,
        viewing_weeks.main_device_type,
        case when accounts.gender in ('F', 'M') then accounts.gender else 'UNKNOWN' end
            as gender,
        {{ age_on('accounts.birth_date', 'viewing_weeks.week_start') }} as age
    from viewing_weeks
    left join accounts on viewing_weeks.uno = accounts.uno
    where viewing_weeks.valid_views > 0
),

counted as (
    select
        week_start,
        program_id,
        {{ age_band('age') }} as age_band,
        gender,
        main_device_type,
        count(*) as viewers
    from viewers
    group by week_start, program_id, {{ age_band('age') }}, gender, main_device_type
),

unfolded as (
    select
        week_start,
        program_id,
        'age_band' as dimension,
        age_band as dimension_value,
        viewers
    from counted
    union all
    select
        week_start,
        program_id,
        'gender' as dimension,
        gender as dimension_value,
        viewers
    from counted
    union all
    select
        week_start,
        program_id,
        'device_type' as dimension,
        main_device_type as dimension_value,
        viewers
    from counted
),

final as (
    select
        week_start,
        program_id,
        dimension,
        dimension_value,
        cast(sum(viewers) as int64) as viewers
    from unfolded
    group by week_start, program_id, dimension, dimension_value
)

select * from final
