"""Grading: reading a submission, asking the worker, running the hidden tests, the report. Trusted side."""
