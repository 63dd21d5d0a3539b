"""Whether a derivation holds, step by step. Student side; safe for strangers' trees."""

from collections.abc import Sequence
from typing import Any

from glm2mlp.derivation.forms import Form, form
from glm2mlp.derivation.trees import DerivationError, Node, numbered, parse_all, to_tree, to_trees
from glm2mlp.derivation.values import Evaluator, Point, UndefinedError
from glm2mlp.derivation_tasks import Task

MAX_STEPS = 40
POINTS = 8
MAX_DRAWS = 200


def check_derivation(steps: object, task: Task, seed: int = 0) -> None:
    """Raise a DerivationError that names the first step of `steps` which does not follow.

    `steps` is what a student returned: a list of SymPy expressions.
    """
    check_trees(to_trees(steps), task, seed)


def check_trees(trees: Sequence[object], task: Task, seed: int = 0) -> None:
    """As `check_derivation`, for steps that came as trees; safe for any plain data."""
    nodes = read(trees, task)
    check_start(nodes, task)
    check_steps(nodes, task.symbols, seed)
    check_end(nodes, task)


def read(trees: Sequence[object], task: Task) -> list[Node]:
    """Check the trees themselves: known parts, the task's symbols, a bounded size."""
    if not trees:
        raise DerivationError(f"The list is empty; it starts with {task.first_text}.")
    if len(trees) > MAX_STEPS:
        raise DerivationError(f"There are more than {MAX_STEPS} steps.")
    return parse_all(trees, [symbol.name for symbol in task.symbols])


def check_start(nodes: Sequence[Node], task: Task) -> None:
    """Raise if the first line is not the one asked for."""
    if _forms(nodes[:1])[0] != form(_node_of(task.first, task)):
        raise DerivationError(
            f"Step 1 is not what is asked for: start with {task.first_text}, not yet worked out.", 1
        )


def check_steps(nodes: Sequence[Node], symbols: Sequence[Any], seed: int = 0) -> None:
    """Raise at the first line whose value is not that of the line before, at random points."""
    evaluator = Evaluator()
    with numbered(1):
        points, values = _first_values(nodes[0], symbols, seed, evaluator)
    for number, node in enumerate(nodes[1:], 2):
        for i, point in enumerate(points):
            value = _value(evaluator, node, point, number)
            if not evaluator.close(value, values[i]):
                raise DerivationError(
                    f"Step {number} does not follow from step {number - 1}: at {_at(point)}"
                    f" step {number - 1} is {_short(values[i])},"
                    f" but step {number} is {_short(value)}.",
                    number,
                )
            values[i] = value


def check_end(nodes: Sequence[Node], task: Task) -> None:
    """Raise if the last line is not the one asked for, or if too few lines differ."""
    forms = _forms(nodes)
    last = len(nodes)
    if forms[-1] != form(_node_of(task.last, task)):
        raise DerivationError(f"Step {last}, the last, {_why_not_last(nodes[-1], task)}", last)
    different = len(set(forms))
    if different < task.least:
        raise DerivationError(
            f"There are {different} different steps, but at least {task.least} are asked for"
            f"{_repetition(forms)}.",
            last,
        )


def _why_not_last(node: Node, task: Task) -> str:
    try:
        check_steps([_node_of(task.last, task), node], task.symbols)
    except DerivationError:
        return f"is not what is asked for: end with {task.last_text}."
    return f"has the right value, but not yet the form that is asked for: {task.last_text}."


def _repetition(forms: Sequence[Form]) -> str:
    for i, later in enumerate(forms):
        if later in forms[:i]:
            return (
                f"; step {i + 1} repeats step {forms.index(later) + 1}"
                " (SymPy writes both the same way), so it does not count"
            )
    return ""


def _forms(nodes: Sequence[Node]) -> list[Form]:
    forms = []
    for number, node in enumerate(nodes, 1):
        with numbered(number):
            forms.append(form(node))
    return forms


def _node_of(expression: Any, task: Task) -> Node:
    (node,) = read([to_tree(expression)], task)
    return node


def _value(evaluator: Evaluator, node: Node, point: Point, number: int) -> Any:
    with numbered(number):
        try:
            return evaluator.value(node, point)
        except UndefinedError:
            raise DerivationError(
                f"it has no value at {_at(point)}, where step {number - 1} has one."
            ) from None


def _first_values(
    first: Node, symbols: Sequence[Any], seed: int, evaluator: Evaluator
) -> tuple[list[Point], list[Any]]:
    """Draw points where the first line has a value; the other lines have to have one there, too."""
    points, values = [], []
    names = [symbol.name for symbol in symbols]
    positive = [symbol.name for symbol in symbols if symbol.is_positive]
    draws = evaluator.points(names, positive, seed)
    for _, point in zip(range(MAX_DRAWS), draws, strict=False):
        try:
            values.append(evaluator.value(first, point))
            points.append(point)
        except UndefinedError:
            continue
        if len(points) == POINTS:
            return points, values
    raise DerivationError("it cannot be compared, for it has no value at most points.")


def _at(point: Point) -> str:
    return ", ".join(f"{name} = {float(value):.2f}" for name, value in point.items())


def _short(value: Any) -> str:
    return f"{float(value):.4g}" if abs(value) < 1e100 else "very large"
