{{ config(materialized='view', tags=['kept_results']) }}

with

-- the checks that count what a detector found: each of those is a finding itself
checks as (
    select * from {{ ref('quality_checks_daily') }}
    where not ends_with(check_name, '__has_no_open_problem')
),

latest as (
    select
        *,
        row_number() over (partition by check_id order by check_date desc) as recency,
        max(check_date) over () as latest_date
    from checks
),

final as (
    select
        'failed_check' as detector,
        check_id as finding_key,
        first_failed_on as first_seen_on,
        check_date as last_seen_on,
        severity,
        owner,
        concat(
            check_name,
            case
                when failures = 1 then ' (1 row)'
                when failures is not null
                    then concat(' (', cast(failures as string), ' rows)')
                else ''
            end
        ) as summary,
        what_is_this,
        when_does_it_matter,
        how_to_resolve
    from latest
    where
        recency = 1
        and first_failed_on is not null
        -- a check that nobody runs any more, as of a model that is gone
        and {{ days_between('check_date', 'latest_date') }} < {{ var('open_problem_days') }}
)

select * from final
