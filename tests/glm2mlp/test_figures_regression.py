"""The pictures of regression and of linear models: title, labels, and a text with the numbers."""

import numpy as np
import pytest
from drawn import Drawn
from matplotlib.colors import to_rgb
from scipy import special

from glm2mlp import data, figures_glm, figures_regression

SLOPES = np.linspace(-1, 3, 41)
X, t = data.noisy_line(1)
w = np.array([1.5, 0.5])


def fitted(K):
    X, t = data.groups_on_a_line(K, 1)
    W = np.array([[-3.0, 0, 3], [0, 1, 0]])
    mean = {2: lambda X: special.expit(2 * X[:, 0]), 3: lambda X: special.softmax(X @ W, axis=1)}
    return figures_glm.Fitted(X, t, mean[K])


def trainings():
    history = {"training": [5.0, 2.0, 1.0], "test": [6.0, 3.0, 2.5]}
    return {
        name: figures_glm.Training("error", history, 1.5)
        for name in ("diabetes", "tumours", "digits")
    }


PICTURES = Drawn(
    {
        "losses": lambda: figures_regression.loss_curves(
            SLOPES, {v: (SLOPES - 1.5) ** 2 / v + v for v in (0.5, 1, 2)}
        ),
        "ribbon": lambda: figures_regression.normal_ribbon(X, t, w, 0.8),
        "levels": lambda: figures_regression.learning_curves_with_levels(
            {"training": [9.0, 3.0, 2.5], "test": [9.5, 4.0, 3.5]}, {"training": 2.0, "test": 3.0}
        ),
        "errors": lambda: figures_regression.errors_and_density(
            np.array([-2.5, -0.5, 0, 0.5, 1.5]), 1.0
        ),
        "sigmoid": lambda: figures_glm.sigmoid_twice(special.expit),
        "models": lambda: figures_glm.three_models(
            figures_glm.Fitted(X, t, lambda X: X @ w), fitted(2), fitted(3)
        ),
        "trainings": lambda: figures_glm.three_trainings(trainings()),
    }
)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_title_labels_and_alternative_text(name):
    figure = PICTURES[name]
    assert figure.get_suptitle() or figure.axes[0].get_title()
    assert all(axes.get_xlabel() and axes.get_ylabel() for axes in figure.axes)
    assert figure.alt.endswith(".")
    assert f'alt="{figure.alt}"' in figure._repr_html_()
    assert to_rgb(figure.get_facecolor()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("losses", "for σ² = 0.5 at slope 1.50, where it is 0.50, for σ² = 1 at slope 1.50"),
        ("levels", "training goes from 9 to 2.5 (closed form: 2)"),
        ("errors", "60% of the errors lie within one standard deviation of 0, 80% within two"),
        ("sigmoid", "at most 0 apart"),
        ("models", "a line of slope 1.50 with a ribbon"),
        ("models", "nearest to ½ at x = 0.0"),
        # Its logits are −3x, 1 and 3x.
        ("models", "class 0 from -4.4 to -0.4, class 1 from -0.3 to 0.3, class 2 from 0.3 to 2.9."),
        ("trainings", "tumours, error: training goes from 5 to 1, test goes from 6 to 2.5"),
    ],
)
def test_alternative_texts_hold_the_numbers(name, part):
    assert part in PICTURES[name].alt


def test_the_text_tells_how_many_lie_in_the_ribbon():
    inner = np.mean(np.abs(X @ w - t) <= 0.8)
    assert f"{inner:.0%} of them lie within one standard deviation" in PICTURES["ribbon"].alt


@pytest.mark.parametrize("name", ["losses", "levels"])
def test_curves_differ_in_more_than_colour(name):
    lines = [line for line in PICTURES[name].axes[0].get_lines() if len(line.get_xdata()) > 1]
    looks = {(line.get_linestyle(), line.get_marker()) for line in lines}
    assert len(looks) == len(lines)


def test_a_wrong_sigmoid_is_seen_to_be_apart():
    assert "at most 1 apart" in figures_glm.sigmoid_twice(lambda z: special.expit(-z)).alt


def test_trainings_are_judged_by_what_the_model_answers():
    X = np.column_stack([np.linspace(-1, 1, 20), np.ones(20)])
    line, binary = data.Split(X, 2 * X[:, 0], X, 2 * X[:, 0] + 1), 1 * (X[:, 0] > 0)
    linear = figures_glm.judged("linear", line, [np.zeros(2), np.array([2.0, 0])])
    assert linear.history["training"][-1] == 0
    assert linear.history["test"][-1] == pytest.approx(1)
    assert linear.level == pytest.approx(1)
    weights = [np.array([-1.0, 0]), np.array([1.0, 0])]
    logistic = figures_glm.judged("logistic", data.Split(X, binary, X, binary), weights)
    assert logistic.history == {"training": [1, 0], "test": [1, 0]}
    columns = [np.column_stack([0 * w, w]) for w in weights]
    softmax = figures_glm.judged("softmax", data.Split(X, binary, X, binary), columns)
    assert softmax.history == {"training": [1, 0], "test": [1, 0]}
