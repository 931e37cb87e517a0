{#
    Whether nothing can be read from the payload of a push event. CONTROL was never sent,
    so its payload has nothing to say.
#}
{% macro is_malformed_payload(event_type, payload) -%}
    {{ event_type }} != 'CONTROL'
    and {{ json_text(payload, 'os') }} is null
    and {{ json_text(payload, 'variant') }} is null
    and {{ json_text(payload, 'reason') }} is null
{%- endmacro %}
