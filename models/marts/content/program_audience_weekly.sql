{{ config(**table_design(partition='week_start', cluster=['program_id'])) }}

with

audience_weeks as (
    select * from {{ ref('int_restricted__program_audience_weeks') }}
    where week_start <= {{ last_whole_week() }}
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

measured as (
    select
        *,
        viewers < {{ var('k_anonymity') }} as is_small,
        -- by name, whatever the counts: the smallest of the others would tell too much
        row_number() over (
            partition by
                week_start, program_id, dimension, viewers < {{ var('k_anonymity') }}
            order by dimension_value = 'UNKNOWN' desc, dimension_value asc
        ) as place
    from audience_weeks
),

summed as (
    select
        *,
        sum(viewers) over cells as all_viewers,
        sum(case when is_small then viewers else 0 end) over cells as small_viewers,
        min(case when is_small then viewers end) over cells as least_viewers,
        max(case when not is_small and place = 1 then viewers end) over cells
            as first_viewers
    from measured
    window cells as (partition by week_start, program_id, dimension)
),

-- cells that are not small and are hidden with those that are: none where these are enough
-- and not each as great as it can be, two where one alone could only hide a single viewer
merged as (
    select
        week_start,
        program_id,
        dimension,
        case
            when is_small then 'OTHER'
            when small_viewers = 0 then dimension_value
            when
                small_viewers >= {{ var('k_anonymity') }}
                and least_viewers < {{ var('k_anonymity') }} - 1
                then dimension_value
            when place = 1 then 'OTHER'
            when
                place = 2
                and small_viewers = 1
                and first_viewers = {{ var('k_anonymity') }}
                then 'OTHER'
            else dimension_value
        end as dimension_value,
        viewers,
        all_viewers
    from summed
),

counted as (
    select
        week_start,
        program_id,
        dimension,
        dimension_value,
        cast(sum(viewers) as int64) as viewers,
        max(all_viewers) as all_viewers
    from merged
    group by week_start, program_id, dimension, dimension_value
),

final as (
    select
        counted.week_start,
        counted.program_id,
        programs.program_title,
        counted.dimension,
        counted.dimension_value,
        counted.viewers,
        counted.viewers / counted.all_viewers as viewers_share
    from counted
    left join programs on counted.program_id = programs.program_id
    where counted.viewers >= {{ var('k_anonymity') }}
)

select * from final
