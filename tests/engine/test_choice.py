"""Multiple choice in grading: the right letter, a wrong one with its explanation, and everything else."""

from dataclasses import replace

import pytest
from engine_kit import SOFTMAX, TIGHT, before, released, solved, without

from autograder.authoring import load_release
from autograder.grading.keys import exercise_keys
from autograder.outcomes import EXPLANATIONS
from autograder.reading.submission import Submission
from autograder.sandbox.terms import Limits
from glm2mlp.catalogue import ASSIGNMENTS

NAME = "choose_shift"
QUESTION = load_release(ASSIGNMENTS[SOFTMAX]).questions[NAME]
WRONG = sorted(QUESTION.choices.keys() - {QUESTION.right})
NO_LETTER = "The answer is one of the letters A, B, C or D, as text."


def answering(body: str) -> list:
    """The solved notebook with `body` as the answer."""
    return before(solved(SOFTMAX, **{NAME: f"def {NAME}():\n    {body}"}), NAME, "import os")


@pytest.fixture
def result(grade):
    return lambda body, limits=TIGHT: grade(answering(body), limits, SOFTMAX).exercises[NAME]


def test_right_letter_in_each_form(result):
    right = QUESTION.right
    around = (f"{right}.", f"{right})", f"({right.lower()})", f"**{right}**", f'"{right}"')
    for text in (right, right.lower(), f" {right} ", f"{right.lower()}\n", *around):
        graded = result(f"return {text!r}")
        assert (graded.outcome, graded.points, graded.hint) == ("passed", 1, None)
        assert graded.misconception is None


@pytest.mark.parametrize("letter", WRONG)
def test_wrong_letter_is_explained(result, letter):
    graded = result(f"return {letter!r}")
    assert (graded.outcome, graded.points) == ("failed", 0)
    assert graded.hint == QUESTION.choices[letter].explanation
    assert graded.tests[0].message == f"chose {letter}"
    assert graded.misconception == f"chose-{letter.lower()}"


@pytest.mark.parametrize(
    "body",
    [
        "return 'E'",
        "return ''",
        "return ' '",
        "return 'AB'",
        f"return '{QUESTION.right} or A'",
        "return '()'",
        "return 'ABCD'",
        f"return ['{QUESTION.right}']",
        f"return b'{QUESTION.right}'",
        f"return ord('{QUESTION.right}')",
        "return 2",
        "return True",
        "return None",
        "pass",
        "return np.array(['A'])",
        "return np.zeros(3)",
        f"return type('Text', (str,), {{}})('{QUESTION.right}')",
        "return 'x' * 10_000",
    ],
)
def test_anything_else_is_told_in_one_sentence(result, body):
    graded = result(body)
    assert (graded.outcome, graded.points, graded.hint) == ("failed", 0, NO_LETTER)
    assert graded.misconception is None


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("raise NotImplementedError()", "missing"),
        ("1 / 0", "error"),
        ("while True: pass", "timeout"),
        ("os._exit(1)", "crashed"),
    ],
)
def test_no_value_is_told_as_everywhere(result, body, outcome):
    graded = result(body)
    assert (graded.outcome, graded.points) == (outcome, 0)
    assert graded.hint == EXPLANATIONS[outcome]


def test_library_that_is_not_allowed_is_told(result):
    assert result("import pandas\n    return 'C'").hint.startswith("Your answer imports pandas;")


def test_untouched_question_is_missing(grade):
    graded = grade(released(SOFTMAX), assignment=SOFTMAX).exercises[NAME]
    assert (graded.outcome, graded.points) == ("missing", 0)


def test_answer_is_found_outside_its_cell(grade):
    cells = without(solved(SOFTMAX), NAME)
    moved = before(cells, "one_hot", f"def {NAME}():\n    return '{QUESTION.right}'")
    report = grade(moved, assignment=SOFTMAX)
    assert report.exercises[NAME].points == 1
    assert report.repairs


def test_question_needs_no_other_exercise(grade):
    """Nothing is lent to it, and it is not lent to others."""
    asks = "return 'C' if softmax(np.zeros(3)).sum() else 'A'"
    broken = {
        "softmax": "def softmax(Z):\n    raise ValueError",
        NAME: f"def {NAME}():\n    {asks}",
    }
    report = grade(solved(SOFTMAX, **broken), assignment=SOFTMAX)
    assert (report.exercises[NAME].outcome, report.exercises[NAME].points) == ("error", 0)
    assert not report.exercises[NAME].carried_forward
    assert report.exercises["gradient"].carried_forward


def test_another_key_or_explanation_is_graded_again():
    release = load_release(ASSIGNMENTS[SOFTMAX])
    submission = Submission((), {}, ())
    other = replace(QUESTION, right=WRONG[0])
    reworded = replace(
        QUESTION,
        choices=QUESTION.choices
        | {WRONG[0]: replace(QUESTION.choices[WRONG[0]], explanation="Look again.")},
    )

    keys = [
        exercise_keys(
            submission,
            replace(release, questions=release.questions | {NAME: question}),
            7,
            Limits(),
            (),
        )
        for question in (QUESTION, other, reworded)
    ]

    assert len({of[NAME] for of in keys}) == 3
    assert len({of["softmax"] for of in keys}) == 1


def test_every_question_that_is_declared_is_in_the_release():
    for assignment in ASSIGNMENTS.values():
        questions = load_release(assignment).questions
        chosen = [e for e in assignment.exercises if e.kind == "choice"]
        assert {e.name: e.letters for e in chosen} == {
            exercise: tuple(question.choices) for exercise, question in questions.items()
        }
