{{ config(materialized='view') }}

with

results as (
    select * from {{ ref('stg_quality__check_results') }}
),

dated as (
    select
        {{ kst_date('finished_at') }} as check_date,
        check_id,
        check_name,
        check_type,
        domain,
        model_name,
        column_name,
        severity,
        status,
        failures,
        message,
        owner,
        what_is_this,
        when_does_it_matter,
        how_to_resolve,
        finished_at,
        invocation_id
    from results
),

ranked as (
    select
        *,
        row_number() over (
            partition by check_id, check_date
            order by finished_at desc, invocation_id desc
        ) as recency
    from dated
),

final as (
    select
        check_date,
        check_id,
        check_name,
        check_type,
        domain,
        model_name,
        column_name,
        severity,
        status,
        failures,
        message,
        owner,
        what_is_this,
        when_does_it_matter,
        how_to_resolve,
        finished_at as last_run_at
    from ranked
    where recency = 1
)

select * from final
