-- How soon do those who left come back? Of all who left the service in a quarter, by how
-- they left: the share back within 30, 90 and 365 days. Null where the last of them left
-- too short a time ago to know.
with

subscription_spells as (
    select * from {{ ref('subscription_spells') }}
    where level = 'total'
),

followed as (
    select
        is_past,
        end_kind,
        ended_on,
        lead(started_on) over (
            partition by hash_uno
            order by spell_number
        ) as returned_on
    from subscription_spells
),

left_service as (
    select
        extract(year from ended_on) as left_year,
        extract(quarter from ended_on) as left_quarter,
        end_kind,
        {{ days_between('ended_on', 'returned_on') }} as days_away,
        {{ days_between('ended_on', last_closed_day()) }} as days_watched
    from followed
    where is_past
),

final as (
    select
        left_year,
        left_quarter,
        end_kind,
        {% for days in [30, 90, 365] %}
            case
                when min(days_watched) >= {{ days }}
                    then 100 * countif(days_away <= {{ days }}) / count(*)
            end as back_of_hundred_in_{{ days }}_days,
        {% endfor %}
        count(*) as spells_ended
    from left_service
    group by left_year, left_quarter, end_kind
)

select *
from final
order by left_year, left_quarter, end_kind
