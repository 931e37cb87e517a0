{{ config(**table_design()) }}

with

programs_judged as (
    select * from {{ ref('int_content__programs_judged') }}
),

contents_judged as (
    select * from {{ ref('int_content__contents_judged') }}
),

final as (
    select
        'program' as table_name,
        quarantine_reason,
        program_id,
        title,
        updated_at
    from programs_judged
    where outcome = 'quarantined'
    union all
    select
        'content' as table_name,
        quarantine_reason,
        program_id,
        title,
        updated_at
    from contents_judged
    where outcome = 'quarantined'
)

select * from final
