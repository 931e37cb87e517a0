"""Runs of the warehouse on DuckDB: whole, by day, or a range of days in chunks."""
