"""Proof 2 of BigQuery: the real dbt-bigquery builds the project on a local emulator."""
