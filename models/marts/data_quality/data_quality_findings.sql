{{ config(tags=['kept_results'], **table_design(cluster=['detector', 'owner'])) }}

{# Each has one row per problem, with the columns of `problems`. #}
{%- set detectors = [
    'int_data_quality__failed_check_findings',
    'int_data_quality__completeness_findings',
    'int_data_quality__contract_findings',
    'int_data_quality__unknown_code_findings',
    'int_data_quality__overlap_findings',
] -%}

with

{% for detector in detectors %}
    {{ detector }} as (
        select * from {{ ref(detector) }}
    ),

{% endfor %}
incidents as (
    select * from {{ ref('incidents') }}
),

problems as (
    {% for detector in detectors %}
        select
            detector,
            finding_key,
            first_seen_on,
            last_seen_on,
            severity,
            owner,
            summary,
            what_is_this,
            when_does_it_matter,
            how_to_resolve
        from {{ detector }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

explained as (
    select
        problems.detector,
        problems.finding_key,
        min(incidents.title) as incident_title
    from problems
    inner join incidents
        on
            (problems.detector = incidents.detector or incidents.detector = 'all')
            and starts_with(problems.finding_key, coalesce(incidents.key_prefix, ''))
            and problems.last_seen_on >= incidents.started_on
            and problems.last_seen_on <= coalesce(incidents.ended_on, date '9999-12-31')
    group by problems.detector, problems.finding_key
),

final as (
    select
        problems.detector,
        problems.finding_key,
        problems.first_seen_on,
        problems.last_seen_on,
        problems.severity,
        problems.owner,
        problems.summary,
        problems.what_is_this,
        problems.when_does_it_matter,
        problems.how_to_resolve,
        explained.incident_title
    from problems
    left join explained
        on
            problems.detector = explained.detector
            and problems.finding_key = explained.finding_key
)

select * from final
