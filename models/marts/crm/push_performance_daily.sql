{{ config(**table_design(partition='sent_date', cluster=['campaign_id'])) }}

{%- set watch = ['watched', 'sent', 'control_watched', 'control'] -%}
{%- set subscribe = ['subscribed', 'sent', 'control_subscribed', 'control'] %}

with

push_days as (
    select * from {{ ref('int_crm__push_days') }}
),

-- told once the time of the day's last push has passed, if there is something to watch
matured as (
    select
        *,
        program_id is not null
        and {{ days_between('sent_date', last_closed_day()) }} >= 1 as is_watch_told,
        {{ days_between('sent_date', last_closed_day()) }} >= 7 as is_subscribe_told,
        sent >= {{ var('push_arm_minimum') }} and control >= {{ var('push_arm_minimum') }}
            as is_large_enough
    from push_days
),

compared as (
    select
        *,
        watched / nullif(sent, 0) as watch_rate,
        control_watched / nullif(control, 0) as control_watch_rate,
        {{ newcombe_bound(*watch, sign='-') }} as watch_difference_low,
        {{ newcombe_bound(*watch, sign='+') }} as watch_difference_high,
        {{ minimum_detectable_effect(*watch) }} as watch_detectable_effect,
        subscribed / nullif(sent, 0) as subscribe_rate,
        control_subscribed / nullif(control, 0) as control_subscribe_rate,
        {{ newcombe_bound(*subscribe, sign='-') }} as subscribe_difference_low,
        {{ newcombe_bound(*subscribe, sign='+') }} as subscribe_difference_high,
        {{ minimum_detectable_effect(*subscribe) }} as subscribe_detectable_effect
    from matured
),

final as (
    select
        sent_date,
        campaign_id,
        segment_name,
        campaign_name,
        program_id,
        holdout_percent,
        sent,
        delivered,
        failed,
        sent - delivered - failed as unanswered,
        opened,
        opened_of_delivered / nullif(delivered, 0) as open_rate,
        control,
        {% for what, count in [('watch', 'watched'), ('subscribe', 'subscribed')] %}
            case when is_{{ what }}_told then {{ count }} end as {{ count }},
            case when is_{{ what }}_told then control_{{ count }} end
                as control_{{ count }},
            case when is_{{ what }}_told then {{ what }}_rate end as {{ what }}_rate,
            case when is_{{ what }}_told then control_{{ what }}_rate end
                as control_{{ what }}_rate,
            case when is_{{ what }}_told then {{ what }}_rate - control_{{ what }}_rate end
                as {{ what }}_difference,
            case when is_{{ what }}_told then {{ what }}_difference_low end
                as {{ what }}_difference_low,
            case when is_{{ what }}_told then {{ what }}_difference_high end
                as {{ what }}_difference_high,
            case when is_{{ what }}_told then {{ what }}_detectable_effect end
                as {{ what }}_detectable_effect,
            case
                when is_{{ what }}_told
                    then
                        is_large_enough
                        and ({{ what }}_difference_low > 0 or {{ what }}_difference_high < 0)
            end as is_{{ what }}_conclusive,
        {% endfor %}
        sent_again,
        sent_though_held_out,
        unsent,
        before_schedule,
        unknown_accounts,
        malformed_payloads
    from compared
)

select * from final
