"""An epoch of SGD made of parts that slips exchange, for any model. Trusted side.

A model is its gradient, called with (parameters, X, t); parameters are an array or a tuple of arrays.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

import numpy as np

from autograder.misconceptions import Function, Misconception

Epoch = Callable[[Function], Function]  # writes a wrong `sgd_epoch` around a right gradient
Rows = Any  # the indices of a batch's examples; or a pair, those of X and those of t
Batches = Sequence[tuple[Any, float]]  # each batch (X, t), and the rate of its step


class Sizes(NamedTuple):
    """How large a batch is, how large batches should be, and how many examples there are."""

    n: int
    batch_size: int
    N: int


@dataclass(frozen=True)
class Slip:
    """A mistake in an epoch, whatever the model."""

    id: str
    belief: str
    hint: str
    epoch: Epoch

    def of(self, gradient: Function) -> Misconception:
        """The misconception of the `sgd_epoch` of a model whose right gradient this is."""
        return Misconception(self.id, self.belief, self.hint, self.epoch(gradient))


def slices(order: Any, batch_size: int) -> list[Rows]:
    """The batches of an order, one after the other."""
    return [order[i : i + batch_size] for i in range(0, len(order), batch_size)]


def drawn(rng: Any, N: int) -> Any:
    """The order of the examples."""
    return rng.permutation(N)


def shuffled(rng: Any, N: int, batch_size: int) -> list[Rows]:
    """The rows of each batch."""
    return slices(drawn(rng, N), batch_size)


def as_given(rate: float, _: Sizes) -> float:
    """What the mean gradient of a batch is multiplied by."""
    return rate


def untouched(X: Any, t: Any, rng: Any) -> None:
    """What becomes of the caller's data before the epoch."""


def each(change: Function, *parameters: Any) -> Any:
    """`change` of arrays, or of the parts of tuples one after the other."""
    if isinstance(parameters[0], tuple):
        return tuple(change(*parts) for parts in zip(*parameters, strict=True))
    return change(*parameters)


def step(parameters: Any, rate: float, g: Any) -> Any:
    """One step against the gradient g."""
    return each(lambda p, part: p - rate * part, parameters, g)


def descent(parameters: Any, batches: Batches, gradient: Function) -> Any:
    """A step for each batch, from where the last one led."""
    for batch, rate in batches:
        parameters = step(parameters, rate, gradient(parameters, batch))
    return parameters


def epoch(
    rows: Callable[[Any, int, int], Iterable[Rows]] = shuffled,
    rate: Callable[[float, Sizes], float] = as_given,
    walk: Callable[[Any, Batches, Function], Any] = descent,
    first: Callable[[Any, Any, Any], None] = untouched,
) -> Epoch:
    """An epoch with some of its parts exchanged; right without arguments."""

    def around(gradient: Function) -> Function:
        def sgd_epoch(
            parameters: Any,
            X: Any,
            t: Any,
            *,
            batch_size: int,
            learning_rate: float,
            rng: Any,
            **l2: float,
        ) -> Any:
            first(X, t, rng)
            batches = []
            for chosen in rows(rng, len(t), batch_size):
                of_X, of_t = chosen if isinstance(chosen, tuple) else (chosen, chosen)
                alpha = rate(learning_rate, Sizes(len(of_t), batch_size, len(t)))
                batches.append(((X[of_X], t[of_t]), alpha))
            return walk(parameters, batches, lambda p, batch: gradient(p, *batch, **l2))

        return sgd_epoch

    return around


def by_order(draw: Callable[[Any, int], Any]) -> Epoch:
    """An epoch in another order."""
    return epoch(rows=lambda rng, N, B: slices(draw(rng, N), B))


def by_own_generator(make: Callable[[int], Any], seed: int) -> Epoch:
    """An epoch in the order that a generator with this seed draws first."""
    return by_order(lambda _, N: make(seed).permutation(N))


def by_python_shuffle(seed: int) -> Epoch:
    """An epoch in an order that Python's own generator shuffles."""

    def shuffle(_: Any, N: int) -> Any:
        order = list(range(N))
        Random(seed).shuffle(order)  # noqa: S311 (no secret)
        return np.array(order)

    return by_order(shuffle)


def by_cut(cut: Callable[[Any, int], Iterable[Rows]]) -> Epoch:
    """An epoch with other batches of the drawn order."""
    return epoch(rows=lambda rng, N, B: cut(drawn(rng, N), B))


def by_batch(choose: Callable[[Any, int, int, int], Rows]) -> Epoch:
    """An epoch each batch of which is chosen by (rng, N, batch_size, its first position)."""
    return epoch(rows=lambda rng, N, B: [choose(rng, N, B, i) for i in range(0, N, B)])


# Slips that are longer than an expression.


def two_orders(draw_X: Callable[[Any, int], Any], draw_t: Callable[[Any, int], Any]) -> Epoch:
    """X in one order, t in another."""

    def rows(rng: Any, N: int, B: int) -> Iterable[Rows]:
        return zip(slices(draw_X(rng, N), B), slices(draw_t(rng, N), B), strict=True)

    return epoch(rows=rows)


def not_used(rng: Any, N: int) -> Any:
    """An order is drawn, and another one followed."""
    rng.permutation(N)
    return np.arange(N)


def second(rng: Any, N: int) -> Any:
    """Two orders are drawn, and the second followed."""
    rng.permutation(N)
    return rng.permutation(N)


def twice(rng: Any, N: int) -> Any:
    """The data are put in order, and taken from there by the order once more."""
    order = rng.permutation(N)
    return order[order]


def moved(X: Any, t: Any, rng: Any) -> None:
    """The caller's data are put in order."""
    order = rng.permutation(len(t))
    X[:], t[:] = X[order], t[order]


def shuffled_X(X: Any, t: Any, rng: Any) -> None:  # noqa: ARG001
    """The caller's X is shuffled, t is not."""
    rng.shuffle(X)


def shuffled_apart(X: Any, t: Any, rng: Any) -> None:
    """The caller's data are shuffled, each array by itself."""
    rng.shuffle(X)
    rng.shuffle(t)


def as_they_lie(first: Callable[[Any, Any, Any], None]) -> Epoch:
    """An epoch over the data in the order in which `first` left them."""
    return epoch(rows=lambda _, N, B: slices(np.arange(N), B), first=first)


def always_from_the_first(parameters: Any, batches: Batches, gradient: Function) -> Any:
    """Each step starts where the epoch started; the last one is returned."""
    return descent(parameters, batches[-1:], gradient)


def gradients_of_the_first(parameters: Any, batches: Batches, gradient: Function) -> Any:
    """The steps follow each other, the gradients are those of the old parameters."""
    return descent(parameters, batches, lambda _, batch: gradient(parameters, batch))


def one_mean_step(parameters: Any, batches: Batches, gradient: Function) -> Any:
    """One step at the end, by the mean of all gradients."""
    shares = [(batch, rate / len(batches)) for batch, rate in batches]
    return gradients_of_the_first(parameters, shares, gradient)


def never_reset(parameters: Any, batches: Batches, gradient: Function) -> Any:
    """The gradients of all batches so far are summed for each step."""
    total = each(np.zeros_like, parameters)
    for batch, rate in batches:
        total = step(total, -1, gradient(parameters, batch))
        parameters = step(parameters, rate, total)
    return parameters


def last_gradient(parameters: Any, batches: Batches, gradient: Function) -> Any:
    """The gradient of the last batch is returned, in the place of the parameters."""
    return gradient(descent(parameters, batches[:-1], gradient), batches[-1][0])
