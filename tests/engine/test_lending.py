"""What may be borrowed is bounded by the size of what comes of it."""

import time

import numpy as np
import pytest
from engine_kit import SOFTMAX

from autograder.authoring import load_reference
from autograder.grading.lending import lender
from autograder.sandbox.host import WorkerLostError
from glm2mlp.catalogue import ASSIGNMENTS


def test_empty_arrays_with_long_sides_are_refused():
    # Their product is not empty: with longer sides it would be larger than any memory.
    lend = lender(load_reference(ASSIGNMENTS[SOFTMAX]), ("predict",))

    with pytest.raises(ValueError, match="large"):
        lend("predict", (np.ones((0, 1)), np.ones((10**6, 0))), {})


def test_arrays_that_do_not_fit_are_not_broadcast_to_the_size_of_a_memory():
    # Targets in a column are broadcast against the predictions: to 19 GB with three sides of 1333.
    lend = lender(load_reference(ASSIGNMENTS[SOFTMAX]), ("gradient",))
    n = 1333

    with pytest.raises(ValueError, match="large"):
        lend("gradient", (np.ones((1, n)), np.ones((n, 1)), np.zeros((n, 1), dtype=int)), {})


def test_sides_that_would_be_multiplied_are_bounded_together():
    # A column of targets would make three axes of 330: 287 MB of the grader's memory, and copies of them.
    lend = lender(load_reference(ASSIGNMENTS[SOFTMAX]), ("gradient",))
    ones = np.ones

    with pytest.raises(ValueError, match="large together"):
        lend(
            "gradient", (ones((1, 330)), ones((1, 1)), np.zeros((330, 1), int), ones((330, 1))), {}
        )
    assert lend("gradient", (ones((5, 3)), ones((40, 5)), np.zeros(40, int)), {}).shape == (5, 3)


def test_arrays_of_many_axes_are_refused_beside_others():
    # They would multiply their sides with those of all others.
    lend = lender(load_reference(ASSIGNMENTS[SOFTMAX]), ("softmax", "gradient"))
    many = np.ones((2, 2, 2))

    assert lend("softmax", (many,), {}).shape == (2, 2, 2)
    with pytest.raises(ValueError, match="neither"):
        lend("gradient", (np.ones((2, 3)), many, np.array([0, 1])), {})


def test_answer_that_may_not_cross_is_an_error_of_the_borrower(inside):
    inside.run("def f():\n    return ours()")
    inside.ask(do="lend", functions=["ours"])
    call = {"do": "call", "function": "f", "args": (), "kwargs": {}, "after": False}

    (reply,) = inside.process.request_all([call], cpu=9, wall=60, lender=lambda *_: object())

    assert reply["problem"] == "error"
    assert "an object" in reply["text"]
    assert inside.value("1 + 1") == 2


def test_time_that_a_loan_takes_counts_as_the_borrowers(inside):
    def slow(*_):
        started = time.process_time()
        while time.process_time() < started + 0.05:
            pass
        return 1.0

    inside.run("def f():\n    while True: slow()")
    inside.ask(do="lend", functions=["slow"])
    call = {"do": "call", "function": "f", "args": (), "kwargs": {}, "after": False}

    with pytest.raises(WorkerLostError, match="borrowed"):
        inside.process.request(call, cpu=0.2, wall=60, lender=slow)


def test_time_to_send_a_loan_counts_as_the_borrowers(inside):
    large = np.zeros(2_000_000)
    inside.run("def f():\n    while True: large()")
    inside.ask(do="lend", functions=["large"])
    call = {"do": "call", "function": "f", "args": (), "kwargs": {}, "after": False}

    with pytest.raises(WorkerLostError, match="borrowed"):
        inside.process.request(call, cpu=1.0, wall=60, lender=lambda *_: large)
