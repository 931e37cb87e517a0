-- Each subscription event that counts. Needs the variables raw and products (a CSV file).
with

subscription_events as (
    select
        nullif(trim(event_id, ' '), '') as event_id,
        nullif(trim(subscription_id, ' '), '') as subscription_id,
        nullif(trim(uno, ' '), '') as uno,
        nullif(trim(event_type, ' '), '') as event_type,
        nullif(trim(product_code, ' '), '') as product_code,
        instant(occurred_at) as occurred_at,
        instant(period_start) as period_start,
        instant(period_end) as period_end,
        nullif(trim(paid_amount, ' '), '') as paid_amount,
        replace(replace(replace(paid_amount, ' ', ''), ',', ''), '원', '') as amount_text,
        nullif(trim(currency, ' '), '') as currency,
        nullif(trim(payment_method, ' '), '') as payment_method,
        instant(ingested_at) as ingested_at,
        ingest_date
    from read_parquet(
        getvariable('raw') || '/billing/subscription_event/**/*.parquet',
        hive_partitioning = true,
        hive_types = {'ingest_date': date}
    )
),

products as (
    select * from read_csv(getvariable('products'))
),

subscription_events_joined as (
    select
        subscription_events.*,
        products.product_code as known_product_code,
        products.lines,
        products.billing_months,
        products.sales_type,
        subscription_events.event_type in ('SUBSCRIBE', 'RENEW', 'CHANGE')
            as is_period_event,
        case
            when
                regexp_full_match(
                    subscription_events.amount_text, '[0-9]{1,12}([.][0-9]{1,2})?'
                )
                then cast(subscription_events.amount_text as decimal(18, 2))
        end as amount_krw
    from subscription_events
    left join products on subscription_events.product_code = products.product_code
),

subscription_events_judged as (
    select
        *,
        case
            when
                event_id is null
                or subscription_id is null
                or uno is null
                or event_type is null
                or occurred_at is null
                or ingested_at is null
                then 'missing_key'
            when
                event_type not in ('SUBSCRIBE', 'RENEW', 'CHANGE', 'CANCEL', 'REFUND')
                then 'unknown_event_type'
            when date_diff('microsecond', ingested_at, occurred_at) > 10 * 60000000
                then 'in_the_future'
            when
                occurred_at < timestamp '2011-01-01 00:00:00' - interval 9 hour
                or period_start < timestamp '2011-01-01 00:00:00' - interval 9 hour
                then 'before_history'
            when
                is_period_event
                and (
                    period_start is null
                    or period_end is null
                    or period_end <= period_start
                )
                then 'bad_period'
            when is_period_event and known_product_code is null
                then 'unknown_product'
            when is_period_event and (currency is null or currency != 'KRW')
                then 'unknown_currency'
            when (is_period_event or event_type = 'REFUND') and amount_krw is null
                then 'bad_amount'
        end as quarantine_reason
    from subscription_events_joined
),

subscription_events_ranked as (
    select
        *,
        row_number() over (
            partition by event_id
            order by
                ingested_at desc nulls last,
                subscription_id desc nulls last,
                uno desc nulls last,
                event_type desc nulls last,
                product_code desc nulls last,
                occurred_at desc nulls last,
                period_start desc nulls last,
                period_end desc nulls last,
                paid_amount desc nulls last,
                currency desc nulls last,
                payment_method desc nulls last,
                ingest_date desc nulls last
        ) as copy_number
    from subscription_events_judged
    where quarantine_reason is null
)

select
    event_id,
    subscription_id,
    uno,
    event_type,
    is_period_event,
    known_product_code as product_code,
    sales_type,
    lines,
    billing_months,
    occurred_at,
    cast(occurred_at + interval 9 hour as date) as occurred_on,
    period_start,
    period_end,
    amount_krw
from subscription_events_ranked
where copy_number = 1
