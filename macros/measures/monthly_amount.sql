{#
    KRW a month of a payment for several months, to 2 decimals, half up. In whole 1/100 won,
    so that sums of it are exact and both engines round alike: 79,000 for 12 is 6,583.33.
#}
{% macro monthly_amount(amount_krw, billing_months) -%}
    {%- set doubled -%}
        (2 * cast(100 * {{ amount_krw }} as int64) + {{ billing_months }})
    {%- endset -%}
    cast(
        ({{ doubled }} - mod({{ doubled }}, 2 * {{ billing_months }}))
        / (200 * {{ billing_months }}) as numeric(18, 2)
    )
{%- endmacro %}
