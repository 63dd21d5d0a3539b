"""Hidden tests of `early_stopping`. Trusted side."""

from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import falling, losses


def test_patience_suffices(student: Functions, reference: Functions, rng: Generator) -> None:
    """If patience never runs out all losses count, however large: say in which epoch the lowest is."""
    fall, rise = int(rng.integers(4, 8)), int(rng.integers(2, 5))
    course, patience = losses(rng, [*falling(fall, to=0), *range(1, rise + 1)]), fall + rise + 2
    for E in (course, 5000 * course, course[:-1] - 100):
        expected = reference.early_stopping(E, patience)
        assert_close(student.early_stopping(E, patience), expected, "early_stopping")


def test_patience_runs_out(student: Functions, reference: Functions, rng: Generator) -> None:
    """A lower loss may come when training has ended already: count in which epoch patience runs out."""
    # Equal numbers as large as this patience are not one object: `is` does not compare them.
    fall, patience = int(rng.integers(4, 8)), int(rng.integers(260, 300))
    rise = range(5, 5 + patience)
    E = losses(rng, [*falling(fall, to=4), *rise, 3, 2, 1])
    expected = reference.early_stopping(E, patience)
    assert_close(student.early_stopping(E, patience), expected, "early_stopping")


def test_just_in_time(student: Functions, reference: Functions, rng: Generator) -> None:
    """With each new lowest loss waiting begins anew, even a late one that is hardly lower."""
    fall, patience = int(rng.integers(4, 8)), int(rng.integers(3, 5))
    waits = [rank for best in (2, 1, 0) for rank in (*range(4, 3 + patience), best)]
    # The steps are below every usual tolerance, and far above what a float can tell apart.
    for end in ([1], [1, 2]):  # how many epochs come after the lowest loss says nothing
        E = 0.5 + 1e-9 * losses(rng, [*falling(fall, to=3), *waits, *end])
        expected = reference.early_stopping(E, patience)
        assert_close(student.early_stopping(E, patience), expected, "early_stopping")


def test_up_and_down(student: Functions, reference: Functions, rng: Generator) -> None:
    """With which loss do you compare? One below that of the epoch before need not be the lowest."""
    fall, patience = int(rng.integers(4, 8)), int(rng.integers(3, 6))
    zigzag = [9 + 2 * (epoch % 2) - epoch for epoch in range(patience)]
    E = losses(rng, [*falling(fall, to=3), *zigzag, 2, 1, 0, 6, 5])
    expected = reference.early_stopping(E, patience)
    assert_close(student.early_stopping(E, patience), expected, "early_stopping")


def test_equal_losses(student: Functions, reference: Functions, rng: Generator) -> None:
    """A loss equal to the lowest one is not below it: the first of them is kept, and waiting goes on."""
    fall, patience = int(rng.integers(10, 14)), int(rng.integers(2, 5))  # not at half of all
    E = losses(rng, [*falling(fall, to=2), *[2] * patience, 1, 0])
    expected = reference.early_stopping(E, patience)
    assert_close(student.early_stopping(E, patience), expected, "early_stopping")


def test_first_and_last_epoch(student: Functions, reference: Functions, rng: Generator) -> None:
    """The lowest loss may be the very first, or the very last, or the only one."""
    M = int(rng.integers(4, 8))
    for E, patience in (
        (losses(rng, range(M)), 2),
        (losses(rng, falling(M, to=0)), 1),
        (losses(rng, [0]), 1),
    ):
        expected = reference.early_stopping(E, patience)
        assert_close(student.early_stopping(E, patience), expected, "early_stopping")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: the losses must stay as they came."""
    fall, patience = int(rng.integers(10, 14)), int(rng.integers(2, 5))
    E = losses(rng, [*falling(fall, to=1), *[rank + 2 for rank in range(patience + 2)], 0])
    call = student.call("early_stopping", E, patience)
    assert_close(call.value, reference.early_stopping(E, patience), "early_stopping")
    assert_unchanged(call, "early_stopping", E)
