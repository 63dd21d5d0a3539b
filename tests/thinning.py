"""What `make test` leaves to `make test-all`: repetitions of a test, and what takes long."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

slow = pytest.mark.slow


def some(
    items: Iterable[Any], kind: Callable[[Any], Any] = lambda item: None, *, spread: bool = False
) -> list[Any]:
    """The parameters of a test, of which only the first of each kind is not slow.

    With `spread` each item is a tuple of several parameters.
    """
    seen = set()
    parameters = []
    for item in items:
        marks = [slow] if kind(item) in seen else []
        seen.add(kind(item))
        parameters.append(
            pytest.param(*item, marks=marks) if spread else pytest.param(item, marks=marks)
        )
    return parameters
