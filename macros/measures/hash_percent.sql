{#
    A whole number from 0 to 99 that is the same for the same text for good, each as likely
    as another: from the first four hexadecimal digits of its SHA-512.
#}
{% macro hash_percent(digest) -%}
    cast(
        floor((
            {%- for place in [4096, 256, 16, 1] %}
            {{ place }} * (strpos('0123456789abcdef', substr({{ digest }}, {{ loop.index }}, 1)) - 1)
            {{- ' +' if not loop.last }}
            {%- endfor %}
        ) * 100 / 65536) as int64
    )
{%- endmacro %}
