{#
    How many days before `run_date` a daily run rewrites. Refused: what is no whole number
    from 0, and what reaches before `history_start_date`.
#}
{% macro lookback_days() -%}
    {%- set days = var('lookback_days') | string -%}
    {%- set history = as_day(var('history_start_date') | string, 'history_start_date') -%}
    {%- set most = (as_day(run_date(), 'run_date') - history).days -%}
    {%- if not modules.re.fullmatch('[0-9]{1,6}', days) or (days | int) > most -%}
        {{ exceptions.raise_compiler_error(
            "lookback_days is " ~ days ~ ". Give a whole number from 0 to " ~ most
            ~ ": the warehouse keeps no day before history_start_date " ~ history ~ "."
        ) }}
    {%- endif -%}
    {{ return(days | int) }}
{%- endmacro %}
