"""Hidden tests of generalized linear models."""
