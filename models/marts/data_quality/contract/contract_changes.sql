{{ config(tags=['kept_results'], **table_design(cluster=['system_name', 'table_name'])) }}

with

raw_columns as (
    select * from {{ ref('stg_quality__raw_columns') }}
),

ordered as (
    select
        *,
        lag(data_type) over (
            partition by system_name, table_name, column_name
            order by first_seen_date, last_seen_date, data_type
        ) as previous_type,
        max(last_seen_date) over (partition by system_name, table_name) as newest_date
    from raw_columns
),

judged as (
    select
        *,
        case
            when contract_type is null then 'new_column'
            when data_type = 'absent' then 'lost_column'
            -- one that was new before the contract had it is of the same type as then
            when not is_expected or previous_type not in ('absent', data_type)
                then 'retyped_column'
        end as change_type
    from ordered
),

final as (
    select
        system_name,
        table_name,
        column_name,
        data_type,
        change_type,
        contract_type,
        is_expected,
        previous_type,
        first_seen_date,
        last_seen_date,
        -- files of one day may be written by the old and by the new release
        {{ days_between('last_seen_date', 'newest_date') }} <= {{ lookback_days() }}
            as is_current
    from judged
    where change_type is not null
)

select * from final
