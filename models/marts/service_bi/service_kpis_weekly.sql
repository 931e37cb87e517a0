{{ config(**table_design(partition='week_start', cluster=['kpi'])) }}

with

kpi_weeks as (
    select * from {{ ref('int_service_bi__kpi_weeks') }}
),

kpis as (
    select * from {{ ref('kpis') }}
),

compared as (
    select
        now.week_start,
        now.iso_year,
        now.iso_week,
        now.kpi,
        now.kpi_value,
        now.detail,
        week_ago.kpi_value as value_week_ago,
        now.kpi_value - week_ago.kpi_value as value_change,
        (now.kpi_value - week_ago.kpi_value) / nullif(week_ago.kpi_value, 0)
            as change_rate,
        year_ago.week_start as week_start_year_ago,
        year_ago.kpi_value as value_year_ago,
        (now.kpi_value - year_ago.kpi_value) / nullif(year_ago.kpi_value, 0)
            as change_rate_year
    from kpi_weeks as now
    left join kpi_weeks as week_ago
        on
            now.kpi = week_ago.kpi
            and now.week_start = {{ date_plus('week_ago.week_start', 7) }}
    -- no year of 53 weeks follows another, so a week 53 is compared with a week 52
    left join kpi_weeks as year_ago
        on
            now.kpi = year_ago.kpi
            and now.iso_year = year_ago.iso_year + 1
            and least(now.iso_week, 52) = year_ago.iso_week
),

final as (
    select
        compared.week_start,
        cast(compared.iso_year as int64) as iso_year,
        compared.iso_week,
        compared.kpi,
        kpis.kpi_order,
        kpis.kpi_name_ko,
        kpis.kpi_name_en,
        kpis.unit,
        compared.kpi_value,
        compared.detail,
        compared.value_week_ago,
        compared.value_change,
        compared.change_rate,
        compared.week_start_year_ago,
        compared.value_year_ago,
        compared.change_rate_year,
        case
            when compared.change_rate is null then 'no_comparison'
            when abs(compared.change_rate) < kpis.notable_change then 'steady'
            when kpis.better = 'none' then 'changed'
            when (compared.change_rate > 0) = (kpis.better = 'up') then 'better'
            else 'worse'
        end as status
    from compared
    inner join kpis on compared.kpi = kpis.kpi
)

select * from final
