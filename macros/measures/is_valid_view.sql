{# Whether a play was watched long enough to be a view that counts (variable). #}
{% macro is_valid_view(watched_seconds) -%}
    {{ watched_seconds }} >= {{ var('valid_view_seconds') }}
{%- endmacro %}
