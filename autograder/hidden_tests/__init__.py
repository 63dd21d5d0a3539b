"""The hidden tests: one package an assignment, one file an exercise. Trusted side, never released."""
