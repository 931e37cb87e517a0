{#
    Common table expressions after `snapshot_days`. Days of the same as-of dates, mostly
    the seven between two Mondays, make a set, named by its first and last as-of date:
    `snapshot_sets` has one row a day, `set_dates` one for each as-of date of a set. So plays
    are summed by set before they are counted once for each date.
#}
{% macro snapshot_sets() -%}
placed_days as (
    select
        as_of_date,
        view_date,
        min(as_of_date) over (partition by view_date) as first_date,
        max(as_of_date) over (partition by view_date) as last_date
    from snapshot_days
),

snapshot_sets as (
    select
        view_date,
        first_date,
        last_date
    from placed_days
    group by view_date, first_date, last_date
),

set_dates as (
    select
        first_date,
        last_date,
        as_of_date
    from placed_days
    group by first_date, last_date, as_of_date
)
{%- endmacro %}
