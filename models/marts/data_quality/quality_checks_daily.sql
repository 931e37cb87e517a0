{{ config(
    tags=['kept_results'],
    **table_design(partition='check_date', cluster=['status', 'check_id'])
) }}

with

check_days as (
    select * from {{ ref('int_data_quality__check_days') }}
),

check_texts as (
    select * from {{ ref('check_texts') }}
),

check_owners as (
    select * from {{ ref('check_owners') }}
),

passed as (
    select
        *,
        max(case when status = 'pass' then check_date end) over (
            partition by check_id
            order by check_date
        ) as last_passed_on
    from check_days
),

-- a day on which the check could not run neither ends a streak nor begins one
streaks as (
    select
        *,
        min(case when status in ('warn', 'fail', 'error') then check_date end) over (
            partition by check_id, last_passed_on
            order by check_date
        ) as first_failed_on
    from passed
),

final as (
    select
        streaks.check_date,
        streaks.check_id,
        streaks.check_name,
        streaks.domain,
        streaks.model_name,
        streaks.column_name,
        streaks.severity,
        streaks.status,
        streaks.failures,
        week_ago.failures as failures_week_ago,
        streaks.failures - week_ago.failures as failures_change,
        streaks.first_failed_on,
        {{ days_between('streaks.first_failed_on', 'streaks.check_date') }}
        + 1 as days_failing,
        coalesce(streaks.owner, check_owners.owner, '{{ var("default_owner") }}') as owner,
        coalesce(streaks.what_is_this, {{ check_text('check_texts.what_is_this') }})
            as what_is_this,
        coalesce(
            streaks.when_does_it_matter,
            {{ check_text('check_texts.when_does_it_matter') }}
        ) as when_does_it_matter,
        coalesce(
            streaks.how_to_resolve, {{ check_text('check_texts.how_to_resolve') }}
        ) as how_to_resolve,
        streaks.message,
        streaks.last_run_at
    from streaks
    left join streaks as week_ago
        on
            streaks.check_id = week_ago.check_id
            and streaks.check_date = {{ date_plus('week_ago.check_date', 7) }}
    left join check_texts on streaks.check_type = check_texts.check_type
    left join check_owners on streaks.domain = check_owners.domain
)

select * from final
