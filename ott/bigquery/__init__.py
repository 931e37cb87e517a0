"""Proves the BigQuery SQL offline, with Google's own analyzer and its reference engine.

The project is compiled for BigQuery without a server. ZetaSQL then analyses every
statement as BigQuery would and executes the whole project on small dense raw logs;
each relation is compared row by row with the DuckDB build of the same logs.
"""
