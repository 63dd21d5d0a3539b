"""Hands the points of a course over to other systems. Trusted side."""
