"""Misconceptions of `sgd_epoch` for any model, made from one table of slips. Trusted side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.epoch_parts import (
    Epoch,
    always_from_the_first,
    as_they_lie,
    by_batch,
    by_cut,
    by_order,
    by_own_generator,
    by_python_shuffle,
    descent,
    drawn,
    each,
    epoch,
    gradients_of_the_first,
    last_gradient,
    moved,
    never_reset,
    not_used,
    one_mean_step,
    second,
    shuffled_apart,
    shuffled_X,
    slices,
    step,
    twice,
    two_orders,
)
from autograder.misconceptions.transformations import (
    LISTED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    Transformation,
)
from autograder.worker.wire import SEED_OF_CALLS


def _written_over(value: Any, args: tuple[Any, ...], _: Mapping[str, Any]) -> Any:
    """The caller's parameters become the new ones."""
    if any(isinstance(value, kind) and isinstance(args[0], kind) for kind in (np.ndarray, tuple)):
        each(np.copyto, args[0], value)
    return value


WRITTEN_INTO = "Which of your lines writes into an array that belongs to the caller?"
IN_PLACE = Transformation(
    "in-place",
    "The caller's parameters are changed.",
    f"Look at the parameters that you were given, after the call: they have changed. {WRITTEN_INTO}",
    _written_over,
)


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


def misconceptions_of_epoch(
    gradient: Function, *, harmless: Collection[str] = ()
) -> tuple[Misconception, ...]:
    """The misconceptions of the `sgd_epoch` of a model, by its right gradient.

    `gradient` is called with (parameters, X, t) and, if the epoch gets one, the keyword l2; parameters are
    an array or a tuple of arrays. `harmless` are ids of slips that leave this model right.
    """
    right = epoch()(gradient)
    slips = (*ORDERS, *OWN_GENERATORS, *BATCHES, *STEPS)
    return (
        *(slip.of(gradient) for slip in slips if slip.id not in harmless),
        IN_PLACE.of(right),
        SINGLE_PRECISION.of(right),
        LISTED.of(right),
        NOTHING_RETURNED.of(right),
    )


PAIRS_TORN = (
    "Your batches give examples the targets of others. Print X and t of one batch beside the original "
    "rows: what must move together?"
)
ANOTHER_ORDER = (
    "Your order is a fair one, but another than the docstring asks for: who repeats your training with "
    "the same generator gets other batches. What exactly should be drawn?"
)
DRAWN_ANEW = (
    "Each of your batches is drawn from all the examples. Mark those that one epoch of yours uses: some "
    "come twice, others never."
)

