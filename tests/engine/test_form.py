"""Where no misconception is recognised, the form of what an answer returns gives the hint."""

import pytest
from engine_kit import LOGISTIC, solved

from autograder.grading.form import ANOTHER_TYPE, FORMULAS, NUMBERS, OF_OBJECTS, OTHER_SHAPES
from glm2mlp.checks.compare import APPROXIMATE

NETWORK, GAUSSIAN, TRAININGS = "multilayer_perceptron", "mse_as_mle", "what_went_wrong"
DERIVE = "derive_sigmoid_derivative"
BACKWARD = """def gradients(parameters, X, t):
    H, Y = forward(parameters, X)
    d = (Y - np.eye(Y.shape[1])[t]) / len(X)
    e = d @ parameters.W_y.T * (H > 0)
    return {}
"""
# Assignment, exercise, answer, and the hint.
WRITTEN = {
    "a right number of SymPy": (
        GAUSSIAN,
        "gaussian_nll",
        "def gaussian_nll(y, t, variance):\n"
        "    return np.mean((t - y) ** 2) / (2 * variance) + log(2 * pi * variance) / 2",
        FORMULAS,
    ),
    "NumPy's logarithm of SymPy's π": (
        GAUSSIAN,
        "gaussian_nll",
        "def gaussian_nll(y, t, variance):\n"
        "    return np.mean((t - y) ** 2) / (2 * variance) + np.log(2 * pi * variance) / 2",
        FORMULAS,
    ),
    "an array of formulas": (
        LOGISTIC,
        "gradient",
        "def gradient(w, X, t):\n"
        "    return sum((1 / (1 + exp(-(x @ w))) - c) * x for x, c in zip(X, t)) / len(t)",
        OF_OBJECTS,
    ),
    "an array of numbers as objects": (
        LOGISTIC,
        "predict",
        "def predict(w, X):\n    return (X @ w >= 0).astype(object)",
        OF_OBJECTS,
    ),
    "a quotient of small differences": (
        LOGISTIC,
        "gradient",
        "def gradient(w, X, t):\n    step = 1e-6 * np.eye(len(w))\n"
        "    return np.array([(nll(w + h, X, t) - nll(w, X, t)) / 1e-6 for h in step])",
        APPROXIMATE,
    ),
    "a dict": (
        NETWORK,
        "gradients",
        BACKWARD.format("dict(W_h=X.T @ e, b_h=e.sum(0), W_y=H.T @ d, b_y=d.sum(0))"),
        ANOTHER_TYPE,
    ),
    "a bias gradient in one number": (
        NETWORK,
        "gradients",
        BACKWARD.format("Parameters(X.T @ e, np.mean(e), H.T @ d, np.mean(d))"),
        OTHER_SHAPES,
    ),
    "NumPy's logarithm of a formula": (
        LOGISTIC,
        DERIVE,
        f"def {DERIVE}():\n    return [Derivative(sigma, z), np.exp(-z) * sigma**2, sigma - sigma**2]",
        NUMBERS,
    ),
    "a generator": (
        LOGISTIC,
        DERIVE,
        f"def {DERIVE}():\n    yield Derivative(sigma, z)\n    yield sigma * (1 - sigma)",
        ANOTHER_TYPE,
    ),
    "one text": (
        LOGISTIC,
        DERIVE,
        f"def {DERIVE}():\n    return 'sigma * (1 - sigma)'",
        ANOTHER_TYPE,
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_form_of_an_answer_gives_the_hint(name, grade):
    assignment, exercise, answer, hint = WRITTEN[name]

    result = grade(solved(assignment, **{exercise: answer}), assignment=assignment)

    found = result.exercises[exercise]
    assert (found.points, found.misconception, found.hint) == (0, None, hint)


def test_right_values_with_another_fault_are_not_called_nearly_right(grade):
    answer = """def mse(y, t):
    y[...] = y * (1 + 1e-15)
    return np.mean((y - t) ** 2)
"""

    result = grade(solved(GAUSSIAN, mse=answer), assignment=GAUSSIAN)

    found = result.exercises["mse"]
    assert found.outcome == "failed"
    assert found.hint.startswith("Your function changed one of the caller's arrays")


def test_the_features_of_a_repair_may_have_any_shape(grade):
    answer = "def repair_2(X):\n    return np.hstack([X, np.sin(X)]), 1"

    found = grade(solved(TRAININGS, repair_2=answer), assignment=TRAININGS).exercises["repair_2"]

    assert (found.outcome, found.misconception) == ("failed", None)
    assert found.hint.startswith("Return features and a factor")
