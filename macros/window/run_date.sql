{#
    The last closed KST day, as text YYYY-MM-DD: the variable `run_date`, else the
    environment's OTT_RUN_DATE, else yesterday in KST. A day that is not over is refused,
    since its numbers would change by the hour.
#}
{% macro run_date() -%}
    {%- set today = (modules.datetime.datetime.now(modules.pytz.utc)
        + modules.datetime.timedelta(hours=9)).date() -%}
    {%- set asked = var('run_date', none) or env_var('OTT_RUN_DATE', '') -%}
    {%- if not asked -%}
        {{ return((today - modules.datetime.timedelta(days=1)).isoformat()) }}
    {%- endif -%}
    {%- set asked = asked | string -%}
    {%- if as_day(asked, 'run_date') >= today -%}
        {{ exceptions.raise_compiler_error(
            "run_date " ~ asked ~ " is not over in Korea, where it is " ~ today
            ~ ". Take a day before that."
        ) }}
    {%- endif -%}
    {{ return(asked) }}
{%- endmacro %}
