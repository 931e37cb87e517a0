{#
    The incremental strategy `window_overwrite` of DuckDB: every date of the window goes,
    also one to which nothing came this time, and what was computed takes its place, in the
    transaction of the materialisation. dbt looks this macro up by its name.
#}
{% macro get_incremental_window_overwrite_sql(arg_dict) -%}
    {%- set window = config.get('meta').window -%}
    {%- set days = window_days(window) -%}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arg_dict['target_relation'] }}
    where {{ window.field }} between date '{{ days[0] }}' and date '{{ days[1] }}';
    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }}
    from {{ arg_dict['temp_relation'] }}
{%- endmacro %}
