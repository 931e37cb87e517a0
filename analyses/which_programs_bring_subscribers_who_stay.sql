-- Which programmes bring subscribers who stay? Of those whose first play was of the
-- programme, the share expected to stay 30, 90 and 180 days, beside all of B2C. Small
-- groups swing by chance: `subscribers` says how much to trust a row.
with

retention_survival as (
    select * from {{ ref('retention_survival') }}
    where group_type = 'first_program' or group_key = 'B2C'
),

by_group as (
    select
        group_type,
        group_key,
        group_name,
        max(at_risk) as subscribers,
        max(tenure_day) as longest_days,
        min(case when tenure_day <= 30 then survival end) as survival_30,
        min(case when tenure_day <= 90 then survival end) as survival_90,
        min(case when tenure_day <= 180 then survival end) as survival_180
    from retention_survival
    group by group_type, group_key, group_name
),

everybody as (
    select
        survival_30,
        survival_90,
        survival_180
    from by_group
    where group_key = 'B2C'
),

final as (
    select
        by_group.group_key as program_id,
        by_group.group_name as program_title,
        by_group.subscribers,
        by_group.survival_30 as stay_30_days,
        by_group.survival_90 as stay_90_days,
        -- nobody was watched for so long yet
        case when by_group.longest_days >= 180 then by_group.survival_180 end
            as stay_180_days,
        by_group.survival_90 - everybody.survival_90 as stay_90_days_above_all,
        rank() over (order by by_group.survival_90 desc) as stay_rank
    from by_group
    cross join everybody
    where by_group.group_type = 'first_program' and by_group.longest_days >= 90
)

select *
from final
order by stay_rank, program_id
