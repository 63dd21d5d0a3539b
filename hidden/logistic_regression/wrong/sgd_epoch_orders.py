"""Slips of an epoch in the order of its examples, and in what it draws. Trusted side."""

import numpy as np

from autograder.worker.wire import SEED_OF_CALLS

from .sgd_epoch_parts import (
    Slip,
    as_they_lie,
    by_batch,
    by_order,
    by_own_generator,
    by_python_shuffle,
    drawn,
    epoch,
    moved,
    not_used,
    second,
    shuffled_apart,
    shuffled_X,
    twice,
    two_orders,
)

WRITTEN_INTO = "Which of your lines writes into an array that belongs to the caller?"
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