ORDERS = (
    Slip(
        "no-shuffle",
        "The batches are taken in the order of the rows.",
        "Your batches take the examples as they lie. Suppose that the data are sorted by class: what would "
        "the first batches teach? Read in the docstring where the order comes from.",
        by_order(lambda _, N: np.arange(N)),
    ),
    Slip(
        "order-not-used",
        "An order is drawn, but the batches are taken in the order of the rows.",
        "You draw an order, but your batches still take the examples as they lie. Which of your lines uses "
        "what was drawn?",
        by_order(not_used),
    ),
    Slip(
        "t-not-shuffled",
        "X is put in the drawn order, t is not.",
        PAIRS_TORN,
        two_orders(drawn, lambda _, N: np.arange(N)),
    ),
    Slip(
        "X-not-shuffled",
        "t is put in the drawn order, X is not.",
        PAIRS_TORN,
        two_orders(lambda _, N: np.arange(N), drawn),
    ),
    Slip(
        "two-orders",
        "X and t are each shuffled by an order of their own.",
        "You shuffle X and t separately, each in an order of its own. How can an example still find its "
        "target?",
        two_orders(drawn, drawn),
    ),
    Slip(
        "shuffled-apart-in-place",
        "The caller's X and t are shuffled one after the other.",
        "Two things. You shuffle X and t separately: how can an example still find its target? And after "
        f"the call the caller's data lie in another order. {WRITTEN_INTO}",
        as_they_lie(shuffled_apart),
    ),
    Slip(
        "X-shuffled-in-place",
        "The caller's X is shuffled, and t is forgotten.",
        f"Two things. {PAIRS_TORN} And after the call the caller's X lies in another order. {WRITTEN_INTO}",
        as_they_lie(shuffled_X),
    ),
    Slip(
        "data-in-place",
        "The caller's X and t are put in the drawn order.",
        f"Look at X and t after the call: they lie in another order than before. {WRITTEN_INTO}",
        as_they_lie(moved),
    ),
    Slip(
        "ordered-twice",
        "The data are put in the drawn order, and the batches are taken from them by the order again.",
        "The order that you draw is applied twice, once to the data and once more to the batches. Follow a "
        "single example through your code.",
        by_order(twice),
    ),
    Slip(
        "second-order",
        "An order is drawn and forgotten, and a second one is used.",
        "Your epoch draws from the generator more often than the docstring says. Count the draws.",
        by_order(second),
    ),
    Slip(
        "random-keys",
        "The order comes from sorting random numbers.",
        ANOTHER_ORDER,
        by_order(lambda rng, N: np.argsort(rng.uniform(size=N))),
    ),
    Slip(
        "order-by-choice",
        "The order is a choice of all examples without replacement.",
        ANOTHER_ORDER,
        by_order(lambda rng, N: rng.choice(N, size=N, replace=False)),
    ),
    Slip(
        "order-per-batch",
        "A new order is drawn for each batch.",
        DRAWN_ANEW,
        by_batch(lambda rng, N, B, i: rng.permutation(N)[i : i + B]),
    ),
    Slip(
        "first-of-a-new-order",
        "Each batch is the beginning of a new order.",
        DRAWN_ANEW,
        by_batch(lambda rng, N, B, _: rng.permutation(N)[:B]),
    ),
    Slip(
        "with-replacement",
        "Each batch is a sample of the data, with replacement.",
        DRAWN_ANEW,
        by_batch(lambda rng, N, B, _: rng.choice(N, size=B)),
    ),
    Slip(
        "with-replacement-by-integers",
        "Each batch is a draw of indices, of a generator that must be a new one.",
        DRAWN_ANEW,
        by_batch(lambda rng, N, B, _: rng.integers(0, N, size=B)),
    ),
    Slip(
        "with-replacement-as-often-as-fits",
        "As many batches as fit into the data are samples with replacement.",
        DRAWN_ANEW,
        epoch(rows=lambda rng, N, B: [rng.choice(N, size=B) for _ in range(N // B)]),
    ),
    Slip(
        "chosen-as-often-as-fits",
        "As many batches as fit into the data are samples without replacement.",
        DRAWN_ANEW,
        epoch(rows=lambda rng, N, B: [rng.choice(N, B, replace=False) for _ in range(N // B)]),
    ),
    Slip(
        "chosen-once",
        "The epoch is one step with a sample of the data.",
        "Your epoch makes one step, with a few of the examples. When has it gone once through the data?",
        epoch(rows=lambda rng, N, B: [rng.choice(N, B, replace=False)]),
    ),
    Slip(
        "chosen-per-batch",
        "Each batch is a sample of the data, without replacement.",
        DRAWN_ANEW,
        by_batch(lambda rng, N, B, _: rng.choice(N, size=B, replace=False)),
    ),
)

# Whichever seed a student likes; without one, the worker's for each call.
OWN_SEED = "The order comes from a generator with a seed of its own, or from NumPy's or Python's."
OWN_SEED_HINT = (
    "Your epoch does not draw from the generator that it was given, but from one of its own, or from "
    "NumPy's or Python's. How shall the caller repeat a training, or have another order in the next epoch?"
)
OWN_GENERATORS = (
    *(
        Slip(f"own-{make.__name__}-{seed}", OWN_SEED, OWN_SEED_HINT, by_own_generator(make, seed))
        for make in (np.random.default_rng, np.random.RandomState)
        for seed in (SEED_OF_CALLS, 1, 42)
    ),
    Slip("own-python", OWN_SEED, OWN_SEED_HINT, by_python_shuffle(SEED_OF_CALLS)),
)

START = (
    "Write down where each of your batches starts and ends, for 6 examples and a batch_size of 2."
)
COUNTED = "You make as many batches as batch_size says. What does it count, batches or examples?"
EQUAL = (
    "Your batches are of almost equal size. The docstring says how large they are, and which one may be "
    "shorter."
)
BATCHES = (
    Slip(
        "short-batch-dropped",
        "Only full batches are used.",
        "When batch_size does not divide N, some of your examples are never used. How many batches does it "
        "take until each example has come once?",
        by_cut(lambda order, B: [b for b in slices(order, B) if len(b) == B]),
    ),
    Slip(
        "last-batch-dropped",
        "The loop ends before the last batch, full or not.",
        f"Your loop ends a batch too soon. {START}",
        by_cut(lambda order, B: slices(order, B)[:-1]),
    ),
    Slip(
        "first-batch-dropped",
        "The loop begins with the second batch.",
        f"Your loop begins a batch too late. {START}",
        by_cut(lambda order, B: slices(order, B)[1:]),
    ),
    Slip(
        "first-batch-only",
        "The epoch ends after its first step.",
        "Your epoch is over after one step. How often does your loop run, and where does its `return` stand?",
        by_cut(lambda order, B: slices(order, B)[:1]),
    ),
    Slip(
        "always-the-first-batch",
        "Every step takes the same batch.",
        "All steps of your epoch look at the same examples. What in the choice of a batch depends on the "
        "step?",
        by_cut(lambda order, B: [order[:B] for _ in slices(order, B)]),
    ),
    Slip(
        "empty-batch",
        "There is always one batch more than N divided by batch_size.",
        "When batch_size divides N, your last batch is empty, and the mean over no examples is not a "
        "number. How many batches are there then?",
        by_cut(lambda order, B: [order[i * B : (i + 1) * B] for i in range(len(order) // B + 1)]),
    ),
    Slip(
        "overlapping",
        "A batch ends with the first example of the next.",
        f"Your batches are an example too long. {START}",
        by_cut(lambda order, B: [order[i : i + B + 1] for i in range(0, len(order), B)]),
    ),
    Slip(
        "one-short",
        "A batch ends before its last example.",
        f"Between two of your batches an example is lost. {START}",
        by_cut(lambda order, B: [order[i : i + B - 1] for i in range(0, len(order), B)]),
    ),
    Slip(
        "sliding",
        "A batch starts at every example.",
        f"Your epoch makes as many steps as there are examples. {START}",
        by_cut(lambda order, B: [order[i : i + B] for i in range(len(order))]),
    ),
    Slip(
        "starts-not-multiplied",
        "The number of a batch is taken for the place where it starts.",
        f"Each of your batches starts only one example after the batch before it. {START}",
        by_cut(lambda order, B: [order[i : i + B] for i in range(-(-len(order) // B))]),
    ),
    Slip(
        "number-of-batches",
        "batch_size is taken for the number of batches.",
        COUNTED,
        by_cut(np.array_split),
    ),
    Slip(
        "number-of-batches-by-slices",
        "batch_size is taken for the number of batches, and N divided by it for their size.",
        COUNTED,
        by_cut(lambda order, B: slices(order, len(order) // B)),
    ),
    Slip(
        "equal-parts",
        "The batches are made as equal as possible.",
        EQUAL,
        by_cut(lambda order, B: np.array_split(order, -(-len(order) // B))),
    ),
    Slip(
        "equal-parts-of-more",
        "The batches are made equal, and rather too large than too small.",
        EQUAL,
        by_cut(lambda order, B: np.array_split(order, len(order) // B)),
    ),
    Slip(
        "reshaped",
        "The order is made a table with one batch a row.",
        "Your batches only work out if batch_size divides N. What becomes of the examples that are left "
        "over?",
        by_cut(lambda order, B: order.reshape(-1, B)),
    ),
    Slip(
        "split-equally",
        "The order is split into equal parts.",
        "Your batches only work out if batch_size divides N. What becomes of the examples that are left "
        "over?",
        by_cut(lambda order, B: np.split(order, len(order) // B)),
    ),
    Slip(
        "full-batch",
        "One step is made with all examples.",
        "Your epoch is one step with all examples: gradient descent, but not a stochastic one. What is "
        "batch_size there for?",
        by_cut(lambda order, _: [order]),
    ),
    Slip(
        "not-cut",
        "The gradient in each step is that of all examples.",
        "Each of your steps looks at all the examples again. What should be handed to the gradient?",
        by_cut(lambda order, B: [order for _ in slices(order, B)]),
    ),
    Slip(
        "single-examples",
        "A step is made for each example.",
        "Each of your steps looks at a single example. What is batch_size there for?",
        by_cut(lambda order, _: slices(order, 1)),
    ),
)

AVERAGED = "The gradient of a batch is a mean already. Count how often you divide, and by what."
OF_ALL = (
    "Your steps get shorter when there are more batches of the same size. Over which examples is the "
    "gradient of a batch the mean?"
)
STEPS = (
    Slip(
        "ascent",
        "The steps go along the gradient.",
        "Your steps lead uphill. Compare the loss before and after a small step: where does the gradient "
        "point?",
        epoch(rate=lambda a, _: -a),
    ),
    Slip(
        "update-lost",
        "Each step starts from the parameters of the beginning.",
        "Of all your steps only the last has an effect. From which parameters should the second step start?",
        epoch(walk=always_from_the_first),
    ),
    Slip(
        "returned-as-they-came",
        "The parameters are returned unchanged.",
        "Your epoch returns the parameters that it was given. Where do your steps leave the new ones?",
        epoch(walk=lambda parameters, *_: parameters),
    ),
    Slip(
        "gradients-of-the-first",
        "All gradients are taken at the parameters of the beginning.",
        "All your gradients are taken at the parameters with which the epoch began. Where do the parameters "
        "stand when the second batch has its turn?",
        epoch(walk=gradients_of_the_first),
    ),
    Slip(
        "one-mean-step",
        "The gradients are averaged, and one step is made at the end.",
        "You make a single step, at the end of the epoch. When should the parameters move?",
        epoch(walk=one_mean_step),
    ),
    Slip(
        "never-reset",
        "The gradients of earlier batches stay in the sum.",
        "In each of your steps the gradients of all earlier batches come again. What should be left of them "
        "when a new batch begins?",
        epoch(walk=never_reset),
    ),
    Slip(
        "divided-by-batch",
        "The mean gradient is divided by the size of the batch once more.",
        AVERAGED,
        epoch(rate=lambda a, of: a / of.n),
    ),
    Slip(
        "divided-by-batch-size",
        "The mean gradient is divided by batch_size once more.",
        AVERAGED,
        epoch(rate=lambda a, of: a / of.batch_size),
    ),
    Slip(
        "short-batch-over-batch-size",
        "The last batch is averaged over batch_size, not over its own examples.",
        "When the last batch is short, your last step is too short as well. How many examples is its mean "
        "over?",
        epoch(rate=lambda a, of: a * of.n / of.batch_size),
    ),
    Slip(
        "summed",
        "The gradient of a batch is a sum.",
        "Your steps get longer when batches get larger. If a batch held each of its examples twice, should "
        "the step change?",
        epoch(rate=lambda a, of: a * of.n),
    ),
    Slip(
        "averaged-over-all",
        "The gradient of a batch is divided by the number of all examples.",
        OF_ALL,
        epoch(rate=lambda a, of: a * of.n / of.N),
    ),
    Slip(
        "divided-by-all",
        "The mean gradient is divided by the number of all examples.",
        OF_ALL,
        epoch(rate=lambda a, of: a / of.N),
    ),
    Slip(
        "rate-forgotten",
        "The gradient is subtracted as it is.",
        "Your steps do not depend on learning_rate. What should an epoch do if it is tiny?",
        epoch(rate=lambda *_: 1),
    ),
    Slip(
        "rate-twice",
        "The learning rate is multiplied in twice.",
        "Halve learning_rate, and your step shrinks to a quarter. Where does it come in a second time?",
        epoch(rate=lambda a, _: a**2),
    ),
    Slip(
        "from-zero",
        "The epoch starts from zeros.",
        "Your epoch starts from zeros and forgets all epochs before. Which parameters did the caller hand "
        "to you?",
        epoch(walk=lambda p, *rest: descent(each(np.zeros_like, p), *rest)),
    ),
    Slip(
        "gradient-returned",
        "The gradient of the last batch is returned.",
        "You return a gradient. Read in the docstring what the caller wants to go on with.",
        epoch(walk=last_gradient),
    ),
    Slip(
        "change-returned",
        "The sum of the steps is returned.",
        "You return by how much the parameters changed. Read in the docstring what the caller wants to go "
        "on with.",
        epoch(walk=lambda p, *rest: step(descent(p, *rest), 1, p)),
    ),
)
