{#
    How many single-line customers a monthly amount is worth, rounded to 4 decimals, half
    away from zero. The 1e-9 lifts a half that float64 holds as 0.4999… over the edge: it
    is above the noise of float64 and below the distance of any other amount from a half.
#}
{% macro equivalent_paid_users(monthly_amount_krw) -%}
    cast(
        round({{ monthly_amount_krw }} / {{ var('equivalent_price_krw') }} + 1e-9, 4)
        as numeric(18, 4)
    )
{%- endmacro %}
