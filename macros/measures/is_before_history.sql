{# Whether the KST date of an instant is before the history that the warehouse keeps. #}
{% macro is_before_history(instant) -%}
    {{ instant }} < {{ kst_midnight(var('history_start_date')) }}
{%- endmacro %}
