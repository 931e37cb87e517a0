{# How a spell ended: `open` while its end is not past, else by choice or not. #}
{% macro end_kind(spells) -%}
    case
        when not {{ spells }}.is_past then 'open'
        when {{ spells }}.is_ended_by_choice then 'voluntary'
        else 'involuntary'
    end
{%- endmacro %}
