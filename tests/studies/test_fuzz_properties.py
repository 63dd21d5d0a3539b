"""The properties that fuzzing checks: real data have them, and a reader that errs is caught."""

import random

import pytest

from autograder.worker import wire
from studies.fuzzing import properties
from studies.fuzzing.seeds import mutated, seeds


@pytest.mark.parametrize("target", ["frame", "tree", "notebook", "report"])
def test_real_data_are_accepted(target):
    assert all(map(properties.TARGETS[target], seeds(target)))


def test_real_replies_give_a_value_or_a_failure():
    accepted = [properties.reply(data) for data in seeds("reply")]

    assert 0 < sum(accepted) < len(accepted)


def test_damaged_notebooks_are_read_or_refused():
    _, *small = seeds("notebook")
    rng = random.Random(1)
    accepted = [properties.notebook(mutated(rng.choice(small), rng)) for _ in range(60)]

    assert 0 < sum(accepted) < len(accepted)


@pytest.mark.parametrize(
    "value",
    [{1: 2}, 2**2000, "\ud800", {1, 2}, [object()]],
    ids=["key", "int", "text", "set", "object"],
)
def test_decoder_that_accepts_too_much_is_caught(value, monkeypatch):
    monkeypatch.setattr(wire, "loads", lambda *_, **__: [value])

    with pytest.raises((AssertionError, UnicodeEncodeError)):
        properties.tree(b"[[1], []]")


def test_arrays_larger_than_the_frame_are_caught(monkeypatch):
    loads = wire.loads
    monkeypatch.setattr(wire, "loads", lambda header, *_, **__: loads(header, bytearray(1024)))

    with pytest.raises(AssertionError, match="larger than the frame"):
        properties.decoded(b'[[["a", 0, "|u1", [1024]]], [1024]]', bytearray(0))
