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
        sum(viewers) over (partition by week_start, program_id, dimension) as all_viewers,
        sum(case when viewers < {{ var('k_anonymity') }} then viewers else 0 end)
            over (partition by week_start, program_id, dimension) as small_viewers,
        -- by name, whatever the counts: the smallest of the others would tell too much
        row_number() over (
            partition by
                week_start, program_id, dimension, viewers < {{ var('k_anonymity') }}
            order by dimension_value = 'UNKNOWN' desc, dimension_value asc
        ) as place
    from audience_weeks
),

merged as (
    select
        week_start,
        program_id,
        dimension,
        case
            when
                is_small
                or (
                    place = 1
                    and small_viewers > 0
                    and small_viewers < {{ var('k_anonymity') }}
                )
                then 'OTHER'
            else dimension_value
        end as dimension_value,
        viewers,
        all_viewers
    from measured
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
