"""Hidden tests of `glm_gradient`. Trusted side."""

from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import batch, cycle


def test_linear_model(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which activation has the linear model? With variance 1 the gradient has no factor besides."""
    W, X, t = batch(rng, "linear")
    expected = reference.glm_gradient("linear", W, X, t)
    assert_close(student.glm_gradient("linear", W, X, t), expected, "glm_gradient")


def test_logistic_model(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which probability belongs to t? The activation's slope has cancelled, so it stands nowhere."""
    W, X, t = batch(rng, "logistic")
    expected = reference.glm_gradient("logistic", W, X, t)
    assert_close(student.glm_gradient("logistic", W, X, t), expected, "glm_gradient")


def test_softmax_model(student: Functions, reference: Functions, rng: Generator) -> None:
    """Subtract from each row of probabilities the row of its class: a one there, else zeros."""
    W, X, t = batch(rng, "softmax")
    expected = reference.glm_gradient("softmax", W, X, t)
    assert_close(student.glm_gradient("softmax", W, X, t), expected, "glm_gradient")


def test_absent_classes(student: Functions, reference: Functions, rng: Generator) -> None:
    """Where do you take K from? A batch may lack some classes, and may hold just one example."""
    for N in (6, 1):
        W, X, t = batch(rng, "softmax", N=N)
        expected = reference.glm_gradient("softmax", W, X, t % 2)
        assert_close(student.glm_gradient("softmax", W, X, t % 2), expected, "glm_gradient")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """A batch may hold a single example: the gradient has the shape of the weights all the same."""
    for model in ("linear", "logistic"):
        W, X, t = batch(rng, model, N=1)
        expected = reference.glm_gradient(model, W, X, t)
        assert_close(student.glm_gradient(model, W, X, t), expected, "glm_gradient")


def test_all_sizes_equal(student: Functions, reference: Functions, rng: Generator) -> None:
    """With N = D = K a wrong axis raises no error: rows of X are examples, columns of W classes."""
    for model in ("linear", "logistic", "softmax"):
        W, X, t = batch(rng, model, N=4, D=4, K=4)
        t = cycle(rng, 4) if model == "softmax" else t  # exchanged rows and columns would be others
        expected = reference.glm_gradient(model, W, X, t)
        assert_close(student.glm_gradient(model, W, X, t), expected, "glm_gradient")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: W, X and t must stay as they came."""
    for model in ("softmax", "logistic", "linear"):
        W, X, t = batch(rng, model, N=8, D=4, K=3)
        call = student.call("glm_gradient", model, W, X, t)
        assert_close(call.value, reference.glm_gradient(model, W, X, t), "glm_gradient")
        assert_unchanged(call, "glm_gradient", model, W, X, t)
