with

source as (
    select * from {{ source('quality', 'check_result') }}
),

final as (
    select
        invocation_id,
        finished_at,
        check_id,
        check_name,
        check_type,
        domain,
        model_name,
        column_name,
        severity,
        status,
        failures,
        seconds,
        message,
        owner,
        what_is_this,
        when_does_it_matter,
        how_to_resolve
    from source
)

select * from final
