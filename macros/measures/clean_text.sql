{#
    A raw text without its outer spaces (U+0020 only); an empty one is null. Most texts
    have none and stay as they are: to trim each costs DuckDB three times the look.
#}
{% macro clean_text(text) -%}
    case
        when {{ text }} like ' %' or {{ text }} like '% ' or {{ text }} = ''
            then nullif(trim({{ text }}, ' '), '')
        else {{ text }}
    end
{%- endmacro %}
