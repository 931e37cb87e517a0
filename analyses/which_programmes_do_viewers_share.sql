-- Which programmes belong together, beyond both being popular? Pairs of the last four whole
-- weeks that share most viewers for what chance would give; for rails and trailers.
with

pairs as (
    select * from {{ ref('program_pairs_weekly') }}
    where
        {{ days_between('week_start', last_whole_week()) }} < 28
        and program_id < other_program_id
),

final as (
    select
        program_title,
        other_program_title,
        count(*) as weeks_shown,
        sum(viewers_of_both) as viewers_of_both,
        avg(lift) as average_lift
    from pairs
    group by program_title, other_program_title
)

select *
from final
order by weeks_shown desc, average_lift desc, program_title asc, other_program_title asc
limit 20
