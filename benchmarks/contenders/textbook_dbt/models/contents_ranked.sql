select
    *,
    row_number() over (
        partition by content_id
        order by
            updated_at desc nulls last,
            program_id desc nulls last,
            content_type desc nulls last,
            title desc nulls last,
            episode_number desc nulls last,
            runtime_seconds desc nulls last,
            released_at desc nulls last
    ) as copy_number
from {{ ref('stg_contents') }}
where content_id is not null
