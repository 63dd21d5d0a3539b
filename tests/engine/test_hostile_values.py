"""Values that would fill the grader's memory, reach a terminal, or tell what is secret."""

import contextlib
import tracemalloc

import numpy as np
import pytest
from engine_kit import ROOMY, SOFTMAX, hand_in, task

from autograder.authoring import load_release
from autograder.grading import diagnosis, evidence, form, hidden
from autograder.grading import grade as grading
from autograder.grading import student as sessions
from autograder.grading.budget import Budget
from autograder.grading.lending import lender
from autograder.misconceptions import Made
from autograder.outcomes import StudentFailure
from autograder.sandbox.host import WorkerLostError
from autograder.testing import (
    Call,
    assert_close,
    assert_equal,
    assert_parts_close,
    assert_unchanged,
)
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

data = COURSE.load("hidden.what_went_wrong.tests.data")
repairs = COURSE.load("hidden.what_went_wrong.wrong.repairs")
MEGABYTES = 1 << 17  # doubles


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(8 * MEGABYTES),
        [{}] * 100_000,
        {"a": [np.zeros(4 * MEGABYTES)] * 2},
        "x" * (8 << 20),
    ],
    ids=["array", "dicts", "nested", "text"],
)
def test_of_large_replies_few_are_kept_for_the_diagnosis(value):
    kept = hidden._Kept()

    told = [isinstance(kept.what(Call(value)), Call) for _ in range(10)]

    assert 1 <= sum(told) <= 4
    assert told == sorted(told, reverse=True)


def test_small_replies_are_all_kept():
    kept = hidden._Kept()

    assert all(isinstance(kept.what(Call(np.zeros(1000))), Call) for _ in range(100))


SMALL = np.zeros((2000, 2000), dtype=np.int8)
HUGE = {
    "small integers beside one wide number": [*[SMALL] * 3, np.ones(1, dtype=complex)],
    "of one shape": [*[np.zeros(500_000, dtype=np.int8)] * 8, np.zeros(500_000, dtype=complex)],
    "lists of them": [[SMALL, np.ones(1, dtype=complex)], [SMALL]],
    "flags beside a float": [SMALL.astype(bool), 1.5],
    "an array": SMALL,
    "a pair": (SMALL, 1.5),
    "a column that would be broadcast": np.zeros((4_000_000, 1), dtype=np.int8),
}
OURS = [0.5, np.linspace(0, 1, 4), [0.5, 1.0], [[0.5, 1.0], [1.0, 0.5]], (np.eye(2), 0.5)]
USES = {
    "diagnosis": lambda theirs, ours: diagnosis.agrees(
        diagnosis.Observed("t", (), {}, False, Call(theirs)), Call(ours)
    ),
    "pair of mistakes": lambda theirs, ours: diagnosis._same([theirs, theirs], [ours, ours]),
    "form": lambda theirs, ours: form._are_close(theirs, ours, 1e-9),
    "another shape": form._has_another_shape,
    "test of a value": lambda theirs, ours: assert_close(theirs, ours, "f"),
    "test of parts": lambda theirs, _: assert_parts_close(theirs, {"a": 0.5, "b": 1.0}, "f"),
    "test of a copy": lambda theirs, _: assert_unchanged(Call(1, (theirs,)), "f", np.eye(2)),
    "test of equality": lambda theirs, _: assert_equal(theirs, np.eye(2), "f"),
    "drawing": lambda theirs, _: evidence._is_like(theirs, np.eye(2)),
    "repair": lambda theirs, _: repairs._repair(Made((np.zeros((2000, 2)),), (theirs, 0.5), ())),
    "loan": lambda theirs, _: lender({"f": np.sum}, ("f",))("f", (theirs,), {}),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
@pytest.mark.parametrize("theirs", HUGE.values(), ids=HUGE)
def test_a_large_value_is_refused_before_it_is_copied_into_a_larger_one(use, theirs):
    for ours in OURS:
        tracemalloc.start()
        with contextlib.suppress(AssertionError, ValueError, TypeError):
            use(theirs, ours)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 1 << 20


class Dying:
    """Stands for a worker whose reply was none; the error knows all of it."""

    cpu = lent = 0.0

    def request(self, *_, **__):
        reply = bytearray(1 << 20)
        raise WorkerLostError("crashed", f"not a frame of {len(reply)} bytes")

    def end(self):
        pass


def test_a_failure_does_not_hold_the_reply_that_led_to_it():
    session = sessions.StudentSession(None, (), (), Budget(ROOMY), 7)
    session._worker = Dying()

    with pytest.raises(StudentFailure) as failed:
        session.call("softmax", (), {}, after=False)

    assert failed.value.__context__ is None


def test_one_long_text_does_not_make_an_array_of_long_texts():
    assert diagnosis._as_numbers(["x" * 10**6] + ["a"] * 10**6) is None
    assert diagnosis._as_numbers([[1.0], ["a"]]) is None
    assert diagnosis._as_numbers([[1, 2.5], [True, np.float32(2)]]).shape == (2, 2)


def test_features_without_number_are_refused_as_an_answer():
    wide = np.zeros((400, 100_000), dtype=bool)

    with pytest.raises(AssertionError, match="features of an example"):
        data.repaired((wide, 1.0), 400, "repair_1")


def test_products_of_all_pixels_are_no_more_features_than_allowed():
    features, _ = data.repaired((np.zeros((400, 64 + 64 * 65 // 2)), 1.0), 400, "repair_1")

    assert features.shape == (400, 2144)


@pytest.mark.parametrize("number", [np.finfo(float).max, -np.finfo(float).max, 1e301])
def test_numbers_are_drawn_as_finite_ones(number):
    assert np.isfinite(2 * evidence._short(number))


def test_name_of_a_file_reaches_no_terminal(tmp_path):
    path = hand_in(tmp_path, "no notebook", assignment=SOFTMAX)
    hostile = path.rename(path.with_name("\x1b[2J\u202e\n.ipynb"))
    one = task(hostile, tmp_path / "report.json", SOFTMAX)

    report = grading.grade(one, load_release(ASSIGNMENTS[SOFTMAX]), (), None, None).report

    assert report.status == "unreadable"
    assert report.error.isprintable()


def test_seed_of_a_worker_tells_nothing_of_that_of_the_hidden_inputs():
    seeds = [7, 7 + (1 << 32), 8]
    told = [sessions._worker_seed(seed) for seed in seeds]

    assert len(set(told)) == 3
    assert not set(told) & set(seeds)
    assert max(told) < 1 << 32


def test_a_worker_may_use_what_those_before_it_have_left():
    limits = []

    class Refusing:
        def spawn(self, given, libraries):
            limits.append(given)
            raise WorkerLostError("crashed", "enough is known")

    budget = Budget(ROOMY)
    budget.account_for(100.0)
    session = sessions.StudentSession(Refusing(), (), (), budget, 7)

    with pytest.raises(WorkerLostError):
        session.call("softmax", (), {}, after=False)

    assert limits[0].submission_cpu == ROOMY.submission_cpu - 100
