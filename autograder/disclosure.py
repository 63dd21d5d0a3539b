"""What students may read of a result: each hidden test says so itself, by its mark. Trusted side.

`public`: its name, whether it passed, and its sentence if it did not. `hint only`, which is the rule: its
sentence as the hint, if it is the first that did not pass. `after the deadline`: nothing before, then as if
public. `never`: nothing; its points alone tell that it is there.
"""

from autograder.outcomes import EXPLANATIONS
from autograder.report import ExerciseResult, TestResult


def is_listed(test: TestResult, *, after_deadline: bool = False) -> bool:
    """Whether students may read of this test, passed or not."""
    return test.disclosure == "public" or (
        after_deadline and test.disclosure == "after the deadline"
    )


def may_hint(test: TestResult, *, after_deadline: bool = False) -> bool:
    """Whether this test may give a hint."""
    return test.disclosure == "hint only" or is_listed(test, after_deadline=after_deadline)


def hint(result: ExerciseResult, *, after_deadline: bool = False) -> str | None:
    """The hint that the student may read; None if nothing went wrong, or no test that did may speak."""
    failed = [test for test in result.tests if test.outcome != "passed"]
    open_ones = [test for test in failed if may_hint(test, after_deadline=after_deadline)]
    if result.outcome in ("passed", "harness", "manual") or not open_ones:
        return None
    if result.misconception or open_ones[0] is failed[0]:
        return result.hint
    first = open_ones[0]
    return first.sentence if first.outcome == "failed" else EXPLANATIONS.get(first.outcome)
