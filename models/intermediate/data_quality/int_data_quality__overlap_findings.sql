{{ config(materialized='view') }}

with

viewing_overlap_daily as (
    select * from {{ ref('viewing_overlap_daily') }}
),

check_owners as (
    select * from {{ ref('check_owners') }}
    where domain = 'player'
),

bad_days as (
    select
        *,
        lag(view_date) over days as bad_day_before,
        lag(double_counting_since) over days as since_before
    from viewing_overlap_daily
    where status = 'double_counting'
    window days as (partition by device_type, app_version order by view_date)
),

-- a few days in order between two bad ones are luck, not a repair
numbered as (
    select
        *,
        countif(
            bad_day_before is null
            or (
                double_counting_since != since_before
                and {{ days_between('bad_day_before', 'view_date') }}
                > {{ var('completeness_quiet_days') }}
            )
        ) over (
            partition by device_type, app_version
            order by view_date
        ) as stretch_number
    from bad_days
),

stretches as (
    select
        device_type,
        app_version,
        min(double_counting_since) as double_counting_since,
        max(view_date) as last_date,
        sum(double_counted_hours) as double_counted_hours
    from numbered
    group by device_type, app_version, stretch_number
    qualify
        row_number() over (
            partition by device_type, app_version
            order by max(view_date) desc
        ) = 1
),

final as (
    select
        'viewing_overlap' as detector,
        concat(stretches.device_type, '/', stretches.app_version) as finding_key,
        stretches.double_counting_since as first_seen_on,
        stretches.last_date as last_seen_on,
        'error' as severity,
        coalesce(check_owners.owner, '{{ var("default_owner") }}') as owner,
        concat(
            stretches.device_type,
            ' ',
            stretches.app_version,
            ' counts viewing time twice since ',
            cast(stretches.double_counting_since as string),
            ', ',
            cast(cast(round(stretches.double_counted_hours) as int64) as string),
            ' hours so far'
        ) as summary,
        '한 기기의 겹치는 시청이 평소와 다른 버전보다 많습니다. Plays of one device overlap more than before '
        || 'and than with other versions: the player reports the same time twice.' as what_is_this,
        '보고된 시청시간을 쓰는 정산과 비교에서. watched_seconds leaves the time out; settlements and old '
        || 'reports that use reported_seconds are too high.' as when_does_it_matter,
        'Have the player team mend the version; viewing_overlap_daily has the days and hours. '
        || 'List it in seeds/incidents.csv until it is mended.' as how_to_resolve
    from stretches
    left join check_owners on true
    where
        {{ days_between('stretches.last_date', last_closed_day()) }}
        < {{ var('open_problem_days') }}
)

select * from final
