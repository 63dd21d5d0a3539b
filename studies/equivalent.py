"""Mutants of the reference that are right all the same, and why. Any other survivor fails the study."""

EQUIVALENT: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {
    # reason → exercise → changes
}


def reason(assignment: str, exercise: str, change: str) -> str | None:
    """Why this mutant is right; None if nobody knows a reason."""
    for why, exercises in EQUIVALENT.items():
        if change in exercises.get((assignment, exercise), ()):
            return why
    return None
