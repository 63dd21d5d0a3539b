"""Answers without any thought: constants, arguments handed back, the asked shape filled with anything.

They know the shape of the right result, since the docstring tells it, and nothing of its values but for the
largest of them in `spread`.
"""

import copy
import inspect
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Function = Callable[..., Any]

CONSTANTS = {
    **{repr(value): value for value in (None, True, False, 0, 1, 0.5, -1, "", [], (), {})},
    **{repr(value): value for value in (math.nan, math.inf)},
    "an empty array": np.array([]),
    "the letter A": "A",
}
# What stands in an array of the asked shape; the shape, and the largest of the right values.
FILLED: dict[str, Callable[[tuple[int, ...], float], np.ndarray]] = {
    "zeros": lambda shape, _: np.zeros(shape),
    "ones": lambda shape, _: np.ones(shape),
    "halves": lambda shape, _: np.full(shape, 0.5),
    "minus ones": lambda shape, _: np.full(shape, -1.0),
    "integer zeros": lambda shape, _: np.zeros(shape, dtype=int),
    "True": lambda shape, _: np.ones(shape, dtype=bool),
    "NaN": lambda shape, _: np.full(shape, np.nan),
    "infinity": lambda shape, _: np.full(shape, np.inf),
    "1e300": lambda shape, _: np.full(shape, 1e300),
    "equal shares": lambda shape, _: np.full(shape, 1 / shape[-1] if shape else 1.0),
    "linspace": lambda shape, _: np.linspace(0, 1, math.prod(shape)).reshape(shape),
    "spread": lambda shape, m: np.linspace(-m, m, math.prod(shape)).reshape(shape),
    "spread in columns": lambda shape, m: np.linspace(-m, m, math.prod(shape)).reshape(
        shape, order="F"
    ),
    "spread downwards": lambda shape, m: np.linspace(m, -m, math.prod(shape)).reshape(shape),
    "arange": lambda shape, _: np.arange(math.prod(shape)).reshape(shape),
    "identity matrix": lambda shape, _: np.eye(*shape) if len(shape) == 2 else np.zeros(shape),
    "uniform": lambda shape, _: np.random.uniform(size=shape),
    "normal": lambda shape, _: np.random.normal(size=shape),
    "random bits": lambda shape, _: np.random.randint(2, size=shape),
}
# What is made of one argument, or of each part of it.
MADE: dict[str, Function] = {
    "itself": lambda a: a,
    "copy": copy.copy,
    "zeros_like": np.zeros_like,
    "ones_like": np.ones_like,
    "full_like": lambda a: np.full(np.shape(a), 0.5),
    "random_like": lambda a: np.random.uniform(size=np.shape(a)),
    "arange_like": lambda a: np.arange(np.size(a)).reshape(np.shape(a)),
    "len": len,
    "len - 1": lambda a: len(a) - 1,
    "len - 2": lambda a: len(a) - 2,
    "half of len": lambda a: len(a) // 2,
    "shape": np.shape,
    "sort": np.sort,
    "argsort": np.argsort,
    "reversed": lambda a: a[::-1],
    "transposed": np.transpose,
    "abs": np.abs,
    "negative": np.negative,
    "sign": np.sign,
    "round": np.round,
    "square": np.square,
    "exp": np.exp,
    "positive": lambda a: a > 0,
    "mean": np.mean,
    "sum": np.sum,
    "max": np.max,
    "min": np.min,
    "var": np.var,
    "argmin": np.argmin,
    "argmin + 1": lambda a: np.argmin(a) + 1,
    "argmax": np.argmax,
    "mean of rows": lambda a: np.mean(a, axis=-1),
    "sum of rows": lambda a: np.sum(a, axis=-1),
    "argmax of rows": lambda a: np.argmax(a, axis=-1),
    "shares": lambda a: a / np.sum(a, axis=-1, keepdims=True),
    "first": lambda a: a[0],
    "last": lambda a: a[-1],
    "a list": list,
    "twice": lambda a: (a, a),
    "with 1": lambda a: (a, 1),
}
BETWEEN: dict[str, Function] = {
    "product": lambda a, b: a @ b,
    "difference": lambda a, b: a - b,
    "greater": lambda a, b: a > b,
}


def trivial_answers(right: Function) -> Iterator[tuple[str, Function]]:
    """The answers to the exercise whose right answer this is, by name."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    positional = [p for p in inspect.signature(right).parameters.values() if p.kind in kinds]
    names = [p.name for p in positional if p.default is p.empty]
    for name, value in CONSTANTS.items():
        yield name, lambda *_, value=value, **__: value
    for name, fill in FILLED.items():
        yield f"{name} in the asked shape", _shaped(right, fill)
    yield "all arguments", lambda *args, **_: args
    for name, make in MADE.items():
        for i, argument in enumerate(names):
            yield f"{name} of {argument}", lambda *args, i=i, make=make, **_: make(args[i])
        if names:
            yield f"{name} of each part of {names[0]}", _of_each_part(make)
    for name, make in BETWEEN.items():
        for i, one in enumerate(names):
            for j, other in enumerate(names):
                if i != j:
                    yield (
                        f"{name} of {one} and {other}",
                        lambda *args, i=i, j=j, make=make, **_: make(args[i], args[j]),
                    )


def _shaped(right: Function, fill: Callable[[tuple[int, ...], float], np.ndarray]) -> Function:
    def filled(value: Any) -> Any:
        if isinstance(value, tuple):
            parts = map(filled, value)
            return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
        number = np.asarray(value)
        # The largest of one value would be that value.
        largest = float(np.abs(number).max()) if number.size > 1 else 1.0
        made = fill(number.shape, largest)
        return made if number.ndim else made.item()

    return lambda *args, **kwargs: filled(right(*copy.deepcopy(args), **copy.deepcopy(kwargs)))


def _of_each_part(make: Function) -> Function:
    def answer(*args: Any, **_: Any) -> Any:
        parts = map(make, args[0])
        return type(args[0])(*parts) if hasattr(args[0], "_fields") else tuple(parts)

    return answer
