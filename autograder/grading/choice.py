"""Marks a multiple-choice exercise: the student's letter beside the question's. Trusted side."""

from autograder.grading.hidden import ended
from autograder.grading.student import StudentSession
from autograder.outcomes import StudentFailure
from autograder.release import Question
from autograder.report import TestResult

TEST = "test_letter"


def mark_choice(
    exercise: str, question: Question, session: StudentSession
) -> tuple[TestResult, str]:
    """Call the answer; returns the result, and what the student may read if it has failed."""
    *letters, last = question.choices
    hint = f"The answer is one of the letters {', '.join(letters)} or {last}, as text."
    session.begin_exercise(among_given=False)
    try:
        value = session.call(exercise, (), {}, after=False).value
    except StudentFailure as failure:
        return TestResult(TEST, *ended(failure)), hint
    letter = value.strip().upper() if type(value) is str else ""
    if letter == question.right:
        return TestResult(TEST, "passed"), ""
    if letter in question.choices:
        return TestResult(TEST, "failed", f"chose {letter}"), question.choices[letter].explanation
    return TestResult(TEST, "failed", "returned none of the letters"), hint
