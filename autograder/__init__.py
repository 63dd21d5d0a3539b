"""The autograder: the instructor's side."""
