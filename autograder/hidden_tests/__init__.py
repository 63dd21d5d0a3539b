"""Hidden tests: a package for each assignment, a file for each exercise. Trusted side, secret."""
