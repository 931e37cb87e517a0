{#
    Two common table expressions after `snapshot_days`. Days of the same as-of dates, mostly
    the seven between two Mondays, make a set, named by its first and last as-of date:
    `snapshot_sets` has one row a day, `set_dates` one for each as-of date of a set. So plays
    are summed by set before they are counted once for each date.
#}
{% macro snapshot_sets() -%}
snapshot_sets as (
    select
        view_date,
        min(as_of_date) as first_date,
        max(as_of_date) as last_date
    from snapshot_days
    group by view_date
),

set_dates as (
    select
        snapshot_sets.first_date,
        snapshot_sets.last_date,
        snapshot_days.as_of_date
    from snapshot_sets
    inner join snapshot_days on snapshot_sets.view_date = snapshot_days.view_date
    group by snapshot_sets.first_date, snapshot_sets.last_date, snapshot_days.as_of_date
)
{%- endmacro %}
