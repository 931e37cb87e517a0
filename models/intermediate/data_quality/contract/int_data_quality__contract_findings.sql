{{ config(materialized='view', tags=['kept_results']) }}

with

contract_changes as (
    select * from {{ ref('contract_changes') }}
),

check_owners as (
    select * from {{ ref('check_owners') }}
),

final as (
    select
        'contract_change' as detector,
        concat(
            contract_changes.system_name,
            '.',
            contract_changes.table_name,
            '/',
            contract_changes.column_name,
            '/',
            contract_changes.data_type
        ) as finding_key,
        contract_changes.first_seen_date as first_seen_on,
        contract_changes.last_seen_date as last_seen_on,
        case when contract_changes.change_type = 'new_column' then 'warn' else 'error' end as severity,
        coalesce(check_owners.owner, '{{ var("default_owner") }}') as owner,
        concat(
            contract_changes.system_name,
            '.',
            contract_changes.table_name,
            case contract_changes.change_type
                when 'new_column' then ' has a new column '
                when 'lost_column' then ' has lost the column '
                else ' has another type in the column '
            end,
            contract_changes.column_name,
            case contract_changes.change_type
                when 'lost_column' then ''
                else concat(' (', contract_changes.data_type, ')')
            end
        ) as summary,
        '원천 테이블의 열이 바뀌었습니다. The columns of a raw table are not those of the contract.'
            as what_is_this,
        case contract_changes.change_type
            when 'new_column'
                then
                    '새 열은 읽히지 않습니다. A new column is not read: nothing breaks, and nobody '
                    || 'sees what it tells.'
            else
                '즉시. 빌드가 멈추거나 값이 비게 됩니다. At once: builds stop, or the column is null.'
        end as when_does_it_matter,
        'Ask the sender. A new column that is wanted belongs into the sources YAML of its system; '
        || 'a lost or retyped one has to come back as the contract says.' as how_to_resolve
    from contract_changes
    left join check_owners
        on contract_changes.system_name = check_owners.domain
    -- a type that holds the same values is told by the mart alone
    where
        contract_changes.is_current
        and not (contract_changes.change_type = 'retyped_column' and contract_changes.is_expected)
)

select * from final
