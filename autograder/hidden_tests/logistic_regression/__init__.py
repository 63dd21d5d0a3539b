"""Hidden tests of logistic regression."""
