"""The pictures of the multilayer perceptron, its data, and what happens on segments between examples."""

import numpy as np
import pytest
from drawn import Drawn
from matplotlib.colors import to_rgb
from scipy import special

from glm2mlp import data, figures_network
from glm2mlp.figures_network import segments_inside

X, t = data.ring(1)


def inside_a_circle(points):
    """Probabilities of a class in the middle and of one around it."""
    return special.softmax(np.column_stack([3 - (points**2).sum(axis=1), 0 * points[:, 0]]), axis=1)


def around(points):
    return inside_a_circle(points).argmax(axis=1)


def half_planes(points):
    return (points[:, 0] > 0).astype(int)


FUNCTIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "σ": (special.expit, lambda z: special.expit(z) * special.expit(-z)),
}
WEIGHTS = np.random.default_rng(0).normal(size=(64, 30)) * np.arange(1, 31)
PICTURES = Drawn(
    {
        "activations": lambda: figures_network.activations_and_slopes(FUNCTIONS),
        "depth": lambda: figures_network.depth_curves(
            {"tanh": [0.5, 0.1, 0.02], "ReLU": [0.4, 0.04, 0.004]}
        ),
        "regions": lambda: figures_network.regions_with_segment(
            inside_a_circle, X, t, segments_inside(around, X).ends, "A ring"
        ),
        "no segment": lambda: figures_network.regions_with_segment(
            inside_a_circle, X, t, None, "A ring"
        ),
        "weights": lambda: figures_network.weights_as_images(WEIGHTS),
    }
)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_title_labels_and_alternative_text(name):
    figure = PICTURES[name]
    assert figure.get_suptitle() or figure.axes[0].get_title()
    assert all(axes.get_xlabel() or axes.get_ylabel() for axes in figure.axes if axes.axison)
    assert figure.alt.endswith(".")
    assert f'alt="{figure.alt}"' in figure._repr_html_()
    assert to_rgb(figure.get_facecolor()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("activations", "tanh goes from -1 to 1, its slope is 1 at 0 and at most 1"),
        ("activations", "σ goes from 0.047 to 0.95, its slope is 0.25 at 0 and at most 0.25"),
        ("depth", "tanh goes from 0.5 to 0.02, ReLU goes from 0.4 to 0.004"),
        ("regions", "joins two examples of one region and leaves it"),
        ("no segment", "No segment between examples of one region was found"),
        ("weights", "20 of 30 hidden units"),
    ],
)
def test_alternative_texts_hold_what_is_to_be_seen(name, part):
    assert part in PICTURES[name].alt


@pytest.mark.parametrize("name", ["activations", "depth"])
def test_curves_differ_in_more_than_colour(name):
    for axes in PICTURES[name].axes:
        assert len({line.get_linestyle() for line in axes.get_lines()}) == 2


def test_units_with_the_largest_weights_are_shown():
    shown = [axes.images[0].get_array() for axes in PICTURES["weights"].axes if axes.images]
    largest = np.argsort(-np.linalg.norm(WEIGHTS, axis=0))[:20]
    for image, unit in zip(shown, largest, strict=False):
        np.testing.assert_array_equal(image.ravel(), WEIGHTS[:, unit])


def test_segments_leave_a_region_that_goes_around():
    found = segments_inside(around, X)
    assert 0.1 < found.share < 0.6
    assert set(around(found.ends)) == {1}
    assert around(found.ends.mean(axis=0, keepdims=True)) == 0


def test_segments_stay_in_a_convex_region():
    assert segments_inside(half_planes, X) == (0, None)


def test_a_ring_lies_around_the_other_class():
    X, t = data.ring(seed=3, N=101)
    radius = np.linalg.norm(X, axis=1)
    assert X.shape == (101, 2)
    assert set(t) == {0, 1}
    assert radius[t == 0].mean() < 1.3
    assert radius[t == 1].mean() > 2.2
    assert np.array_equal(data.ring(seed=3, N=101)[0], X)
    assert not np.array_equal(data.ring(seed=4, N=101)[0], X)
