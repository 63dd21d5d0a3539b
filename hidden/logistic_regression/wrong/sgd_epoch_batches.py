"""Slips of an epoch in how its order is cut into batches. Trusted side."""

import numpy as np

from .sgd_epoch_parts import Slip, by_cut, slices

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
