{#
    Fails with each group whose dates have a gap between its first and its last, or that
    ends before another group does.
#}
{% test dense_dates(model, date_column, group_by) %}

with

ranges as (
    select
        {{ group_by | join(', ') }},
        min({{ date_column }}) as first_date,
        max({{ date_column }}) as last_date,
        count(distinct {{ date_column }}) as dates
    from {{ model }}
    group by {{ group_by | join(', ') }}
),

latest as (
    select max(last_date) as latest_date
    from ranges
)

select ranges.*
from ranges
cross join latest
where
    ranges.dates != {{ days_between('ranges.first_date', 'ranges.last_date') }} + 1
    or ranges.last_date != latest.latest_date

{% endtest %}
