"""What hidden tests are written with. Trusted side; the values it looks at come from the worker.

A hidden test never does arithmetic on a student's value. It hands it to one of the helpers below,
which look at its exact type, dtype, shape and whether it is finite before they compute. Whatever a
student returns ends as an AssertionError; any other exception in a hidden test is a fault of ours.

Messages are for instructors: they say what came and how far off it is, never a hidden value.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.worker.wire import Expression, Rng, Unsendable
from glm2mlp.derivation import (
    DerivationError,
    Tree,
    check_end,
    check_start,
    check_steps,
    read,
    to_tree,
)
from glm2mlp.derivation.forms import form
from glm2mlp.derivation.trees import Node
from glm2mlp.derivation_tasks import TASKS
from glm2mlp.formulas import FormulaError, values

__all__ = [
    "Call",
    "Expression",
    "Functions",
    "Rng",
    "Unsendable",
    "as_array",
    "as_number",
    "assert_close",
    "assert_derivation",
    "assert_distinct",
    "assert_draws",
    "assert_equal",
    "assert_floats",
    "assert_formula",
    "assert_integers",
    "assert_parts_close",
    "assert_text",
    "assert_unchanged",
    "assert_uniform",
    "entry",
    "parts",
]

# Two right formulas, or two orders of one sum, differ by some 1e-13 on our data, a wrong one by far
# more. float32 keeps 7 digits: a float32 result of float64 inputs is wrong, unless it is exact.
RTOL = 1e-9
ATOL = 1e-12

FLOATS = "f"
INTEGERS = "iu"
REALS = "biuf"


class Functions(Protocol):
    """The fixtures `student` and `reference`: the functions of an assignment by their names."""

    def call(self, name: str, *args: Any, **kwargs: Any) -> "Call":
        """Call the function and look at its arguments afterwards."""

    def __getattr__(self, name: str) -> Callable[..., Any]: ...


@dataclass(frozen=True, eq=False)
class Call:
    """A call and what it left behind.

    `args` and `kwargs` are the arguments as they are after the call; `draws` holds, for each random
    generator among them, the next `uniform()` that it gives. `warned` is what the worker says of NumPy's
    warnings; it is as untrusted as the value.
    """

    value: Any
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] | None = None
    draws: tuple[Any, ...] = ()
    warned: Any = ()


def as_array(
    value: object, shape: tuple[int, ...], name: str, kinds: str = FLOATS
) -> NDArray[np.float64]:
    """Return `value` as float64: a finite array of this shape, its dtype of one of `kinds`."""
    if type(value) is not np.ndarray:
        raise AssertionError(
            f"{name!r} returned {_told(value)}; expected an array of shape {shape}"
        )
    if value.shape != shape:
        raise AssertionError(
            f"{name!r} does not have the expected shape — got {value.shape}, expected {shape}"
        )
    if value.dtype.kind not in kinds:
        raise AssertionError(
            f"{name!r} does not have the expected dtype — got {value.dtype}, "
            f"expected {'float' if kinds == FLOATS else 'numbers'}"
        )
    with np.errstate(all="ignore"):
        numbers = value.astype(np.float64)
    if not np.isfinite(numbers).all():
        raise AssertionError(f"{name!r} contains NaN or infinity")
    return numbers


def as_number(value: object, name: str) -> float:
    """Return `value` as a float: a finite real number, or an array without axes."""
    real = type(value) in (int, float) or (
        isinstance(value, np.ndarray | np.generic)
        and type(value) in (np.ndarray, value.dtype.type)
        and value.shape == ()
        and value.dtype.kind in INTEGERS + FLOATS
    )
    if not real:
        raise AssertionError(f"{name!r} returned {_told(value)}; expected a number")
    try:
        number = float(value)  # type: ignore[arg-type]
    except OverflowError:
        number = np.inf
    if not np.isfinite(number):
        raise AssertionError(f"{name!r} is NaN or infinite")
    return number


def assert_close(
    actual: object, expected: ArrayLike, name: str, *, rtol: float = RTOL, scale: ArrayLike = 1.0
) -> None:
    """Check that `actual` is `expected`, a number or an array of floats, up to rounding.

    `scale` is the size of the numbers that a value is a difference of: rounding grows with it.
    """
    right = _trusted(expected)
    got = as_array(actual, right.shape, name) if right.shape else np.array(as_number(actual, name))
    with np.errstate(all="ignore"):
        deviation = np.abs(got - right)
        wrong = ~(deviation <= rtol * np.abs(right) + ATOL * np.asarray(scale))
    if wrong.any():
        short = isinstance(actual, np.ndarray | np.generic) and actual.dtype.itemsize < 8
        raise AssertionError(
            f"{name!r} is off by up to {deviation.max():.2g} ({wrong.sum()} of {wrong.size} values)"
            + ("; its dtype keeps few digits" if short else "")
        )


def assert_parts_close(
    actual: object,
    expected: Mapping[str, ArrayLike],
    name: str,
    *,
    of: tuple[str, ...] = (),
    rtol: float = RTOL,
    scale: ArrayLike = 1.0,
) -> None:
    """Check parts of `actual`, a tuple or list of as many parts as `of` has names, by these names.

    Only the parts that are `expected` are looked at; without `of` these are all, in their order.
    """
    found = parts(actual, of or tuple(expected), name)
    for part, right in expected.items():
        assert_close(found[part], right, f"{name}: {part}", rtol=rtol, scale=scale)


def parts(actual: object, names: tuple[str, ...], name: str) -> dict[str, object]:
    """Return the parts of a tuple or list that has one for each of `names`."""
    values = list(actual) if type(actual) in (tuple, list) else []  # type: ignore[call-overload]
    if len(values) != len(names):
        many = f" of {len(values)}" if values else ""
        raise AssertionError(
            f"{name!r} returned {_told(actual)}{many}; expected a tuple of {', '.join(names)}"
        )
    return dict(zip(names, values, strict=True))


def assert_distinct(actual: object, shape: tuple[int, ...], name: str) -> None:
    """Check that `actual` is an array of floats no two of which are equal, and that they are in no order."""
    got = as_array(actual, shape, name)
    if len(np.unique(got)) < math.prod(shape):
        raise AssertionError(f"{name!r} repeats numbers")
    for numbers in (got.ravel(), got.T.ravel()):
        rises = float(np.mean(np.diff(numbers) > 0))
        # About half of random numbers are above the one before; of a hundred, 0.4 is ten standard deviations.
        if abs(rises - 0.5) > 0.4:
            raise AssertionError(f"{name!r} is in order; expected random numbers")


def assert_uniform(actual: object, shape: tuple[int, ...], bound: float, name: str) -> None:
    """Check that `actual` may have been drawn from U[−bound, bound]: it keeps to it and fills it.

    The number of values should be in the hundreds, so that no right ones ever fail.
    """
    got = as_array(actual, shape, name)
    assert_distinct(got, shape, name)
    if np.abs(got).max() > bound * (1 + RTOL):
        raise AssertionError(f"{name!r} leaves its range")
    if min(got.max(), -got.min()) < 0.9 * bound:
        raise AssertionError(f"{name!r} does not fill its range")


def entry(actual: object, *keys: str) -> object:
    """Return what stands in a dict of dicts under these keys; None where one is missing."""
    for i, key in enumerate(keys):
        if type(actual) is not dict:
            place = ": ".join(keys[:i]) or "the answer"
            raise AssertionError(f"{place!r} is {_told(actual)}; expected a dict")
        actual = actual.get(key)
    return actual


def assert_text(actual: object, expected: str, name: str) -> None:
    """Check that `actual` is the text `expected`, in capitals or not."""
    if type(actual) is not str:
        raise AssertionError(f"{name!r} is {_told(actual)}; expected text")
    if actual.strip().lower() != expected.lower():
        raise AssertionError(f"{name!r} is another text")


def assert_formula(
    actual: object,
    expected: object,
    points: Sequence[Mapping[str, float]],
    name: str,
    *,
    minus: Sequence[Mapping[str, float]] = (),
) -> None:
    """Check that `actual` is a formula with the values of `expected`, a SymPy expression, at `points`.

    If `expected` is a list, `actual` is a list or tuple of as many formulas. With `minus`, as many
    other points, only the differences between each point and the other count.
    """
    if isinstance(expected, list):
        names = tuple(f"number {i + 1}" for i in range(len(expected)))
        found = parts(actual, names, name)
        for part, right in zip(names, expected, strict=True):
            assert_formula(found[part], right, points, f"{name}: {part}")
        return
    right = _values(to_tree(expected), points, minus)
    try:
        got = _values(_tree(actual, name), points, minus)
    except FormulaError as error:
        raise AssertionError(f"{name!r}: {error}") from None
    assert_close(got, right, name)


def assert_equal(actual: object, expected: ArrayLike, name: str) -> None:
    """Check that `actual` is exactly the array `expected`: values decide, not the real dtype."""
    right = _trusted(expected)
    wrong = as_array(actual, right.shape, name, REALS) != right
    if wrong.any():
        raise AssertionError(f"{name!r} has {wrong.sum()} of {wrong.size} values wrong")


def assert_floats(actual: object, name: str) -> None:
    """Check that `actual` is an array of floats, of any precision."""
    _assert_dtype(actual, FLOATS, "float", name)


def assert_integers(actual: object, name: str) -> None:
    """Check that `actual` is an array of integers, of any size, signed or not."""
    _assert_dtype(actual, INTEGERS, "integer", name)


def assert_unchanged(
    call: Call, name: str, *originals: str | NDArray[Any] | tuple[NDArray[Any], ...]
) -> None:
    """Check that the first arguments of the call are afterwards what they were before.

    An argument is an array, a tuple of arrays, or a text.
    """
    after = call.args if type(call.args) is tuple else ()
    for position, original in enumerate(originals):
        now: object = after[position] if position < len(after) else None
        if not _is_same(now, original):
            raise AssertionError(f"{name!r} changed its argument number {position + 1}")


def _is_same(now: object, original: str | NDArray[Any] | tuple[NDArray[Any], ...]) -> bool:
    if isinstance(original, str):
        return type(now) is str and now == original
    if isinstance(original, tuple):
        return (
            isinstance(now, tuple)
            and len(now) == len(original)
            and all(_is_same(*pair) for pair in zip(now, original, strict=True))
        )
    return type(now) is np.ndarray and now.dtype == original.dtype and np.array_equal(now, original)


def assert_draws(call: Call, expected: Call, name: str) -> None:
    """Check that the random generators are left in the state in which the reference leaves them."""
    draws = call.draws if type(call.draws) is tuple else ()
    if [as_number(draw, name) for draw in draws] != list(expected.draws):
        raise AssertionError(f"{name!r} drew other random numbers than it should")


def assert_derivation(
    value: object, name: str, *, part: Literal["start", "steps", "end"] = "end"
) -> None:
    """Check that `value` is a derivation as exercise `name` asks for it, or the first part of one.

    `start`: it starts in the first form, and the next different step follows. `steps`: in addition
    every step follows, and at most one different step is missing. `end`: it is complete.
    Each part contains the one before, so that a list of right lines without a path earns nothing.
    """
    try:
        trees = json.dumps(_trees(value, name))
    except DerivationError as error:
        raise AssertionError(f"{name!r}: {error}") from None
    if (fault := _fault(trees, name, part)) is not None:
        raise AssertionError(f"{name!r}{fault}")


@lru_cache(maxsize=64)
def _fault(trees: str, name: str, part: str) -> str | None:
    """What is wrong with a part of a derivation. Remembered: many students write the same lines."""
    task = TASKS[name]
    try:
        nodes = read(json.loads(trees), task)
        check_start(nodes, task)
        forms = [form(node) for node in nodes]
        if part == "start":
            second = next((i for i, each in enumerate(forms) if each != forms[0]), len(nodes))
            nodes, forms = nodes[: second + 1], forms[: second + 1]
        different = len(set(forms))
        if different < (2 if part == "start" else task.least - 1):
            return f" has no more than {different} different steps"
        _check_steps(tuple(nodes), task.symbols)
        if part == "end":
            check_end(nodes, task)
    except DerivationError as error:
        return f": {error}"
    return None


@lru_cache(maxsize=16)
def _check_steps(nodes: tuple[Node, ...], symbols: tuple[Any, ...]) -> None:
    """The dearest part, which `steps` and `end` share."""
    check_steps(nodes, symbols)


def _trees(value: object, name: str) -> list[Tree]:
    if type(value) not in (list, tuple):
        raise AssertionError(f"{name!r} returned {_told(value)}; expected a list of expressions")
    return [
        step.tree if type(step) is Expression else to_tree(step)
        for step in value  # type: ignore[attr-defined]
    ]


def _values(
    tree: Tree, points: Sequence[Mapping[str, float]], minus: Sequence[Mapping[str, float]]
) -> NDArray[np.float64]:
    found = values(tree, points)
    return found - values(tree, minus) if minus else found


def _tree(value: object, name: str) -> Tree:
    """Return the tree of a formula or of a plain number."""
    if type(value) is Expression:
        return value.tree  # type: ignore[no-any-return]
    try:
        return to_tree(value)
    except DerivationError:
        raise AssertionError(f"{name!r} is {_told(value)}; expected a formula") from None


def _assert_dtype(actual: object, kinds: str, expected: str, name: str) -> None:
    if type(actual) is not np.ndarray:
        raise AssertionError(f"{name!r} returned {_told(actual)}; expected an array")
    if actual.dtype.kind not in kinds:
        raise AssertionError(
            f"{name!r} does not have the expected dtype — got {actual.dtype}, expected {expected}"
        )


def _trusted(expected: ArrayLike) -> NDArray[np.float64]:
    """Return the reference's value; if it is unusable, that is our fault and no AssertionError."""
    right = np.asarray(expected, dtype=np.float64)
    if not np.isfinite(right).all():
        raise ValueError("the reference's value is not finite")
    return right


def _told(value: object) -> str:
    """Say what a value is, without what it holds."""
    if value is None:
        return "None (is a `return` missing?)"
    if type(value) is np.ndarray:
        return f"an array of shape {value.shape}"
    if type(value) is Unsendable:
        return value.text
    kind = type(value).__name__
    return f"an {kind}" if kind[0].lower() in "aeiou" else f"a {kind}"
