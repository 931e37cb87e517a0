{#
    How far the rows of a day may lie from what is expected: chance, which grows with their
    root, or a least share of them; more where the days that teach differed, up to a cap.
    1.4826 makes of a median deviation what a standard deviation is of ordinary noise.
#}
{% macro completeness_band(source) -%}
    greatest(
        {{ of_source(source, 'noise') }} * sqrt(expected_rows),
        {{ of_source(source, 'least_share') }} * expected_rows,
        least(
            {{ of_source(source, 'sensitivity') }} * 1.4826 * deviation_rows,
            {{ of_source(source, 'most_share') }} * expected_rows
        )
    )
{%- endmacro %}
