select
    content_id,
    coalesce(program_id, 'UNKNOWN') as program_id,
    case
        when content_type in ('VOD', 'MOVIE', 'LIVE') then content_type
        else 'UNKNOWN'
    end as content_type,
    runtime_seconds
from {{ ref('contents_ranked') }}
where copy_number = 1
