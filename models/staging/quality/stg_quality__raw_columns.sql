with

source as (
    select * from {{ source('quality', 'raw_column') }}
),

final as (
    select
        system_name,
        table_name,
        column_name,
        data_type,
        contract_type,
        countif(is_expected) > 0 as is_expected,
        min(first_seen_date) as first_seen_date,
        max(last_seen_date) as last_seen_date
    from source
    group by system_name, table_name, column_name, data_type, contract_type
)

select * from final
