-- The page of the Monday meeting as lines of text, to paste into a message: each figure of
-- the last whole week with its change against last week and last year.
with

page as (
    select * from {{ ref('service_kpis_weekly') }}
    where week_start = {{ last_whole_week() }}
),

-- whole numbers, and shares in tenths of a percent
rounded as (
    select
        kpi_order,
        kpi_name_ko,
        unit,
        detail,
        status,
        cast(round(case when unit = 'share' then kpi_value * 1000 else kpi_value end, 0) as int64)
            as figure,
        cast(round(change_rate * 100, 0) as int64) as change_percent,
        cast(round(change_rate_year * 100, 0) as int64) as change_percent_year
    from page
),

worded as (
    select
        kpi_order,
        kpi_name_ko,
        case status
            when 'better' then '▲'
            when 'worse' then '▼'
            else '·'
        end as arrow,
        case
            when unit = 'share'
                then concat(
                    cast(cast(floor(figure / 10) as int64) as string),
                    '.',
                    cast(mod(figure, 10) as string),
                    '%'
                )
            else cast(figure as string)
        end as figure_text,
        case when detail is null then '' else concat(' ', detail) end as detail_text,
        case
            when change_percent is null then '-'
            else concat(cast(change_percent as string), '%')
        end as change_text,
        case
            when change_percent_year is null then '-'
            else concat(cast(change_percent_year as string), '%')
        end as change_text_year
    from rounded
),

final as (
    select
        kpi_order,
        concat(
            arrow, ' ', kpi_name_ko, ' ', figure_text, detail_text,
            ' (전주 대비 ', change_text, ', 작년 대비 ', change_text_year, ')'
        ) as page_line
    from worded
)

select *
from final
order by kpi_order
