"""Proof 1: ZetaSQL analyses and executes the BigQuery SQL; see ott/bigquery."""
