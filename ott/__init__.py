"""The Python side of the OTT warehouse: everything that is not SQL."""
