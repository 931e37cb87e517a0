{{ config(materialized='view') }}

with

coded_values as (
    select * from {{ ref('coded_values') }}
),

check_owners as (
    select * from {{ ref('check_owners') }}
),

unknown as (
    select * from coded_values
    where not is_known
),

final as (
    select
        'unknown_code' as detector,
        concat(unknown.source, '/', unknown.column_name, '/', unknown.code) as finding_key,
        unknown.first_seen_date as first_seen_on,
        unknown.last_seen_date as last_seen_on,
        'warn' as severity,
        coalesce(check_owners.owner, '{{ var("default_owner") }}') as owner,
        concat(
            unknown.source,
            ' sends ',
            unknown.column_name,
            ' = ',
            unknown.code,
            ', which nobody listed, in ',
            cast(unknown.raw_rows as string),
            case when unknown.raw_rows = 1 then ' row' else ' rows' end
        ) as summary,
        '원천이 알려지지 않은 코드를 보냅니다. A source sends a code that the seed known_codes lacks.'
            as what_is_this,
        '새 코드의 행은 격리되거나 어느 집계에도 들지 않을 수 있습니다. '
        || 'Rows with it may be refused, or fall into no group of a report.'
            as when_does_it_matter,
        'Ask the sender what it means. List it in seeds/known_codes.csv, and in the model that '
        || 'judges the log if its rows count; else have the sender mend it.' as how_to_resolve
    from unknown
    left join check_owners
        on starts_with(unknown.source, concat(check_owners.domain, '.'))
)

select * from final
