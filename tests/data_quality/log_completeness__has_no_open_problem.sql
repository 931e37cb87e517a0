{{ config(severity='warn') }}
/*
**What is this test?** The history of the detector: as many rows as it knows problems that
stand, missing, low, high or late rows.
**When is this important to resolve?** `ott alerts` tells each problem once; here is since
when there are some, and whether they become more.
**How to resolve?** Look at `log_completeness_daily` for the series and days; `ott alerts --all` tells each.
*/
select finding_key
from {{ ref('int_data_quality__completeness_findings') }}
