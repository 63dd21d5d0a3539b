"""Values that would fill the grader's memory, reach a terminal, or tell what is secret."""

import numpy as np
import pytest
from engine_kit import ROOMY, SOFTMAX, hand_in, task

from autograder.authoring import load_release
from autograder.grading import diagnosis, evidence, hidden
from autograder.grading import grade as grading
from autograder.grading import student as sessions
from autograder.grading.budget import Budget
from autograder.hidden_tests.what_went_wrong import data
from autograder.outcomes import StudentFailure
from autograder.sandbox.host import WorkerLostError
from autograder.testing import Call

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

    report = grading.grade(one, load_release(SOFTMAX), (), None, None).report

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
