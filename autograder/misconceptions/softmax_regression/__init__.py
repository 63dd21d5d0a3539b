"""Misconceptions of the exercises of softmax regression. Trusted side."""
