"""A mistake costs its own points: later exercises are tested with right earlier functions, by call."""

import numpy as np
import pytest
from engine_kit import SOFTMAX, TIGHT, before, solved
from thinning import some

from autograder.authoring import load_reference
from autograder.grading.lending import MAX_NUMBERS, lender
from glm2mlp.catalogue import ASSIGNMENTS

LATER = ["nll", "gradient", "predict"]

# Written with softmax wherever it can be, so that all of it stands and falls with it.
USES_SOFTMAX = {
    "log_softmax": "def log_softmax(Z):\n    return np.log(softmax(Z))",
    "nll": (
        "def nll(W, X, t, l2=0.0):\n"
        "    y = softmax(X @ W)\n"
        "    return -np.mean(np.log(y[np.arange(len(t)), t])) + l2 / 2 * np.sum(W**2)"
    ),
    "predict": "def predict(W, X):\n    return softmax(X @ W).argmax(axis=1)",
}

BROKEN = {
    "wrong axis": "def softmax(Z):\n    E = np.exp(Z)\n    return E / E.sum(axis=0)",
    "wrong shape": "def softmax(Z):\n    return np.exp(Z).sum()",
    "raises": "def softmax(Z):\n    raise RuntimeError('not yet')",
    "missing": "softmax = None",
    "stub": "def softmax(Z):\n    raise NotImplementedError",
    "hangs": "def softmax(Z):\n    while True: pass",
    "ends the process": "import os\ndef softmax(Z):\n    os._exit(1)",
    "one sum for all": "def softmax(Z):\n    E = np.exp(Z - Z.max())\n    return E / E.sum()",
    "without exponential": "def softmax(Z):\n    return Z / Z.sum(axis=-1, keepdims=True)",
    "not normalized": "def softmax(Z):\n    return np.exp(Z)",
    "nothing returned": "def softmax(Z):\n    np.exp(Z) / np.exp(Z).sum()",
    "list": "def softmax(Z):\n    return [0.5 for z in Z]",
}


def ending(softmax):
    """How a call of it ends."""
    return next((way for way in ("raise", "_exit", "None") if way in softmax), "value")


# Right where later exercises ask it, so that nothing has to be lent.
HARMLESS = {
    "not shifted": "def softmax(Z):\n    E = np.exp(Z)\n    return E / E.sum(axis=-1, keepdims=True)",
}
every_softmax = pytest.mark.parametrize(
    "softmax", some((BROKEN | HARMLESS).values()), ids=BROKEN | HARMLESS
)


@pytest.mark.parametrize("softmax", some(BROKEN.values(), kind=ending), ids=BROKEN)
def test_later_exercises_keep_their_points(softmax, grade):
    report = grade(solved(SOFTMAX, softmax=softmax, **USES_SOFTMAX), TIGHT, SOFTMAX)
    for name in LATER:
        result = report.exercises[name]
        # A loss through log(softmax) is not right at the largest logits: its own mistake.
        own = 1 if name == "nll" else 0
        assert result.points >= result.max_points * (1 - own / 2), (name, result.tests)
    assert report.exercises["nll"].carried_forward
    assert report.exercises["gradient"].carried_forward


@every_softmax
def test_right_later_exercises_keep_all_their_points(softmax, grade):
    """What calls softmax, and is right but for that, earns all there is, whatever softmax does."""
    report = grade(solved(SOFTMAX, softmax=softmax), TIGHT, SOFTMAX)
    for name, result in report.exercises.items():
        if name != "softmax":
            assert result.points in (result.max_points, None), (name, result.tests)


@every_softmax
def test_nobody_gains_points_for_the_broken_one(softmax, grade):
    result = grade(solved(SOFTMAX, softmax=softmax), TIGHT, SOFTMAX).exercises["softmax"]
    assert not result.carried_forward
    assert result.points < result.max_points


def test_right_notebook_borrows_nothing(grade):
    report = grade(solved(SOFTMAX), assignment=SOFTMAX)
    assert not any(result.carried_forward for result in report.exercises.values())


def test_own_mistake_is_not_lent_away(grade):
    """With a right softmax its gradient would still climb."""
    climbs = (
        "def gradient(W, X, t, l2=0.0):\n"
        "    return X.T @ (one_hot(t, W.shape[1]) - softmax(X @ W)) / len(X) + l2 * W"
    )
    broken = solved(SOFTMAX, softmax=BROKEN["raises"], gradient=climbs)
    alone = solved(SOFTMAX, gradient=climbs)
    results = [grade(cells, assignment=SOFTMAX).exercises["gradient"] for cells in (broken, alone)]
    assert results[0].points == results[1].points
    assert results[0].outcome == results[1].outcome == "failed"


