"""Calls of code that is ours, the reference or a misconception, with what they leave behind. Trusted side."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import sympy

from autograder.testing import Call, Rng
from autograder.worker import wire
from glm2mlp.derivation import DerivationError, to_tree


def call(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any], *, after: bool
) -> Call:
    """Call `function`, which never sees the arguments themselves but copies."""
    values = [copied(value) for value in (*args, *kwargs.values())]
    arguments = tuple(values[: len(args)])
    keywords = dict(zip(kwargs, values[len(args) :], strict=True))
    result = function(*arguments, **keywords)
    generators = [
        value for value in values if isinstance(value, np.random.Generator | np.random.RandomState)
    ]
    draws = tuple(generator.uniform() for generator in generators) if after else ()
    return Call(result, arguments, keywords, draws)


def copied(value: Any) -> Any:
    """A copy of an argument; a generator in its place if it is the data of one."""
    # Hundreds are made for each submission. `deepcopy` gives the same, and takes ten times as long.
    kind = type(value)
    if kind is np.ndarray:
        return value.copy("K")
    if kind in (int, float, str, bool):
        return value
    return value.make() if kind is Rng else copy.deepcopy(value)


def sent(value: Any) -> Any:
    """A value of ours as it would arrive from a worker. Raises UnsendableError if it may not cross."""
    (arrived,) = wire.loads(*wire.dumps(value, to_tree=_tree))
    return arrived


def _tree(value: object) -> Any:
    if not isinstance(value, sympy.Basic):
        return None
    try:
        return to_tree(value)
    except DerivationError as error:
        raise wire.UnsendableError(str(error)) from None
