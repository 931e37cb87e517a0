{{ config(**table_design()) }}

with

quarantine_player as (
    select * from {{ ref('quarantine_player') }}
),

quarantine_billing as (
    select * from {{ ref('quarantine_billing') }}
),

quarantine_member as (
    select * from {{ ref('quarantine_member') }}
),

quarantine_catalog as (
    select * from {{ ref('quarantine_catalog') }}
),

quarantine_crm as (
    select * from {{ ref('quarantine_crm') }}
),

quarantined as (
    select
        'player' as system,
        table_name,
        quarantine_reason
    from quarantine_player
    union all
    select
        'billing' as system,
        table_name,
        quarantine_reason
    from quarantine_billing
    union all
    select
        'member' as system,
        table_name,
        quarantine_reason
    from quarantine_member
    union all
    select
        'catalog' as system,
        table_name,
        quarantine_reason
    from quarantine_catalog
    union all
    select
        'crm' as system,
        table_name,
        quarantine_reason
    from quarantine_crm
),

final as (
    select
        system,
        table_name,
        quarantine_reason as reason,
        count(*) as quarantined_rows
    from quarantined
    group by system, table_name, quarantine_reason
)

select * from final
