"""What a failing answer does on public inputs: its notebook's own checks, and numbers to draw. Trusted side.

The checks run in the sandbox, beside the answer, as in the notebook: they give the student's functions rngs
of their own and look at how an error came about, which cannot cross. So what they say is the worker's word:
text that is cut and shown to its own author; no points depend on it. The worker is a fresh one, which has
never seen a hidden input and so has none to tell.
"""

import importlib
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from autograder.grading import trusted
from autograder.grading.lending import Reference, lender, to_lend
from autograder.grading.student import StudentSession
from autograder.outcomes import StudentFailure, printable
from autograder.report import Evidence, ExerciseResult, Plot, PublicCheck
from autograder.sandbox.terms import SandboxError
from autograder.testing import Rng
from glm2mlp.course import Assignment, Exercise

MAX_TEXT = 800
LARGEST = 1e300  # a drawing has room for nothing larger
TOLD_APART = 1e-6  # of the largest number: what differs by less is drawn as one
STATUSES: dict[Any, Literal["passed", "failed", "not checked"]] = {
    "passed": "passed",
    "failed": "failed",
    "not checked": "not checked",
}

GRID = (-5, 5, 81)  # of np.linspace
CURVES = {
    "sigmoid": GRID,
    "sigmoid_derivative": GRID,
    "sigmoid_as_softmax": GRID,
    "logit": (0.02, 0.98, 49),
    "relu": GRID,
    "relu_derivative": GRID,
    "tanh": GRID,
    "tanh_derivative": GRID,
}
EPOCH = {"batch_size": 2, "learning_rate": 0.5}


def evidence(
    session: StudentSession,
    assignment: Assignment,
    alone: Mapping[str, str],
    results: Mapping[str, ExerciseResult],
    reference: Reference,
    remarks: list[str],
) -> dict[str, Evidence]:
    """What there is to show of each failing exercise of `results`, by name.

    `alone` are the outcomes of all exercises without borrowed functions: who borrowed a function in the
    hidden tests borrows it here. A fault of ours costs the evidence, and is added to `remarks`.
    """
    found: dict[str, Evidence] = {}
    borrowed: tuple[str, ...] | None = None
    for exercise in assignment.exercises:
        result = results.get(exercise.name)
        wrong = result is not None and result.outcome in ("failed", "error")
        if exercise.kind in ("written", "choice") or not wrong:
            continue
        names = to_lend(assignment, exercise, alone, reference)
        if names != borrowed:
            session.close()  # a worker that saw hidden inputs could show them
            session.expect_checks()
            session.lend(names, lender(reference, names))
            borrowed = names
        session.begin_exercise(among_given=exercise.symbolic)
        public = importlib.import_module(f"glm2mlp.checks.{assignment.name}")
        try:
            found[exercise.name] = Evidence(
                _checks(session, assignment, exercise, public),
                _plot(session, exercise, public, reference),
            )
        except SandboxError:
            raise
        except Exception as error:
            remarks.append(
                f"{exercise.name}: no evidence: {type(error).__name__}: {error}"[:MAX_TEXT]
            )
    return found


def _checks(
    session: StudentSession, assignment: Assignment, exercise: Exercise, public: Any
) -> tuple[PublicCheck, ...]:
    """How the notebook's checks end; nothing if the worker does not say."""
    try:
        said = session.check(assignment.name, exercise.name)
    except StudentFailure:
        return ()
    ours = [sentence for sentence, _ in public.suite.tests[exercise.name]]
    told = [check for check in said if _is_check(check)] if type(said) is list else []
    by_sentence = {check["sentence"]: check for check in told}
    if not by_sentence.keys() >= set(ours):
        return ()
    return tuple(
        PublicCheck(
            sentence,
            STATUSES[by_sentence[sentence]["status"]],
            *(_cut(by_sentence[sentence][part]) for part in ("call", "expected", "got", "hint")),
        )
        for sentence in ours
    )


def _is_check(check: Any) -> bool:
    """Whether this is what the worker says of one check: no comparison of ours may meet an array."""
    parts = ("sentence", "status", "call", "expected", "got", "hint")
    return (
        type(check) is dict
        and all(type(check.get(part)) is str for part in parts)
        and check["status"] in STATUSES
    )


