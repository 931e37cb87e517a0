{#
    Whether a test looks at a date: at those that the run rewrote where the environment's
    OTT_TESTS is `window`, else at every closed one. So the tests of a daily run cost the
    same after ten years; a build tests everything.
#}
{% macro is_tested_date(column, window) -%}
    {%- if env_var('OTT_TESTS', 'all') != 'window' -%}
        {{ return(column ~ ' <= ' ~ last_closed_day()) }}
    {%- endif -%}
    {%- set days = window_days(window) -%}
    {{ return(column ~ " between date '" ~ days[0] ~ "' and date '" ~ days[1] ~ "'") }}
{%- endmacro %}
