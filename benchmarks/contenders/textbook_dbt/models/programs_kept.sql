select
    program_id,
    title as program_title,
    genre
from {{ ref('programs_ranked') }}
where copy_number = 1
