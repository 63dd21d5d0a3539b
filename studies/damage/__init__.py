"""What happens to notebooks on their way to the grader: small functions that each do one kind of damage."""

from studies.damage import answers, cells, names
from studies.damage.kit import FAMILIES, REVIEW, SAME, Family

__all__ = ["FAMILIES", "REVIEW", "SAME", "Family", "answers", "cells", "names"]
