"""Hidden tests of L² regularization and early stopping."""
