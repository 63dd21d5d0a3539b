"""How a test can end, and the failures and texts of a student as the grader sees them. Trusted side.

Every failure derives from `pytest.fail.Exception`, so that a hidden test which says
`pytest.raises(Exception)` is not satisfied by an answer that is missing or a worker that died.
"""

from typing import Literal

from _pytest.outcomes import Failed  # what `pytest.fail.Exception` is, by a name that types know

Outcome = Literal["passed", "failed", "error", "timeout", "memory", "crashed", "missing", "harness"]

# What the student may read about an answer that gave no value. None of it depends on a hidden input.
EXPLANATIONS: dict[Outcome, str] = {
    "error": "Your code raised an error.",
    "timeout": "Your code did not finish within the time limit. Is there a loop that never ends?",
    "memory": "Your code asked for more memory than it may use.",
    "crashed": "Your code ended the Python process that ran it.",
    "missing": "The answer is missing: it is not defined, or it is still the stub.",
}


class StudentFailure(Failed):
    """The student's code gave no value that a test could look at.

    `outcome` says in which way; `detail` is what the code itself said, for instructors only.
    """

    def __init__(self, outcome: Outcome, message: str, detail: str = "") -> None:
        super().__init__(message, pytrace=False)
        self.outcome = outcome
        self.detail = detail


def printable(text: str) -> str:
    """A text of the student's, or a name of a file, without what a terminal would obey."""
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in text)
