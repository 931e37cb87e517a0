with

push_campaigns as (
    select * from {{ source('crm', 'push_campaign') }}
),

final as (
    select
        {{ clean_text('campaign_id') }} as campaign_id,
        {{ clean_text('campaign_name') }} as campaign_name,
        {{ clean_text('program_id') }} as program_id,
        {{ clean_text('segment_name') }} as segment_name,
        {{ clean_text('message_title') }} as message_title,
        {{ clean_text('message_body') }} as message_body,
        scheduled_at,
        holdout_percent,
        updated_at
    from push_campaigns
)

select * from final
