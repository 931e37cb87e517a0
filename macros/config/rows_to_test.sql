{#
    The rows that a generic test reads: its own `where`, the conditions given and, where
    the environment's OTT_TESTS is `window`, the dates that the run rewrote.
#}
{% macro rows_to_test(relation, conditions) -%}
    {%- set window = window_of_tested_model() -%}
    {%- if config.get('where') -%}{%- do conditions.append(config.get('where')) -%}{%- endif -%}
    {%- if window and env_var('OTT_TESTS', 'all') == 'window' -%}
        {%- do conditions.append(is_tested_date(window.field, window)) -%}
    {%- endif -%}
    {%- if not conditions -%}{{ return(relation) }}{%- endif -%}
    {{ return('(select * from ' ~ relation ~ ' where ' ~ conditions | join(' and ') ~ ')') }}
{%- endmacro %}
