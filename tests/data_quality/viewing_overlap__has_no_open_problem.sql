{{ config(severity='warn') }}
/*
**What is this test?** The history of the detector: as many rows as it knows problems that
stand, players that count viewing time twice.
**When is this important to resolve?** `ott alerts` tells each problem once; here is since
when there are some, and whether they become more.
**How to resolve?** Look at `viewing_overlap_daily` for the version and days; `ott alerts --all` tells each.
*/
select finding_key
from {{ ref('int_data_quality__overlap_findings') }}
