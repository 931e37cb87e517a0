{{ config(materialized='view') }}

with

subscription_weeks as (
    select * from {{ ref('int_service_bi__subscription_weeks') }}
),

viewing_weeks as (
    select * from {{ ref('int_service_bi__viewing_weeks') }}
),

kpis as (
    select * from {{ ref('kpis') }}
),

weeks as (
    select week_start from subscription_weeks
    union distinct
    select week_start from viewing_weeks
),

valued as (
    select
        weeks.week_start,
        kpis.kpi,
        cast(
            case kpis.kpi
                when 'viewing_hours' then viewing_weeks.viewing_hours
                when 'viewers' then viewing_weeks.viewers
                when 'hours_per_viewer' then viewing_weeks.hours_per_viewer
                when 'views' then viewing_weeks.views
                when 'completion_rate' then viewing_weeks.completion_rate
                when 'subscribers' then subscription_weeks.subscribers
                when 'paid_users' then subscription_weeks.paid_users
                when 'equivalent_paid_users'
                    then subscription_weeks.equivalent_paid_users
                when 'new_subscribers' then subscription_weeks.new_subscribers
                when 'returned_subscribers' then subscription_weeks.returned_subscribers
                when 'churned_subscribers' then subscription_weeks.churned_subscribers
                when 'churn_rate' then subscription_weeks.churn_rate
                when 'voluntary_churn_share'
                    then subscription_weeks.voluntary_churn_share
                when 'revenue_krw' then subscription_weeks.revenue_krw
                when 'refund_krw' then subscription_weeks.refund_krw
                when 'first_views' then viewing_weeks.first_views
                when 'first_view_top' then viewing_weeks.top_first_views
                when 'program_top' then viewing_weeks.top_viewers
            end as float64
        ) as kpi_value,
        case kpis.kpi
            when 'first_view_top' then viewing_weeks.top_first_view_program
            when 'program_top' then viewing_weeks.top_program
        end as detail
    from weeks
    cross join kpis
    left join subscription_weeks on weeks.week_start = subscription_weeks.week_start
    left join viewing_weeks on weeks.week_start = viewing_weeks.week_start
),

final as (
    select
        week_start,
        -- an ISO week belongs to the year that its Thursday lies in
        extract(year from {{ date_plus('week_start', 3) }}) as iso_year,
        cast(
            floor((extract(dayofyear from {{ date_plus('week_start', 3) }}) - 1) / 7)
            as int64
        ) + 1 as iso_week,
        kpi,
        kpi_value,
        detail
    from valued
    where kpi_value is not null
)

select * from final
