{# A day of `log_completeness_daily` whose rows are out of order, in one line. #}
{% macro completeness_summary() -%}
    concat(
        latest.device_type,
        ' ',
        latest.event,
        ' of ',
        cast(latest.log_date as string),
        case
            when latest.found_by = 'refused' then concat(
                ': ', cast(latest.quarantined_rows as string), ' rows refused of ',
                cast(latest.raw_rows as string)
            )
            when latest.found_by = 'duplicates' then concat(
                ': ', cast(latest.duplicate_rows as string), ' rows sent again of ',
                cast(latest.raw_rows as string)
            )
            when latest.found_by = 'arrival' then concat(
                ': ', cast(latest.late_rows as string), ' rows after the report of ',
                cast(latest.raw_rows as string)
            )
            when latest.found_by = 'hours' then concat(
                ': ', cast(latest.gap_rows as string), ' rows in ',
                cast(latest.gap_hours as string), ' hours from ',
                cast(latest.gap_hour as string), ':00 KST, ',
                {{ whole_number('latest.gap_expected_rows') }}, ' expected'
            )
            when latest.lower_rows is null then ': no row, while its source sends others'
            else concat(
                ': ', cast(latest.tested_rows as string),
                case when latest.cadence = 'week' then ' rows in 7 days, ' else ' rows, ' end,
                {{ whole_number('latest.lower_rows') }}, ' to ',
                {{ whole_number('latest.upper_rows') }}, ' expected'
            )
        end
    )
{%- endmacro %}
