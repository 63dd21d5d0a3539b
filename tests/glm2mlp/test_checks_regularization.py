"""The visible tests of `regularization`: right answers pass, and a mistake is told with its cause."""

import pytest
from notebook_answers import notebook

from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.regularization import suite

CELLS = [
    cell.source
    for cell in solved_cells(ASSIGNMENTS["regularization"])
    if cell.role in ("given", "answer")
]
RIGHT = {
    "regularized_loss": (
        "parameters, loss, l2",
        "squares = [(W**2).sum() for W in parameters[::2]]\n    return loss + l2 * sum(squares) / 2",
    ),
    "l2_step": (
        "p, g, *, learning_rate, l2",
        "new = [a - learning_rate * (b + (l2 * a if a.ndim > 1 else 0)) for a, b in zip(p, g)]\n"
        "    return new",
    ),
    "early_stopping": (
        "losses, patience",
        "return next((int(np.argmin(losses[:e])) + 1 for e in range(1, len(losses) + 1)\n"
        "        if e - 1 - np.argmin(losses[:e]) == patience), int(np.argmin(losses)) + 1)",
    ),
}
LOOP = """best = waited = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] {new}:
            best, waited = epoch, {count}
        else:
            waited += 1
        if waited {end}:
            break
    return {kept}"""
PARTS = {"new": "< losses[best]", "count": "0", "end": "== patience", "kept": "best + 1"}


def loop(**changed):
    """The loop of an early stopping with these parts made otherwise."""
    return LOOP.format(**PARTS | changed)


def step(weights, biases="b - learning_rate * g"):
    """A step that moves weights `a` with gradient `b` so, and biases `b` with gradient `g`."""
    return (
        f"W = [{weights} for a, G in zip(p[::2], g[::2])]\n"
        f"    B = [{biases} for b, g in zip(p[1::2], g[1::2])]\n"
        "    return Parameters(W[0], B[0], W[1], B[1])"
    )


SQUARES = "(parameters.W_h**2).sum() + (parameters.W_y**2).sum()"
# exercise → mistake → (body, what the hint says)
MISTAKES = {
    "regularized_loss": {
        "no half": (f"return loss + l2 * ({SQUARES})", "the ½ is missing"),
        "biases": (
            "return loss + l2 / 2 * sum((p**2).sum() for p in parameters)",
            "The biases do not pay",
        ),
        "hidden only": ("return loss + l2 / 2 * (parameters.W_h**2).sum()", "of the output pay"),
        "price alone": (f"return l2 / 2 * ({SQUARES})", "the price alone"),
        "root": (f"return loss + l2 / 2 * ({SQUARES})**0.5", "No root"),
        "not squared": (
            "return loss + l2 / 2 * abs(parameters.W_h).sum() + l2 / 2 * abs(parameters.W_y).sum()",
            "do not take its absolute value",
        ),
        "in place": (
            "W, V = parameters.W_h, parameters.W_y\n    W *= W\n    V *= V\n"
            "    return loss + l2 / 2 * (W.sum() + V.sum())",
            "In-place",
        ),
        "no return": ("loss + l2", "`return` missing"),
    },
    "l2_step": {
        "no price": (step("a - learning_rate * G"), "do not pay"),
        "half": (step("a - learning_rate * (G + l2 / 2 * a)"), "The ½ has done its work"),
        "no rate": (step("a - learning_rate * G - l2 * a"), "mind the brackets"),
        "sign": (step("a - learning_rate * (G - l2 * a)"), "look at its sign"),
        "afterwards": (
            step("(1 - learning_rate * l2) * (a - learning_rate * G)"),
            "before the step",
        ),
        "biases pay": (
            step("a - learning_rate * (G + l2 * a)", "b - learning_rate * (g + l2 * b)"),
            "Biases do not pay",
        ),
        "biases stay": (step("a - learning_rate * (G + l2 * a)", "b"), "Biases learn too"),
        "weights only": ("return p[0], p[2]", "Return all of W_h"),
    },
    "early_stopping": {
        "from 0": (loop(kept="best"), "counted from 1"),
        "patience ignored": ("return np.argmin(losses) + 1", "Patience has run out before"),
        "epoch of the stop": (loop(kept="epoch + 1"), "kept is the one with the lowest loss"),
        "impatient": (loop(end="== patience - 1"), "patience is 2"),
        "equal": (loop(new="<= losses[best]"), "An equal loss is not below"),
        "never anew": (loop(count="waited"), "set your count back to 0"),
        "previous": (loop(new="< losses[epoch - 1]"), "not with that of the epoch before"),
        "loss": (loop(kept="losses[best]"), "That is the loss"),
        "begins with 1": (
            loop(new="< min([1, *losses[:epoch]])"),
            "with which number does your search",
        ),
    },
}


def report(exercise, body):
    cell = f"def {exercise}({RIGHT[exercise][0]}):\n    {body}"
    return suite.examine(exercise, notebook(*CELLS, cell))


@pytest.mark.parametrize("exercise", [e.name for e in suite.assignment.exercises])
def test_the_reference_passes_without_advice(exercise):
    found = suite.examine(exercise, notebook(*CELLS))
    assert found.complete, found
    assert found.advice == ()


@pytest.mark.parametrize("exercise", RIGHT)
def test_another_style_passes(exercise):
    found = report(exercise, RIGHT[exercise][1])
    assert found.complete, found


@pytest.mark.parametrize(
    ("exercise", "name"), [(e, name) for e, mistakes in MISTAKES.items() for name in mistakes]
)
def test_a_mistake_fails_and_is_helped(exercise, name):
    body, hint = MISTAKES[exercise][name]
    found = report(exercise, body)
    assert sum(bool(row.hint) for row in found.failures) == 1, found
    assert hint in repr(found.failures), found


def test_the_step_waits_for_a_right_loss():
    broken = "def regularized_loss(parameters, loss, l2):\n    return loss"
    found = suite.examine("l2_step", notebook(*CELLS, broken))
    assert [row.status for row in found.results].count("not checked") == 1
    assert not found.failures
