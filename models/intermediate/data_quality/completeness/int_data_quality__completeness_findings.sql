{{ config(materialized='view') }}

with

log_completeness_daily as (
    select * from {{ ref('log_completeness_daily') }}
),

completeness_texts as (
    select * from {{ ref('completeness_texts') }}
),

problems as (
    select
        *,
        lag(log_date) over (
            partition by source, event, device_type
            order by log_date
        ) as problem_before
    from log_completeness_daily
    where status in ('missing', 'low', 'high', 'late')
),

-- a few days in order between two bad ones are luck, not a repair
numbered as (
    select
        *,
        countif(
            problem_before is null
            or {{ days_between('problem_before', 'log_date') }}
            > {{ var('completeness_quiet_days') }}
        ) over (
            partition by source, event, device_type
            order by log_date
        ) as problem_number
    from problems
),

latest as (
    select
        *,
        min(log_date) over (
            partition by source, event, device_type, problem_number
        ) as first_seen_on,
        row_number() over (
            partition by source, event, device_type
            order by log_date desc
        ) as recency
    from numbered
),

final as (
    select
        'log_completeness' as detector,
        {{ series_name('latest.source', 'latest.event', 'latest.device_type') }}
            as finding_key,
        latest.first_seen_on,
        latest.log_date as last_seen_on,
        case when latest.status in ('missing', 'low') then 'error' else 'warn' end
            as severity,
        latest.owner,
        {{ completeness_summary() }} as summary,
        completeness_texts.what_is_this,
        completeness_texts.when_does_it_matter,
        completeness_texts.how_to_resolve
    from latest
    left join completeness_texts
        on
            latest.status = completeness_texts.status
            and latest.found_by = completeness_texts.found_by
    where
        latest.recency = 1
        and {{ days_between('latest.log_date', last_closed_day()) }}
        < {{ var('open_problem_days') }}
)

select * from final
