{%- set window = segment_window() -%}

{{ config(**table_design(
    partition='as_of_date',
    cluster=['lifecycle', 'uno'],
    window=window
)) }}

with

account_viewing as (
    select * from {{ ref('int_restricted__account_viewing') }}
    where {{ in_window('as_of_date', window) }}
),

account_favourites as (
    select * from {{ ref('int_restricted__account_favourites') }}
    where {{ in_window('as_of_date', window) }}
),

quintiles as (
    select * from {{ ref('int_restricted__viewing_quintiles') }}
    where {{ in_window('as_of_date', window) }}
),

memberships as (
    select * from {{ ref('int_restricted__account_memberships') }}
    where {{ in_window('as_of_date', window) }}
),

{% for measure in ['recency', 'frequency', 'hours'] %}
    {{ measure }} as (
        select * from quintiles
        where measure = '{{ measure }}'
    ),
{% endfor %}

joined as (
    select
        coalesce(memberships.as_of_date, account_viewing.as_of_date) as as_of_date,
        coalesce(memberships.uno, account_viewing.uno) as uno,
        memberships.member_since,
        coalesce(memberships.has_paid, false) as has_paid,
        coalesce(memberships.is_withdrawn, false) as is_withdrawn,
        account_viewing.last_view_date,
        coalesce(account_viewing.view_days, 0) as view_days,
        coalesce(account_viewing.watched_seconds, 0) as watched_seconds,
        coalesce(account_viewing.is_binge_viewer, false) as is_binge_viewer
    from memberships
    full outer join account_viewing
        on
            memberships.as_of_date = account_viewing.as_of_date
            and memberships.uno = account_viewing.uno
),

aged as (
    select
        *,
        {{ days_between('member_since', 'as_of_date') }} as member_days,
        {{ days_between('last_view_date', 'as_of_date') }} as days_since_view,
        {{ days_between('as_of_date', 'last_view_date') }} as recency_value,
        case when view_days > 0 then view_days end as frequency_value,
        case when view_days > 0 then cast(floor(watched_seconds / 60) as int64) end
            as hours_value
    from joined
),

final as (
    select
        aged.as_of_date,
        aged.uno,
        case
            when aged.member_since is null and aged.has_paid then 'churned'
            when aged.member_since is null then 'never_paid'
            when aged.member_days < {{ var('segment_new_days') }} then 'new'
            when aged.days_since_view is null then 'dormant'
            when aged.days_since_view < {{ var('segment_active_days') }} then 'active'
            else 'at_risk'
        end as lifecycle,
        aged.is_withdrawn,
        aged.member_days,
        aged.days_since_view,
        aged.view_days,
        aged.watched_seconds,
        recency.quintile as recency_quintile,
        frequency.quintile as frequency_quintile,
        hours.quintile as hours_quintile,
        account_favourites.favourite_genre,
        account_favourites.favourite_device_type,
        account_favourites.favourite_hour,
        aged.is_binge_viewer
    from aged
    left join account_favourites
        on
            aged.as_of_date = account_favourites.as_of_date
            and aged.uno = account_favourites.uno
    {% for measure in ['recency', 'frequency', 'hours'] %}
        left join {{ measure }}
            on
                aged.as_of_date = {{ measure }}.as_of_date
                and aged.{{ measure }}_value = {{ measure }}.measured_value
    {% endfor %}
)

select * from final
