"""Misconceptions of the mean squared error as maximum likelihood."""
