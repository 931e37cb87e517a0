{{ config(severity='warn', tags=['kept_results']) }}
/*
**What is this test?** The history of the detector: as many rows as it knows problems that
stand, raw columns that are new, lost or of another type.
**When is this important to resolve?** `ott alerts` tells each problem once; here is since
when there are some, and whether they become more.
**How to resolve?** Look at `contract_changes`; `ott alerts --all` tells each.
*/
select finding_key
from {{ ref('int_data_quality__contract_findings') }}
