{# Whether a play was watched to the end, credits aside; never without a runtime. #}
{% macro is_completed_view(watched_seconds, runtime_seconds) -%}
    coalesce(
        {{ watched_seconds }} / nullif({{ runtime_seconds }}, 0)
        >= {{ var('completed_view_share') }},
        false
    )
{%- endmacro %}
