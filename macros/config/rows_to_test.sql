{#
    The rows that a generic test reads: its own `where`, the conditions given and, where
    the environment's OTT_TESTS is `window`, the dates that the run rewrote. So the tests of
    a daily run cost the same after ten years; a build tests everything.
#}
{% macro rows_to_test(relation, conditions) -%}
    {%- set window = window_of_tested_model() -%}
    {%- if config.get('where') -%}{%- do conditions.append(config.get('where')) -%}{%- endif -%}
    {%- if window and env_var('OTT_TESTS', 'all') == 'window' -%}
        {%- set days = window_days(window) -%}
        {%- do conditions.append(
            window.field ~ " between date '" ~ days[0] ~ "' and date '" ~ days[1] ~ "'"
        ) -%}
    {%- endif -%}
    {%- if not conditions -%}{{ return(relation) }}{%- endif -%}
    {{ return('(select * from ' ~ relation ~ ' where ' ~ conditions | join(' and ') ~ ')') }}
{%- endmacro %}
