-- Which programmes belong together, beyond both being popular? Pairs of the last four whole
-- weeks that share most viewers for what chance would give; for rails and trailers.
with

program_pairs_weekly as (
    select * from {{ ref('program_pairs_weekly') }}
    where {{ days_between('week_start', last_whole_week()) }} < 28
),

-- the mart shows a pair under both programmes, or under the one that it is most of
pairs as (
    select
        week_start,
        least(program_id, other_program_id) as first_program_id,
        greatest(program_id, other_program_id) as second_program_id,
        max(case when program_id < other_program_id then program_title else other_program_title end)
            as first_program_title,
        max(case when program_id < other_program_id then other_program_title else program_title end)
            as second_program_title,
        max(viewers_of_both) as viewers_of_both,
        max(lift) as lift
    from program_pairs_weekly
    group by
        week_start,
        least(program_id, other_program_id),
        greatest(program_id, other_program_id)
),

final as (
    select
        first_program_id,
        second_program_id,
        max(first_program_title) as first_program_title,
        max(second_program_title) as second_program_title,
        count(*) as weeks_shown,
        sum(viewers_of_both) as viewers_of_both,
        avg(lift) as average_lift
    from pairs
    group by first_program_id, second_program_id
)

select *
from final
order by weeks_shown desc, average_lift desc, first_program_id asc, second_program_id asc
limit 20
