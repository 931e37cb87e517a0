{%- set window = segment_window() -%}
{%- set measures = {
    'recency': days_between('as_of_date', 'last_view_date'),
    'frequency': 'view_days',
    'hours': 'cast(floor(watched_seconds / 60) as int64)',
} -%}

{{ config(**table_design(partition='as_of_date', cluster=['measure'], window=window)) }}

with

account_viewing as (
    select * from {{ ref('int_restricted__account_viewing') }}
    where {{ in_window('as_of_date', window) }} and view_days > 0
),

-- values are few, so they are ranked rather than the accounts
counted as (
    {% for measure, value in measures.items() %}
        select
            as_of_date,
            '{{ measure }}' as measure,
            {{ value }} as measured_value,
            count(*) as accounts
        from account_viewing
        group by as_of_date, {{ value }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

ranked as (
    select
        as_of_date,
        measure,
        measured_value,
        accounts,
        sum(accounts) over (
            partition by as_of_date, measure
            order by measured_value desc
            rows between unbounded preceding and current row
        ) - accounts as better_accounts,
        sum(accounts) over (partition by as_of_date, measure) as all_accounts
    from counted
),

final as (
    select
        as_of_date,
        measure,
        measured_value,
        cast(accounts as int64) as accounts,
        cast(5 - floor(5 * better_accounts / all_accounts) as int64) as quintile
    from ranked
)

select * from final
