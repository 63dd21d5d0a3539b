"""A failing answer is named by what it returns; doubtful ones are not named."""

import numpy as np
import pytest

from autograder.grading.diagnosis import Observed, candidates, diagnose
from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import (
    LISTED,
    NEGATED,
    SINGLE_PRECISION,
    SUMMED,
    TRANSPOSED,
)
from autograder.outcomes import EXPLANATIONS, StudentFailure
from autograder.testing import Call, Rng


def mean_of_squares(w, X):
    """The reference of these tests: its value depends on every entry of X."""
    return (X**2).T @ np.ones(len(X)) / len(X) + w


def first_row(w, X):
    return X[0] ** 2 + w


def crashing(w, X):
    raise TypeError("only scalars")


FIRST_ROW = Misconception(
    "first-row", "Only the first example counts.", "And the others?", first_row
)
CRASHING = Misconception("scalars", "Arrays are numbers.", "Use NumPy.", crashing)
KNOWN = (FIRST_ROW, CRASHING, SUMMED.of(mean_of_squares), NEGATED.of(mean_of_squares))


def observed(function, *, seeds=(1, 2), after=False):
    """The calls of hidden tests on an answer, as they are recorded."""
    calls = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        args = (rng.normal(size=3), rng.normal(size=(4, 3)))
        copies = tuple(arg.copy() for arg in args)
        try:
            ended = Call(function(*copies), copies, {})
        except TypeError as error:
            ended = StudentFailure("error", EXPLANATIONS["error"], f"TypeError: {error} (line 1)")
        calls.append(Observed("test", args, {}, after, ended))
    return calls


def named(calls, known=KNOWN):
    diagnosis = diagnose(calls, mean_of_squares, known)
    return diagnosis and diagnosis.name


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.id)
def test_a_misconception_is_recognised_by_its_values(known):
    assert named(observed(known.wrong)) == known.id


def test_another_way_to_write_it_is_the_same_mistake():
    def written_otherwise(w, X):
        return np.array([sum(x * x for x in column) for column in X.T]) + w * len(X)

    assert named(observed(written_otherwise)) == "sum-instead-of-mean"


def test_two_mistakes_at_once_are_found_where_one_acts_on_the_result():
    diagnosis = diagnose(observed(lambda w, X: -first_row(w, X)), mean_of_squares, KNOWN)

    assert diagnosis.name == "first-row + sign"
    assert FIRST_ROW.hint in diagnosis.hint
    assert NEGATED.hint in diagnosis.hint


def test_two_mistakes_with_one_hint_give_it_once():
    known = (FIRST_ROW, NEGATED.of(mean_of_squares, hint=FIRST_ROW.hint))

    diagnosis = diagnose(observed(lambda w, X: -first_row(w, X)), mean_of_squares, known)

    assert diagnosis.name == "first-row + sign"
    assert diagnosis.hint == FIRST_ROW.hint


def test_a_right_answer_has_no_misconception():
    assert named(observed(mean_of_squares)) is None


def test_an_unknown_mistake_is_not_named():
    assert named(observed(lambda w, X: X.mean(axis=0))) is None


def test_agreement_on_some_calls_is_not_enough():
    calls = observed(first_row, seeds=[1]) + observed(mean_of_squares, seeds=[2])

    assert named(calls) is None


def test_two_that_fit_are_none_unless_their_hint_is_the_same():
    other = Misconception("top", "Only the top row counts.", "Look again.", first_row)
    twin = Misconception("twin", "Only the top row counts.", FIRST_ROW.hint, first_row)

    assert named(observed(first_row), (*KNOWN, other)) is None
    assert named(observed(first_row), (*KNOWN, twin)) == "first-row"
    assert len(candidates(observed(first_row), mean_of_squares, (*KNOWN, other))) == 2


def test_an_answer_that_gave_no_value_for_other_reasons_is_not_named():
    hanging = StudentFailure("timeout", EXPLANATIONS["timeout"])
    calls = observed(first_row)
    calls[1] = Observed("test", calls[1].args, {}, False, hanging)

    assert named(calls) is None


