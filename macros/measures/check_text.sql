{# A text about a kind of check with the model and column of the check put in. #}
{% macro check_text(text) -%}
    replace(
        replace({{ text }}, '<model>', coalesce(streaks.model_name, '')),
        '<column>',
        coalesce(streaks.column_name, '')
    )
{%- endmacro %}
