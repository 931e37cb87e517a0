select
    *,
    row_number() over (
        partition by program_id
        order by
            updated_at desc nulls last,
            title desc nulls last,
            title_en desc nulls last,
            genre desc nulls last,
            channel desc nulls last,
            is_original desc nulls last,
            cast_names desc nulls last,
            synopsis desc nulls last,
            first_released_on desc nulls last
    ) as copy_number
from {{ ref('stg_programs') }}
where program_id is not null
