{{ config(**table_design(cluster=['campaign_id'])) }}

with

push_campaigns as (
    select * from {{ ref('stg_crm__push_campaigns') }}
),

reasoned as (
    select
        *,
        case when campaign_id is null then 'missing_key' end as quarantine_reason
    from push_campaigns
),

ranked as (
    select
        *,
        row_number() over (
            partition by campaign_id, quarantine_reason
            order by
                updated_at desc nulls last,
                campaign_name desc nulls last,
                program_id desc nulls last,
                segment_name desc nulls last,
                message_title desc nulls last,
                message_body desc nulls last,
                scheduled_at desc nulls last,
                holdout_percent desc nulls last
        ) as copy_number
    from reasoned
),

final as (
    select
        campaign_id,
        campaign_name,
        program_id,
        segment_name,
        message_title,
        message_body,
        scheduled_at,
        holdout_percent,
        updated_at,
        quarantine_reason,
        {{ row_outcome() }} as outcome
    from ranked
)

select * from final
