{#
    First and last day of a backfill, both included, as dates: the variables `start_date`
    and `end_date`, else the environment's OTT_START_DATE and OTT_END_DATE; none where
    neither is given. Both reach a run by the environment rather than by `--vars`, which
    would switch dbt's partial parsing off.
#}
{% macro backfill_days() -%}
    {%- set first = (var('start_date', none) or env_var('OTT_START_DATE', '')) | string -%}
    {%- set last = (var('end_date', none) or env_var('OTT_END_DATE', '')) | string -%}
    {%- if not first and not last -%}{{ return(none) }}{%- endif -%}
    {%- if not first or not last -%}
        {{ exceptions.raise_compiler_error(
            "A backfill needs both days: start_date is '" ~ first ~ "', end_date is '"
            ~ last ~ "'. Give the one that is missing, or neither."
        ) }}
    {%- endif -%}
    {%- set days = [as_day(first, 'start_date'), as_day(last, 'end_date')] -%}
    {%- if days[0] > days[1] -%}
        {{ exceptions.raise_compiler_error(
            "start_date " ~ first ~ " is after end_date " ~ last ~ ". Exchange them."
        ) }}
    {%- endif -%}
    {%- if days[1] > as_day(run_date(), 'run_date') -%}
        {{ exceptions.raise_compiler_error(
            "end_date " ~ last ~ " is after run_date " ~ run_date()
            ~ ", the last closed day. Take that day or an earlier one."
        ) }}
    {%- endif -%}
    {{ return(days) }}
{%- endmacro %}
