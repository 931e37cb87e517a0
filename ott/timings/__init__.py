"""What a run of dbt took: wall time, serial sum, critical path and a picture."""
