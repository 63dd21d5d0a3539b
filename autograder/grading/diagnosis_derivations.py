"""Which misconception a derivation shows: the one that goes wrong first in the same way. Trusted side.

All lines of a right derivation have one value, so a slip is known by the value of the first line that has
another one, however that line is written. Values are those of the checker: bounded, at fixed points, and
no method of SymPy runs on a student's formula.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, TypeAlias

from autograder.grading import trusted
from autograder.grading.diagnosis import Diagnosis, Observed
from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.derivations import Located
from autograder.outcomes import StudentFailure
from autograder.testing import Expression
from autograder.worker.wire import UnsendableError
from glm2mlp.derivation import DerivationError, Tree, read, to_tree
from glm2mlp.derivation.forms import Form, form
from glm2mlp.derivation.trees import Node
from glm2mlp.derivation.values import MP, Evaluator, Point, UndefinedError
from glm2mlp.derivation_tasks import TASKS, Task

POINTS = 8
# What the reader of formulas says of one that it refuses, and what we call it.
REFUSED = {
    "is a relation": "relation",
    "is an undefined function": "undefined function",
    "is not one of those asked for": "another symbol",
    "is something divided by zero": "division by zero",
    "is not known here": "unknown part",
    "is not exact": "rounded number",
}

Values: TypeAlias = tuple[Any, ...]  # of a line at our points; None where it has none
Kind: TypeAlias = Literal[
    "unreadable", "first value", "first form", "value", "last form", "too few"
]


@dataclass(frozen=True)
class Fault:
    """What is wrong first with a derivation.

    `line` is counted from 1; `values` are those of a wrong line; `detail` tells apart faults of one kind
    that have no values.
    """

    kind: Kind
    detail: str = ""
    line: int = 0
    values: Values = ()
    node: Node | None = None  # the wrong line

    def is_like(self, other: "Fault") -> bool:
        """Whether both are one mistake, in whatever line."""
        return (self.kind, self.detail) == (other.kind, other.detail) and _close(
            self.values, other.values
        )

    def negated(self) -> "Fault":
        """The same with the opposite sign."""
        return replace(self, values=tuple(-v for v in self.values))


def candidates(
    exercise: str, calls: Sequence[Observed], known: Sequence[Misconception]
) -> list[Diagnosis]:
    """All misconceptions that go wrong first as the answer does.

    If there is none, all that do so with a lost minus; if there is none either, the part of the line in
    which the slip is.
    """
    faults = (_fault_of_answer(call.ended, exercise) for call in calls)
    if (fault := next(filter(None, faults), None)) is None:
        return []
    where = f"Look at line {fault.line}. " if fault.kind == "value" else ""
    single = [Diagnosis(m.id, where + m.hint) for m in _like(fault, known, exercise)]
    if single or fault.kind != "value" or None in fault.values:
        return single
    signed = [
        Diagnosis(f"{m.id} + sign", f"{where}Two things. {m.hint} And: a minus has got lost.")
        for m in _like(fault.negated(), known, exercise)
    ]
    return (
        signed
        or [
            Diagnosis(m.id, where + m.hint)
            for m in known
            if isinstance(m, Located) and _is_located(fault, m, exercise)
        ][:1]
    )


def _like(fault: Fault, known: Sequence[Misconception], exercise: str) -> list[Misconception]:
    return [m for m in known if any(fault.is_like(ours) for ours in faults_of(m, exercise))]


def _is_located(fault: Fault, misconception: Located, exercise: str) -> bool:
    """Whether the error of a wrong line comes from where a misconception says."""
    points = _points(exercise)
    put_in = misconception.right_where
    if put_in:
        special = [
            p | {name: p[to] if isinstance(to, str) else MP.mpf(to) for name, to in put_in}
            for p in points
        ]
        return _close(_errors(fault, special, exercise), [MP.zero] * len(points))
    # By steps of different lengths, so that differences change too.
    steps = {name: length for length, name in enumerate(misconception.error_without, 1)}
    moved = [p | {name: p[name] + length for name, length in steps.items()} for p in points]
    return _close(_errors(fault, moved, exercise), _errors(fault, points, exercise))


def _errors(fault: Fault, points: Sequence[Point], exercise: str) -> Values:
    """How far off the value of a wrong line is at each point; None where it has none."""
    assert fault.node is not None
    right, ours, theirs = _node(TASKS[exercise].last, TASKS[exercise]), Evaluator(), Evaluator()
    values = [_value(theirs, fault.node, point) for point in points]
    return tuple(
        None if value is None else value - ours.value(right, point)
        for value, point in zip(values, points, strict=True)
    )


@cache
def faults_of(misconception: Misconception, exercise: str) -> tuple[Fault, ...]:
    """The first fault of each answer that a misconception leads to."""
    found = (
        _fault_of_ours(wrong, exercise) for wrong in (misconception.wrong, *misconception.also)
    )
    return tuple(fault for fault in found if fault is not None)


def _fault_of_ours(wrong: Function, exercise: str) -> Fault | None:
    try:
        return _first_fault(trusted.sent(wrong()), exercise, _values_of_ours)
    except UnsendableError as error:
        return _refused(str(error))


def _fault_of_answer(ended: Any, exercise: str) -> Fault | None:
    if isinstance(ended, StudentFailure):
        return _refused(str(ended)) if ended.outcome == "failed" else None
    evaluator = Evaluator()  # all lines together are bounded
    return _first_fault(
        ended.value, exercise, lambda node, exercise: _values(evaluator, node, exercise)
    )


def _first_fault(
    lines: Any, exercise: str, values_of: Callable[[Node, str], Values]
) -> Fault | None:
    """The first fault of what came over the wire, which has exact types."""
    if type(lines) not in (list, tuple):
        return Fault("unreadable", f"no list: {type(lines).__name__}")
    for line in lines:
        if type(line) not in (Expression, int, float):
            return Fault("unreadable", f"in the list: {type(line).__name__}")
    if not lines:
        return Fault("unreadable", "empty list")
    task = TASKS[exercise]
    try:
        nodes = read([_tree(line) for line in lines], task)
        for number, node in enumerate(nodes, 1):
            values = values_of(node, exercise)
            if not _close(values, _right_values(exercise)):
                kind: Kind = "value" if number > 1 else "first value"
                return Fault(kind, "", number, values, node)
            if number == 1 and (begins := form(node)) != _form(task.first, task):
                at_end = begins == _form(task.last, task)
                return Fault("first form", "is the last" if at_end else "")
        return _fault_of_forms([form(node) for node in nodes], task)
    except DerivationError as error:
        return _refused(str(error))


def _tree(line: Any) -> Tree:
    return line.tree if type(line) is Expression else to_tree(line)


def _refused(text: str) -> Fault:
    return Fault(
        "unreadable", next((name for part, name in REFUSED.items() if part in text), "otherwise")
    )


def _fault_of_forms(forms: Sequence[Form], task: Task) -> Fault | None:
    """What is wrong with lines that all follow."""
    different = len(set(forms))
    if different == 1:
        return Fault("last form", "only the first")
    if forms[-1] != _form(task.last, task):
        return Fault("last form")
    if different < task.least:
        return Fault("too few", "repeated" if different < len(forms) else "")
    return None


@cache
def _form(expression: Any, task: Task) -> Form:
    return form(_node(expression, task))


@cache
def _node(expression: Any, task: Task) -> Node:
    (node,) = read([to_tree(expression)], task)
    return node


@cache
def _points(exercise: str) -> list[Point]:
    symbols = TASKS[exercise].symbols
    positive = [symbol.name for symbol in symbols if symbol.is_positive]
    drawn = Evaluator().points([symbol.name for symbol in symbols], positive, seed=0)
    return [point for point, _ in zip(drawn, range(POINTS), strict=False)]


def _right_values(exercise: str) -> Values:
    return _values_of_ours(_node(TASKS[exercise].last, TASKS[exercise]), exercise)


def _values(evaluator: Evaluator, node: Node, exercise: str) -> Values:
    return tuple(_value(evaluator, node, point) for point in _points(exercise))


@cache
def _values_of_ours(node: Node, exercise: str) -> Values:
    """Remembered: most misconceptions begin with the same right lines."""
    return _values(Evaluator(), node, exercise)


def _value(evaluator: Evaluator, node: Node, point: Point) -> Any:
    try:
        return evaluator.value(node, point)
    except UndefinedError:
        return None


def _close(theirs: Sequence[Any], ours: Sequence[Any]) -> bool:
    """Whether two lines have the same values, and none at the same points."""
    evaluator = Evaluator()
    return len(theirs) == len(ours) and all(
        a is b if a is None or b is None else evaluator.close(a, b)
        for a, b in zip(theirs, ours, strict=True)
    )
