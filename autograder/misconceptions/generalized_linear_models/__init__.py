"""Misconceptions of the exercises of generalized linear models. Trusted side."""
