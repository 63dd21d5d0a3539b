"""Calls of code that is ours, the reference or a misconception, with what they leave behind. Trusted side."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.testing import Call, Rng


def call(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any], *, after: bool
) -> Call:
    """Call `function`, which never sees the arguments themselves but copies."""
    values = [copy.deepcopy(value) for value in (*args, *kwargs.values())]
    values = [value.make() if isinstance(value, Rng) else value for value in values]
    arguments = tuple(values[: len(args)])
    keywords = dict(zip(kwargs, values[len(args) :], strict=True))
    result = function(*arguments, **keywords)
    generators = [
        value for value in values if isinstance(value, np.random.Generator | np.random.RandomState)
    ]
    draws = tuple(generator.uniform() for generator in generators) if after else ()
    return Call(result, arguments, keywords, draws)
