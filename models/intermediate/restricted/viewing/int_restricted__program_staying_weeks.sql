{#- a week's viewers are looked at again 28 days after its end, by then 34 after its start -#}
{%- set window = {
    'field': 'week_start', 'grain': 'week', 'before': 34, 'after': overlap_days()
} -%}

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

subscription_spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
),

spells as (
    select
        uno,
        started_on,
        -- one that is not past covers every day up to the last closed one
        case
            when is_past then ended_on
            else greatest(ended_on, {{ date_plus(last_closed_day(), 1) }})
        end as covered_until
    from subscription_spells
    where level = 'sales_type' and sales_type = 'B2C'
),

-- spells of an account do not overlap, so that at most one covers an instant
viewers as (
    select
        viewing_weeks.week_start,
        viewing_weeks.program_id,
        now.uno as subscribed_uno,
        later.uno as staying_uno
    from viewing_weeks
    left join spells as now
        on
            viewing_weeks.uno = now.uno
            and {{ covers_week_end('now', 'viewing_weeks.week_start') }}
    left join spells as later
        on
            now.uno = later.uno
            and {{ covers_week_end('later', date_plus('viewing_weeks.week_start', 28)) }}
    where viewing_weeks.valid_views > 0
),

counted as (
    select
        week_start,
        program_id,
        count(*) as viewers,
        count(subscribed_uno) as subscribed_viewers,
        count(staying_uno) as staying_viewers
    from viewers
    group by week_start, program_id
),

final as (
    select
        week_start,
        program_id,
        viewers,
        subscribed_viewers,
        case
            when {{ date_plus('week_start', 34) }} <= {{ last_closed_day() }}
                then staying_viewers
        end as staying_viewers
    from counted
)

select * from final
