"""Misconceptions of logistic regression."""
