"""Stands in for `mpmath.functions.signals`, which has the sigmoid. In the sandbox."""

from mpmath.functions.functions import SpecialFunctions

for name in ("squarew", "trianglew", "sawtoothw", "unit_triangle", "sigmoid"):
    setattr(SpecialFunctions, name, None)  # mpmath imports them
