"""What a visible test says when an answer is not what it should be. Student side, public."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

LITTLE = 12  # entries of an array that is still shown in full inside a call
ENOUGH = 30  # … and as a value

FORMULA = (
    "SymPy's functions make formulas, even where they look like numbers: for numbers take np.exp, np.log, "
    "np.sqrt and np.pi."
)
NEARLY = 1e-3
APPROXIMATE = (
    "Your numbers are nearly right: the first digits agree. Which of your lines rounds, or only comes close: "
    "a quotient of small differences, a small number that is added, single precision?"
)


class Unexpected(Exception):  # noqa: N818 (it is an outcome of the student's code, not our error)
    """An answer differs from what was expected; `hint` is one next step.

    `known` says that what came tells the cause, so that the hint is more than a guess.
    """

    def __init__(self, expected: str, got: str, hint: str, *, known: bool = False) -> None:
        super().__init__(f"expected {expected}, got {got}")
        self.expected, self.got, self.hint, self.known = expected, got, hint, known


def expect(
    got: object,
    expected: ArrayLike,
    hint: str,
    slips: Sequence[tuple[ArrayLike, str]] = (),
    rtol: float = 1e-9,
) -> None:
    """Raise Unexpected unless `got` has the shape and (but for rounding) the values of `expected`.

    `slips` are known wrong values, each with the hint that fits it better than `hint`.
    """
    wanted = np.asarray(expected)
    array = expect_shape(got, wanted.shape, hint)
    if _close(array, wanted, rtol):
        return
    causes = [
        cause
        for wrong, cause in slips
        if np.shape(wrong) == array.shape and _close(array, np.asarray(wrong), rtol)
    ]
    if not causes and _close(array, wanted, NEARLY):
        causes = [APPROXIMATE]
    wanted_text, got_text = shown(wanted), shown(array)
    if wanted_text == got_text:
        wanted_text, got_text = shown(wanted, digits=17), shown(array, digits=17)
    raise Unexpected(wanted_text, got_text, causes[-1] if causes else hint, known=bool(causes))


def expect_shape(got: object, shape: tuple[int, ...], hint: str) -> np.ndarray[Any, Any]:
    """Return `got` as an array; raise Unexpected unless it is numeric and of this shape."""
    wanted = f"an array of shape {shape}" if shape else "a number"
    if shape and not isinstance(got, np.ndarray):
        raise Unexpected(wanted, described(got), _what_to_return(got) or "Return a NumPy array.")
    array = np.asarray(got) if isinstance(got, np.ndarray | np.generic | float | int) else None
    if array is None or array.dtype.kind not in "biuf":
        raise Unexpected(wanted, described(got), _what_to_return(got) or "Return numbers.")
    if array.shape != shape:
        raise Unexpected(
            wanted,
            f"shape {array.shape}: {shown(array)}",
            f"The result does not have the expected shape. {hint}",
        )
    return array


def _what_to_return(got: object) -> str:
    """Return the hint for a formula of SymPy, or for an array that holds some; else ""."""
    entries = got.flat if isinstance(got, np.ndarray) and got.dtype.kind == "O" else [got]
    formula = any(type(entry).__module__.startswith("sympy.") for entry in entries)
    return FORMULA if formula else ""


def expect_classes(got: object, expected: Sequence[int], hint: str) -> None:
    """Raise Unexpected unless `got` holds these classes, as int64."""
    expect(got, np.array(expected), hint)
    expect_dtype(got, np.int64)


def expect_dtype(got: object, dtype: type) -> None:
    """Raise Unexpected unless the array `got` has this dtype."""
    actual, wanted = np.asarray(got).dtype, np.dtype(dtype)
    if actual != wanted:
        raise Unexpected(
            f"dtype {wanted}", f"dtype {actual}", f"Convert it with `.astype(np.{wanted})`."
        )


def expect_unchanged(now: Sequence[Any], before: Sequence[Any]) -> None:
    """Raise Unexpected if a call changed one of its arguments."""
    for after, copy in zip(now, before, strict=True):
        if isinstance(copy, tuple):  # parameters: several arrays
            expect_unchanged(after, copy)
        elif not np.array_equal(after, copy):
            raise Unexpected(
                f"the argument as it was, {shown(copy)}",
                shown(after),
                "In-place operations (`-=`, `*=`, `x[...] = `) change the caller's array;"
                " write `x = x - ...`.",
            )


def shown(value: Any, digits: int = 6) -> str:
    """Show a number or an array, shortened if it is long."""
    text = np.array2string(
        np.asarray(value), precision=digits, threshold=ENOUGH, separator=", ", suppress_small=True
    )
    return f"{text}0" if text.endswith(".") else text  # a number alone, as Python writes it


def described(value: object) -> str:
    """Show something that is no array, with its type."""
    text = repr(value.item() if isinstance(value, np.generic) else value)
    return f"a {type(value).__name__}: {text if len(text) <= 80 else text[:77] + '...'}"


def call_text(name: str, arguments: Sequence[Any], keywords: dict[str, Any]) -> str:
    """Show a call as one would type it, with long arrays as their shapes."""
    parts = [_argument(argument) for argument in arguments]
    parts += [f"{key}={_argument(argument)}" for key, argument in keywords.items()]
    return f"{name}({', '.join(parts)})"


def _argument(value: Any) -> str:
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        parts = (
            f"{name}={_argument(part)}" for name, part in zip(value._fields, value, strict=True)
        )
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, np.generic):
        value = value.item()
    if not isinstance(value, np.ndarray):
        return repr(value) if isinstance(value, int | float | str) else type(value).__name__
    if value.size > LITTLE:
        return f"<array of shape {value.shape}>"
    return str(np.round(value, 4).tolist())


def _close(array: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any], rtol: float) -> bool:
    return bool(np.allclose(array, wanted, rtol=rtol, atol=1e-12))
