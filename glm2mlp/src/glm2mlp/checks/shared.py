"""Visible tests that several exercises share. Student side, public."""

from collections.abc import Callable
from typing import Any

import numpy as np

from glm2mlp.checks.compare import Unexpected, expect, expect_shape, expect_unchanged
from glm2mlp.checks.suite import NotChecked, Student, Suite
from glm2mlp.derivation import (
    DerivationError,
    check_end,
    check_start,
    check_steps,
    read,
    to_trees,
)
from glm2mlp.derivation_tasks import TASKS


class GivenOrder(np.random.Generator):
    """An rng whose permutation is known, so that an epoch can be worked out by hand.

    It is one of NumPy's generators, as it was promised: an answer may ask for its class.
    """

    def __init__(self, order: Any) -> None:
        super().__init__(np.random.PCG64(0))
        self._order = np.array(order)
        self.draws = 0

    def permutation(self, x: Any) -> Any:  # type: ignore[override]
        """Return the known order, of `x` numbers or of the array `x`."""
        self.draws += 1
        return np.arange(x)[self._order] if np.ndim(x) == 0 else np.asarray(x)[self._order]

    def __getattribute__(self, name: str) -> Any:
        if name in ("permutation", "draws") or name.startswith("_"):
            return super().__getattribute__(name)
        raise AttributeError(f"only rng.permutation may be drawn from here, not rng.{name}")


def add_unchanged(suite: Suite, name: str, *arguments: Any, **options: Any) -> None:
    """Register the visible test that `name` leaves its arguments as they were."""

    def unchanged(student: Student) -> None:
        getattr(student, name)(*arguments, **options)
        expect_unchanged(student.arguments, arguments)

    suite.add(name, "Its arguments stay as they were.", unchanged)


def add_slope_of_nll(suite: Suite, parameters: Any, X: Any, t: Any, hint: str) -> None:
    """Register the visible test that `gradient` is the slope of the student's own `nll`."""

    def slope_of_nll(student: Student) -> None:
        student.require("nll")
        slope = central_differences(lambda nearby: student.nll(nearby, X, t), parameters)
        expect(student.gradient(parameters, X, t), slope, hint, rtol=1e-7)

    sentence = "It is the slope of your own `nll`, measured between nearby weights."
    suite.add("gradient", sentence, slope_of_nll)


def add_single_batch(suite: Suite, X: Any, t: Any, gradient: Any) -> None:
    """Register the visible test of `sgd_epoch` with one batch, from zero weights where `gradient` holds."""

    def single_batch(student: Student) -> None:
        rng, start = np.random.default_rng(1), np.zeros(np.shape(gradient))
        new = student.sgd_epoch(start, X, t, batch_size=len(X), learning_rate=0.6, rng=rng)
        expect(
            new,
            -0.6 * gradient,
            "Subtract α ∇, where ∇ is the mean over the batch.",
            slips=[
                (0.6 * gradient, "Step against the gradient: minus."),
                (-gradient, "The learning rate is missing."),
                (-0.6 * gradient / len(X), "The gradient is a mean already: no further division."),
                (start, "The step is lost: return the new weights."),
            ],
        )

    suite.add("sgd_epoch", "One batch with everything is one step, weights − α ∇.", single_batch)


def add_epoch_rules(
    suite: Suite, parameters: Any, X: Any, t: Any, expect: Callable[[Any, Any, str], None] = expect
) -> None:
    """Register the visible tests of what `sgd_epoch` does with `rng` and with its arguments.

    `expect` compares what two epochs return.
    """
    options = {"batch_size": 2, "learning_rate": 0.5}

    def order(student: Student) -> None:
        expect_one_permutation(student, parameters, X, t, seed=7, expect=expect, **options)

    sentence = (
        "The order comes from one permutation of the `rng` that is passed, and nothing else does."
    )
    suite.add("sgd_epoch", sentence, order)
    add_unchanged(suite, "sgd_epoch", parameters, X, t, rng=np.random.default_rng(1), **options)


def expect_one_permutation(
    student: Student,
    *arguments: Any,
    seed: int,
    expect: Callable[[Any, Any, str], None] = expect,
    **options: Any,
) -> None:
    """Raise Unexpected unless `sgd_epoch` takes its order from one `rng.permutation(N)`.

    Both kinds of generators are tried; afterwards the next number must be the one that follows.
    `expect` compares what two epochs return.
    """
    for make in (np.random.default_rng, np.random.RandomState):
        rng, twin = make(seed), make(seed)
        order = GivenOrder(twin.permutation(len(arguments[1])))
        wanted = student.sgd_epoch(*arguments, rng=order, **options)
        if order.draws != 1:
            hint = "Draw the order once, before the loop over the batches."
            if order.draws == 0:
                hint = "Take the order from the `rng` that is passed, by `rng.permutation(len(X))`."
            wanted = "one draw of rng.permutation(N)"
            raise Unexpected(wanted, f"{order.draws} draws", hint, known=True)
        if isinstance(arguments[0], np.ndarray):  # `expect` takes it for numbers
            expect_shape(wanted, arguments[0].shape, "Return the new weights, and nothing else.")
        got = student.sgd_epoch(*arguments, rng=rng, **options)
        hint = "Take the order from the `rng` that is passed; do not make or seed another one."
        expect(got, wanted, hint)
        if rng.uniform() != twin.uniform():
            wanted = "rng used for one permutation only"
            raise Unexpected(wanted, "something else was drawn from it", hint, known=True)


def central_differences(
    loss: Callable[[Any], Any], parameters: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """Return the slope of `loss` along each parameter, from two nearby values."""
    h = 1e-5
    slope = np.empty_like(parameters)
    for i in np.ndindex(parameters.shape):
        step = np.zeros_like(parameters)
        step[i] = h
        slope[i] = (loss(parameters + step) - loss(parameters - step)) / (2 * h)
    return slope


def add_derivation(suite: Suite, name: str) -> None:
    """Register the visible tests of a derivation exercise: its start, its steps, its end."""
    task = TASKS[name]

    def lines(student: Student) -> Any:
        return read(to_trees(getattr(student, name)()), task)

    def start(student: Student) -> None:
        wanted = f"starts with {task.first_text}"
        _expect_holds(lambda: check_start(lines(student), task), wanted, "")

    def steps(student: Student) -> None:
        nodes = _readable(lambda: lines(student))
        _expect_holds(
            lambda: check_steps(nodes, task.symbols),
            "a line equal to the one before",
            "Which rule leads from the one to the other? Look for a sign or an inner derivative.",
        )

    def end(student: Student) -> None:
        nodes = _readable(lambda: lines(student))
        _expect_holds(
            lambda: check_end(nodes, task),
            f"at least {task.least} different lines, the last of them {task.last_text}",
            "One rule a line, until the last line reads as in the docstring.",
        )

    suite.add(name, f"It is a list of formulas that starts with {task.first_text}.", start)
    suite.add(name, "Each line follows from the line before.", steps)
    suite.add(name, f"It ends with {task.last_text}, after at least {task.least} lines.", end)


def _expect_holds(check: Callable[[], None], expected: str, hint: str) -> None:
    try:
        check()
    except DerivationError as error:
        raise Unexpected(expected, str(error), hint) from None


def _readable(lines: Callable[[], Any]) -> Any:
    try:
        return lines()
    except DerivationError:
        raise NotChecked("It needs a list of formulas that can be read.") from None