def _cut(text: str) -> str:
    """Short, without what differs from run to run, and without what a terminal would obey."""
    text = re.sub(r"0x[0-9a-f]+", "0x…", text[: 2 * MAX_TEXT])
    return printable(text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…")


def _plot(
    session: StudentSession, exercise: Exercise, public: Any, reference: Reference
) -> Plot | None:
    """The plot that says it better, if there is one for this exercise and it shows a difference."""
    name = exercise.name
    if name in CURVES:
        return _compared(
            "curve", session, name, reference, (np.linspace(*CURVES[name]),), {}, np.asarray
        )
    if name == "softmax":
        return _compared("sums", session, name, reference, (public.Z,), {}, _sums)
    if name in ("gradient", "gradients", "sgd_epoch", "glm_gradient"):
        arguments, options = _example(name, public)
        return _compared("entries", session, name, reference, arguments, options, np.asarray)
    return None


def _example(name: str, public: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """A public example of the arguments of a gradient or of an epoch, weights first."""
    if name == "glm_gradient":
        _, weights, t = public.SLOPES["softmax"]
        return ("softmax", weights, public.X, t), {}
    network = hasattr(public, "GENERAL")
    weights = public.GENERAL if network else public.W if hasattr(public, "W") else public.w
    arguments = (weights, public.X, public.GENERAL_T if network else public.t)
    return arguments, {**EPOCH, "rng": Rng("Generator", 1)} if name == "sgd_epoch" else {}


def _call(kind: str, name: str, arguments: tuple[Any, ...], options: Mapping[str, Any]) -> str:
    """The call that is drawn, as one types it in the notebook."""
    typed = [*map(_typed, arguments), *(f"{key}={_typed(value)}" for key, value in options.items())]
    if kind == "curve":
        typed = [f"np.linspace({', '.join(map(str, CURVES[name]))})"]
    return f"{name}({', '.join(typed)})"


def _typed(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"np.array({value.tolist()})"
    if isinstance(value, Rng):
        return f"np.random.default_rng({value.seed})"
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        parts = zip(value._fields, value, strict=True)
        return f"{type(value).__name__}({', '.join(f'{n}={_typed(part)}' for n, part in parts)})"
    return repr(value)


def _sums(rows: NDArray[Any]) -> NDArray[Any]:
    sums: NDArray[Any] = rows.sum(axis=-1)
    return sums


def _compared(
    kind: Literal["curve", "sums", "entries"],
    session: StudentSession,
    name: str,
    reference: Reference,
    arguments: tuple[Any, ...],
    options: dict[str, Any],
    drawn: Callable[[Any], NDArray[Any]],
) -> Plot | None:
    """Call the answer and the reference alike; None if their values cannot be drawn, or are the same."""
    right = trusted.call(reference[name], arguments, options, after=False).value
    try:
        value = session.call(name, arguments, options, after=False).value
    except StudentFailure:
        return None
    rights = right if isinstance(right, tuple) else (right,)
    values = value if type(value) in (tuple, list) else (value,)
    if len(values) != len(rights) or not all(map(_is_like, values, rights)):
        return None
    with np.errstate(all="ignore"):
        got = np.concatenate([drawn(part.astype(float)).ravel() for part in values])
        expected = np.concatenate([drawn(part).ravel() for part in rights])
        alike = np.abs(got - expected) <= TOLD_APART * np.abs(expected).max()
    if alike.all():
        return None
    labels = [label for part in zip(_names(right), rights, strict=True) for label in _labels(*part)]
    return Plot(
        kind,
        tuple(_short(number) if np.isfinite(number) else None for number in got),
        tuple(map(_short, expected)),
        x=tuple(map(_short, arguments[0])) if kind == "curve" else (),
        labels=tuple(labels) if kind == "entries" else (),
        call=_call(kind, name, arguments, options),
    )


def _is_like(value: Any, right: NDArray[Any]) -> bool:
    """Whether a value of the worker's has as many numbers in the same places as the right one."""
    return type(value) is np.ndarray and value.shape == right.shape and value.dtype.kind in "biuf"


def _names(right: Any) -> tuple[str, ...]:
    return getattr(right, "_fields", ("",))


def _labels(name: str, part: NDArray[Any]) -> list[str]:
    """The places of an array's entries: `W_h[0, 1]`."""
    return [f"{name}[{', '.join(map(str, place))}]" for place in np.ndindex(part.shape)]


def _short(number: float) -> float:
    """As many digits as a drawing shows, so that equal gradings give equal bytes."""
    return float(f"{min(max(number, -LARGEST), LARGEST):.5g}")
