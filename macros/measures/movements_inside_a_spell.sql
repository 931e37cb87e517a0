{# What may happen to a spell while it lasts; see `subscription_movements_daily`. #}
{% macro movements_inside_a_spell() -%}
    {{ return(['upgrade', 'downgrade', 'product_change', 'price_increase', 'price_decrease']) }}
{%- endmacro %}
