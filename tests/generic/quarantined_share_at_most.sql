{#
    Fails with the counts where more than a share of the raw rows of a judged model was
    refused. A single refused row never fails a build, this does, before anything is built
    from the rows: most likely a player or billing release changed what it sends. The
    judged model says why:
        select quarantine_reason, count(*) from <model> group by quarantine_reason
    Mend the sender; raise the variable only if the rows are truly worthless.
#}
{% test quarantined_share_at_most(model, share) %}

with

counted as (
    select
        count(*) as raw_rows,
        countif(quarantine_reason is not null) as quarantined_rows
    from {{ model }}
)

select
    raw_rows,
    quarantined_rows
from counted
where quarantined_rows / nullif(raw_rows, 0) > {{ share }}

{% endtest %}
