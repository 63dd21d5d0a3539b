"""Misconceptions about the multilayer perceptron. Trusted side."""
