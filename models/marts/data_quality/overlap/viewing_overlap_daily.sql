{{ config(**table_design(
    partition='view_date',
    cluster=['device_type', 'app_version']
)) }}

with

baselines as (
    select * from {{ ref('int_viewing__overlap_baselines') }}
    where view_date <= {{ last_closed_day() }}
),

-- what the version did before it counted twice, else what the others do
expected as (
    select
        *,
        coalesce(own_share, peers_share) as expected_share
    from baselines
),

judged as (
    select
        *,
        case
            when not is_large_enough then 'too_few'
            when overlap_share > expected_share + tolerance then 'double_counting'
            else 'ok'
        end as status
    from expected
),

-- a stretch of double counting ends with the next day that is in order; days of few plays
-- neither begin nor end one
stretches as (
    select
        *,
        countif(status = 'ok') over (
            partition by device_type, app_version
            order by view_date
        ) as days_in_order
    from judged
),

final as (
    select
        view_date,
        device_type,
        app_version,
        views,
        reported_seconds,
        watched_seconds,
        overlap_seconds,
        excess_seconds,
        overlap_share,
        expected_share,
        expected_share + tolerance as share_limit,
        status,
        case
            when status = 'double_counting'
                then
                    min(case when status = 'double_counting' then view_date end) over (
                        partition by device_type, app_version, days_in_order
                    )
        end as double_counting_since,
        case
            when status = 'double_counting'
                then
                    overlap_seconds / 3600
                    - expected_share * (watched_seconds + overlap_seconds) / 3600
            else 0
        end as double_counted_hours
    from stretches
)

select * from final
