{#
    The text of a field of a JSON object that lies in a text; null where the text is no
    JSON, the field is not there, or is no text, number or truth value.
#}
{% macro json_text(text, field) -%}
    {{ return(adapter.dispatch('json_text')(text, field)) }}
{%- endmacro %}

{% macro bigquery__json_text(text, field) -%}
    safe.json_value({{ text }}, '$.{{ field }}')
{%- endmacro %}

{% macro duckdb__json_text(text, field) -%}
    case
        when
            json_valid({{ text }})
            and json_type({{ text }}, '$.{{ field }}') not in ('OBJECT', 'ARRAY')
            then json_extract_string({{ text }}, '$.{{ field }}')
    end
{%- endmacro %}