def test_a_loan_that_would_cost_points_is_not_taken(grade):
    """Two answers that agree with each other: with a right softmax this loss would be wrong everywhere."""
    logarithm = "def softmax(Z):\n    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)"
    loss = "def nll(W, X, t, l2=0.0):\n    return -softmax(X @ W)[np.arange(len(t)), t].mean()"

    result = grade(solved(SOFTMAX, softmax=logarithm, nll=loss), assignment=SOFTMAX).exercises[
        "nll"
    ]

    assert result.outcome == "failed"  # it forgets l2
    assert 0 < result.points < result.max_points
    assert not result.carried_forward


def test_what_a_cell_has_put_elsewhere_is_lent_too(grade):
    answers = {
        "softmax": BROKEN["wrong axis"],
        "predict": "def predict(W, X, p=softmax):\n    return TABLE['softmax'](X @ W).argmax(axis=1)",
    }
    notebook = before(solved(SOFTMAX, **answers), "nll", "TABLE = {'softmax': softmax}")

    assert grade(notebook, TIGHT, SOFTMAX).exercises["predict"].carried_forward


@pytest.mark.parametrize("error", ["NotImplementedError", "ValueError"])
def test_worker_that_borrows_has_not_seen_what_others_were_asked(error, grade):
    """Nor what the notebook's own checks ask, of an answer that raises an error."""
    answers = {
        "softmax": f"def softmax(Z):\n    seen.append(Z)\n    raise {error}",
        "log_softmax": "def log_softmax(Z):\n    softmax(Z)\n    raise ValueError(len(seen))",
    }
    notebook = before(solved(SOFTMAX, **answers), "softmax", "seen = []")
    report = grade(notebook, TIGHT, SOFTMAX)
    told = {test.message for test in report.exercises["log_softmax"].tests}
    assert told == {"Your code raised an error. [ValueError: 0 (line 3)]"}


def test_a_function_cannot_borrow_itself_or_a_later_one(grade):
    """The worker may ask for anything; it gets what stands before the exercise only."""
    asks = (
        "def softmax(Z):\n    return 0\n"
        "def log_softmax(Z):\n"
        "    import gc\n"
        "    for thing in gc.get_objects():\n"
        "        if type(thing).__name__ == 'Worker':\n"
        "            return thing._borrowed('log_softmax', Z)"
    )
    report = grade(solved(SOFTMAX, log_softmax=asks), assignment=SOFTMAX)
    assert report.exercises["log_softmax"].points == 0


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("gradient", (np.ones((2, 2)), np.ones((3, 2)), np.array([0, 1, 1]))),
        ("softmax", (np.ones(MAX_NUMBERS + 1),)),
        ("softmax", ([[1.0, 2.0], [1.0]],)),
        ("softmax", ([1.0] * (MAX_NUMBERS + 1),)),
        ("softmax", ([1.0, None],)),
        ("softmax", ([1.0, 10**400],)),
        ("softmax", ("text",)),
        ("softmax", (np.array(["a"]),)),
        ("softmax", ()),
        ("softmax", (np.ones(2), np.ones(2))),
        ("one_hot", (np.array([0]), 10**9)),
        ("one_hot", (np.array([10**15]), 3)),
        ("one_hot", (np.array([0]), -1)),
        ("one_hot", (np.array([0]), None)),
    ],
)
def test_lender_refuses_what_no_honest_answer_asks(function, arguments):
    lend = lender(load_reference(ASSIGNMENTS[SOFTMAX]), ("softmax", "one_hot"))
    with pytest.raises(ValueError, match=r"lent|large|fit|neither|no array"):
        lend(function, arguments, {})


def test_lender_answers_as_the_reference_does():
    reference = load_reference(ASSIGNMENTS[SOFTMAX])
    Z = np.array([[1.0, 2.0, 3.0], [1000.0, 0.0, -1000.0]])
    lend = lender(reference, ("softmax",))
    np.testing.assert_array_equal(lend("softmax", (Z,), {}), reference["softmax"](Z))
    np.testing.assert_array_equal(lend("softmax", (), {"Z": Z}), reference["softmax"](Z))
    np.testing.assert_array_equal(lend("softmax", (Z.tolist(),), {}), reference["softmax"](Z))