def test_a_changed_argument_is_seen_where_a_test_asks_for_it():
    def in_place(w, X):
        X **= 2
        return X.mean(axis=0) + w

    known = (Misconception("in-place", "X is scratch paper.", "X is the caller's.", in_place),)

    assert named(observed(in_place, after=True), known) == "in-place"
    assert named(observed(in_place, after=False), known) is None


def test_other_random_numbers_are_seen_where_a_test_asks_for_them():
    def right(w, rng):
        return w + rng.uniform()

    def twice(w, rng):
        value = w + rng.uniform()
        rng.uniform()
        return value

    known = (Misconception("twice", "Chance is free.", "How often do you draw?", twice),)
    rng = np.random.default_rng(3)
    ended = Call(twice(1.0, rng), (1.0, None), {}, (rng.uniform(),))
    calls = [Observed("test", (1.0, Rng("Generator", 3)), {}, True, ended)]

    assert diagnose(calls, right, known).name == "twice"


def test_an_array_on_its_side_and_a_list_are_no_arrays_of_the_right_shape():
    def square(w):
        return np.outer(w, w + 1)

    known = (TRANSPOSED.of(square),)
    w = np.array([1.0, 2.0, 4.0])
    as_list = [Observed("test", (w,), {}, False, Call(square(w).T.tolist()))]

    assert diagnose([Observed("test", (w,), {}, False, Call(square(w).T))], square, known)
    assert diagnose(as_list, square, known) is None


def test_numbers_of_a_list_round_on_one_scale():
    def right(w):
        return np.array([w[0], 1e-30])

    known = (LISTED.of(right), SINGLE_PRECISION.of(right))
    calls = [Observed("test", (np.ones(2),), {}, False, Call([1.0, 0.0]))]

    assert diagnose(calls, right, known).name == "list"


def test_an_infinite_value_is_no_ordinary_number():
    known = (Misconception("log-of-0", "Logarithms exist.", "Try 0.", lambda w: np.log(0 * w)),)
    w = np.array([1.0, 2.0])

    def observe(value):
        return [Observed("test", (w,), {}, False, Call(value))]

    assert diagnose(observe(np.array([-np.inf, -np.inf])), np.log, known).name == "log-of-0"
    assert diagnose(observe(np.array([-700.0, -np.inf])), np.log, known) is None
    assert diagnose(observe(np.array([np.inf, -np.inf])), np.log, known) is None


def test_a_whole_number_may_be_an_integer_but_an_array_has_its_dtype():
    def mean(w):
        return np.mean(w)

    known = (SUMMED.of(mean), Misconception("doubled", "Twice.", "Why twice?", lambda w: 2 * w))
    w = np.array([1, 2, 5])

    def observe(value):
        return [Observed("test", (w,), {}, False, Call(value))]

    assert diagnose(observe(np.sum(w)), mean, known).name == "sum-instead-of-mean"
    assert diagnose(observe(np.array([2.0, 4.0, 10.0])), mean, known) is None
    assert diagnose(observe(np.array([2, 4, 10])), mean, known).name == "doubled"


def test_several_parts_may_come_in_a_list():
    def right(w):
        return w, w + 1

    known = (NEGATED.of(right),)
    w = np.ones(2)
    calls = [Observed("test", (w,), {}, False, Call([-w, -w - 1]))]

    assert diagnose(calls, right, known).name == "sign"


def test_an_open_exercise_says_what_shows_a_mistake():
    def smaller(calls):
        return all(made.value < 1 for made in calls)

    known = (
        Misconception("smaller", "It is too much.", "Too little.", lambda: 0.5, shown=smaller),
    )
    calls = [Observed("test", (), {}, False, Call(value)) for value in (0.25, 0.1)]
    raising = Observed("test", (), {}, False, StudentFailure("error", EXPLANATIONS["error"], "No"))

    assert diagnose(calls, lambda: 2.0, known).name == "smaller"
    assert (
        diagnose([*calls, Observed("test", (), {}, False, Call(3.0))], lambda: 2.0, known) is None
    )
    assert diagnose([*calls, raising], lambda: 2.0, known) is None
