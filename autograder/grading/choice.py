"""Marks a multiple-choice exercise: the student's letter beside the question's. Trusted side."""

from autograder.grading.hidden import ended
from autograder.grading.student import StudentSession
from autograder.outcomes import StudentFailure
from autograder.release import Question
from autograder.report import TestResult
from glm2mlp.course import chosen_letter

TEST = "test_letter"


def mark_choice(
    exercise: str, question: Question, session: StudentSession
) -> tuple[TestResult, str, str | None]:
    """Call the answer; returns the result, and if it has failed the hint and the misconception.

    Each wrong choice is a misconception, «chose-» and its letter, and its explanation is the hint.
    """
    *letters, last = question.choices
    hint = f"The answer is one of the letters {', '.join(letters)} or {last}, as text."
    session.begin_exercise(among_given=False)
    try:
        value = session.call(exercise, (), {}, after=False).value
    except StudentFailure as failure:
        return TestResult(TEST, *ended(failure)), hint, None
    letter = chosen_letter(value)
    if letter == question.right:
        return TestResult(TEST, "passed"), "", None
    if letter in question.choices:
        result = TestResult(TEST, "failed", f"chose {letter}")
        return result, question.choices[letter].explanation, f"chose-{letter.lower()}"
    return TestResult(TEST, "failed", "returned none of the letters"), hint, None
