{%- set inside = movements_inside_a_spell() -%}
{%- set movements = ['new', 'returned', 'churned_voluntary', 'churned_involuntary'] + inside -%}

{{ config(**table_design(
    partition='movement_date',
    cluster=['level', 'movement']
)) }}

with

level_days as (
    select * from {{ ref('int_subscription__level_days') }}
),

spell_changes as (
    select * from {{ ref('int_subscription__spell_changes_daily') }}
),

account_changes as (
    select * from {{ ref('int_subscription__account_changes_daily') }}
),

revenue as (
    select * from {{ ref('int_subscription__revenue_daily') }}
),

joined as (
    select
        level_days.snapshot_date as movement_date,
        level_days.level,
        level_days.sales_type,
        level_days.product_code,
        spell_changes.new_subscribers as new_accounts,
        spell_changes.returned_subscribers as returned_accounts,
        spell_changes.voluntary_churned_subscribers as churned_voluntary_accounts,
        spell_changes.churned_subscribers - spell_changes.voluntary_churned_subscribers
            as churned_involuntary_accounts,
        {% for movement in inside %}
            account_changes.{{ movement }}_accounts,
        {% endfor %}
        {% for movement in movements %}
            coalesce(account_changes.{{ movement }}_mrr_krw, 0) as {{ movement }}_mrr_krw,
        {% endfor %}
        revenue.refunded_accounts,
        revenue.refund_krw
    from level_days
    {% for changes, column in [
        ('spell_changes', 'change_date'),
        ('account_changes', 'change_date'),
        ('revenue', 'revenue_date'),
    ] %}
        left join {{ changes }}
            on
                level_days.level = {{ changes }}.level
                and level_days.sales_type = {{ changes }}.sales_type
                and level_days.product_code = {{ changes }}.product_code
                and level_days.snapshot_date = {{ changes }}.{{ column }}
    {% endfor %}
),

final as (
    {% for movement in movements %}
        select
            movement_date,
            level,
            sales_type,
            product_code,
            '{{ movement }}' as movement,
            {{ movement }}_accounts as accounts,
            cast({{ movement }}_mrr_krw as numeric(18, 2)) as mrr_change_krw,
            cast(0 as numeric(18, 2)) as refund_krw
        from joined
        where {{ movement }}_accounts > 0
        union all
    {% endfor %}
    -- the monthly revenue that a refund ends is moved by the churn or downgrade it causes
    select
        movement_date,
        level,
        sales_type,
        product_code,
        'refund' as movement,
        refunded_accounts as accounts,
        cast(0 as numeric(18, 2)) as mrr_change_krw,
        refund_krw
    from joined
    where refunded_accounts > 0
)

select * from final
