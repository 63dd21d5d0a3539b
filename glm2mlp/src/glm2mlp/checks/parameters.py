"""Several arrays as one result: how visible tests compare them. Student side, public."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from glm2mlp.checks.compare import Unexpected, described, expect


class Parameters(NamedTuple):
    """As the notebook's locked cell defines them; answers are given those of the notebook."""

    W_h: Any
    b_h: Any
    W_y: Any
    b_y: Any


def expect_parameters(
    got: Any,
    expected: Any,
    hint: str,
    slips: Mapping[str, Sequence[tuple[Any, str]]] | None = None,
    rtol: float = 1e-9,
) -> None:
    """Raise Unexpected unless `got` has the four parts of `expected`; `slips` are those of each part."""
    parts = expect_arrays(got, expected)
    for name, part, wanted in zip(Parameters._fields, parts, expected, strict=True):
        try:
            expect(part, wanted, hint, (slips or {}).get(name, ()), rtol)
        except Unexpected as error:
            raise Unexpected(
                f"{name} = {error.expected}",
                f"{name} = {error.got}",
                error.hint,
                known=error.known,
            ) from None


def expect_arrays(got: Any, like: Any) -> Parameters:
    """Return the four parts of `got`; raise Unexpected unless they are arrays of the shapes of `like`'s."""
    parts = Parameters(*expect_parts(got, Parameters._fields))
    for name, part, wanted in zip(Parameters._fields, parts, like, strict=True):
        shape = np.shape(wanted)  # `like` may be an answer's own result, with lists in it
        if not isinstance(part, np.ndarray) or part.shape != shape:
            raise Unexpected(
                f"{name}, an array of shape {shape}",
                f"{name}, {described_shape(part)}",
                f"{name} has a number for each of its entries: only the examples are summed up.",
            )
    return parts


def described_shape(value: object) -> str:
    """Show an array by its shape, and anything else as it is."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return described(value)


def expect_parts(got: Any, names: Sequence[str]) -> Sequence[Any]:
    """Return `got` if it is a tuple or list with one part for each name; else raise Unexpected."""
    if isinstance(got, tuple | list) and len(got) == len(names):
        return got
    text = ", ".join(names)
    many = f"{len(got)} parts: " if isinstance(got, tuple | list) else ""
    raise Unexpected(f"{len(names)} parts: {text}", many + described(got), f"Return all of {text}.")
