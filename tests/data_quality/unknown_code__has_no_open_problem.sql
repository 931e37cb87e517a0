{{ config(severity='warn') }}
/*
**What is this test?** The history of the detector: as many rows as it knows problems that
stand, codes that `known_codes` does not list.
**When is this important to resolve?** `ott alerts` tells each problem once; here is since
when there are some, and whether they become more.
**How to resolve?** Look at `coded_values`; `ott alerts --all` tells each.
*/
select finding_key
from {{ ref('int_data_quality__unknown_code_findings') }}
