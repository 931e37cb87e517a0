{#
    The window of a table of account snapshots. A day counts in every snapshot of the
    `segment_window_days` from it on, so all of them are rewritten with it. The snapshot
    of the last closed day goes the day after, unless it is a Monday's: hence `before`.
#}
{% macro segment_window() -%}
    {{ return({
        'field': 'as_of_date',
        'before': 1,
        'after': var('segment_window_days') - 1 + overlap_days(),
        'of': 'snapshots',
    }) }}
{%- endmacro %}
