"""Evaluation of the detectors of missing and doubled data on planted faults."""
