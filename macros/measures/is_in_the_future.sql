{#
    Whether something happened later than it arrived, beyond a tolerance for clocks that
    run fast. Both instants are compared as a difference: adding to an instant near the
    year 9999 would fail the build.
#}
{% macro is_in_the_future(happened_at, ingested_at) -%}
    {{ micros_between(ingested_at, happened_at) }}
    > {{ var('future_tolerance_minutes') }} * 60000000
{%- endmacro %}
