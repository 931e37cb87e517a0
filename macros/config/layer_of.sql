{#
    The layer that a node's folders put it in, which is also its schema: restricted,
    reference, warehouse or marts. Seeds are reference.
#}
{% macro layer_of(fqn) -%}
    {%- if fqn | length < 4 -%}{{ return('reference') }}{%- endif -%}
    {%- if fqn[1] == 'marts' -%}{{ return('marts') }}{%- endif -%}
    {%- if fqn[1] == 'staging' -%}
        {{ return('reference' if fqn[2] == 'catalog' else 'restricted') }}
    {%- endif -%}
    {{ return(
        {'restricted': 'restricted', 'content': 'reference'}.get(fqn[2], 'warehouse')
    ) }}
{%- endmacro %}
