"""The sample: raw logs of an invented streaming service, the same on every run."""
