"""Misconceptions of L² regularization and early stopping."""
