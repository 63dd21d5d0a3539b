"""Misconceptions of the repairs of «What went wrong?». Trusted side."""
