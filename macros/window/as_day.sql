{# A text YYYY-MM-DD as a date; `name` says in the error whose value is none. #}
{% macro as_day(text, name) -%}
    {%- if not modules.re.fullmatch('[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])', text) -%}
        {{ exceptions.raise_compiler_error(
            name ~ " is '" ~ text ~ "', which is no date. Write it as YYYY-MM-DD."
        ) }}
    {%- endif -%}
    {{ return(modules.datetime.date.fromisoformat(text)) }}
{%- endmacro %}
