"""The lectures' pictures show what was computed, and say it in their alternative texts."""

import numpy as np
import pytest
from drawn import Drawn
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from scipy import integrate, special, stats

from glm2mlp import data
from glm2mlp import lecture_figures as figures

X, T = data.two_classes()
X_LINE, T_LINE = data.noisy_line()
W_LINE = np.linalg.lstsq(X_LINE, T_LINE, rcond=None)[0]
RUNS = {
    0.01: figures.RateRun([0.0, 0.1], [0.8, 0.97], [0.7, 0.6]),
    1.0: figures.RateRun([0.9, 1.0], [0.9, 0.897], [1.0, 1.0]),
}


def probability(points):
    return special.expit(points @ np.array([2.0, 1.0, 0.1]))


PICTURES = Drawn(
    {
        "sigmoid": figures.sigmoid_and_slope,
        "surface": lambda: figures.probability_surface(probability, X, T),
        "likelihood": lambda: figures.likelihood_along_line(X_LINE, T_LINE, W_LINE, 0.8),
        "variances": lambda: figures.equal_variances(4),
        "losses": lambda: figures.losses_over_slope(X_LINE, T_LINE, (0.5, 4)),
        "activations": figures.activations,
        "regions": figures.convex_regions,
        "glm": lambda: figures.glm_graph(4, 3),
        "network": lambda: figures.network_graph(4, 5, 3),
        "curves": lambda: figures.loss_and_accuracy(
            {"train": [0.7, 0.5]}, {"train": [0.6, 0.73]}, majority=0.73
        ),
        "dead": lambda: figures.dead_relus(RUNS, 0.897),
        "depth": lambda: figures.deviation_through_depth(depth=3, width=64),
    }
)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_title_labels_and_alternative_text(name):
    figure = PICTURES[name]
    assert isinstance(figure, Figure)
    title = figure.get_suptitle() or figure.axes[0].get_title()
    assert title
    for axes in figure.axes:
        assert not axes.axison or axes.get_xlabel()
    assert not figure.axes[0].axison or figure.axes[0].get_ylabel()
    assert figure.alt.endswith(".")
    assert 'alt="' in figure._repr_html_()
    assert to_rgb(figure.get_facecolor()) == (1, 1, 1)


@pytest.mark.parametrize("name", PICTURES)
def test_curves_of_a_legend_differ_in_more_than_colour(name):
    for axes in PICTURES[name].axes:
        named = [line for line in axes.get_lines() if not line.get_label().startswith("_")]
        looks = [
            (line.get_linestyle(), line.get_marker()) for line in named if len(line.get_xdata())
        ]
        assert len(set(looks)) == len(looks)


def lines(name, panel=0):
    return PICTURES[name].axes[panel].get_lines()


def test_slope_of_the_sigmoid_is_its_derivative():
    value, slope = (line.get_ydata() for line in lines("sigmoid")[:2])
    z = lines("sigmoid")[0].get_xdata()
    np.testing.assert_allclose(slope, np.gradient(value, z), atol=1e-3)


def test_surface_counts_the_examples_on_their_side():
    share = np.mean((probability(X) >= 0.5) == T)
    assert f"{share:.0%} of them lie on their class's side" in PICTURES["surface"].alt


def test_likelihood_says_the_mean_over_all_examples():
    mean = np.mean(-stats.norm.logpdf(T_LINE, X_LINE @ W_LINE, 0.8))
    assert f"over all examples is {mean:.3f}." in PICTURES["likelihood"].alt


def test_likelihood_of_an_example_ends_on_its_bell():
    """A black stroke from each of four examples, as long as the density is high there."""
    strokes = [
        line for line in lines("likelihood") if len(line.get_xdata()) == 2 and np.ptp(line.get_ydata()) == 0
    ]  # fmt: skip
    assert len(strokes) == 4
    scales = []
    for stroke in strokes:
        (start, end), t = stroke.get_xdata(), stroke.get_ydata()[0]
        scales.append((end - start) / stats.norm.pdf(t, W_LINE @ [start, 1], 0.8))
    np.testing.assert_allclose(scales, scales[0])


def test_densities_have_equal_variance_and_the_normal_most_entropy():
    t = lines("variances")[0].get_xdata()
    for line in lines("variances"):
        density = line.get_ydata()
        assert integrate.trapezoid(density, t) == pytest.approx(1, abs=0.01)
        assert integrate.trapezoid(t**2 * density, t) == pytest.approx(4, rel=0.1)  # tails are cut
    entropies = [bar.get_width() for bar in PICTURES["variances"].axes[1].patches]
    assert entropies[0] == pytest.approx(np.log(2 * np.pi * np.e * 4) / 2)
    assert entropies == sorted(entropies, reverse=True)


def test_all_losses_have_the_minimiser_of_least_squares():
    text = PICTURES["losses"].alt
    assert text.count(f"at slope {W_LINE[0]:.2f}") == 3
    mse = np.mean((X_LINE @ W_LINE - T_LINE) ** 2)
    assert f"where it is {mse:.2f};" in text


def test_derivatives_are_those_of_the_activations():
    for value, slope in zip(lines("activations"), lines("activations", 1), strict=False):
        z = value.get_xdata()
        numeric = np.gradient(value.get_ydata(), z)
        away = np.abs(z) > 0.05  # from ReLU's kink
        np.testing.assert_allclose(slope.get_ydata()[away], numeric[away], atol=1e-3)


def test_segment_stays_in_a_linear_region_and_leaves_that_of_the_network():
    text = PICTURES["regions"].alt
    assert "Softmax regression: the whole segment lies in the region of class 0." in text
    assert (
        "both ends lie in the region of class 0, but the segment crosses that of class 1." in text
    )
    apart = figures.convex_regions(b=(2.5, -2.0)).alt
    assert "Softmax regression: A lies in the region of class 0, B in that of class 1." in apart


@pytest.mark.parametrize(
    ("name", "edges", "units"), [("glm", 4 * 3 + 3, 8), ("network", 20 + 5 + 15 + 3, 14)]
)
def test_a_graph_has_an_edge_for_each_parameter(name, edges, units):
    drawn = [len(line.get_xdata()) for line in lines(name)]
    assert drawn.count(2) == edges
    assert drawn.count(1) == units


def test_graph_names_parameters_with_their_shapes():
    texts = {text.get_text() for text in PICTURES["network"].axes[0].texts}
    assert {"$W_h$  (4 × 5)", "$b_h$  (5)", "$W_y$  (5 × 3)", "$b_y$  (3)"} <= texts


def test_learning_curves_in_words():
    text = PICTURES["curves"].alt
    assert "loss: train goes from 0.7 to 0.5; accuracy: train goes from 0.6 to 0.73;" in text
    assert "always the majority class would be right in 0.73." in text


def test_dead_relus_in_words():
    assert "at α = 1 100% of the ReLUs are dead and the accuracy is 89.7%" in PICTURES["dead"].alt
    assert lines("dead")[1].get_ydata().tolist() == [0.9, 1.0]


def test_training_at_rates_repeats_itself_and_kills_relus():
    split = data.lab_digits(42, ones=False)
    t = (split.t_train == 8).astype(int)
    runs = figures.train_at_rates(split.X_train, t, (0.01, 1.0), epochs=2, hidden=20)
    majority = 1 - t.mean()
    assert runs == figures.train_at_rates(split.X_train, t, (0.01, 1.0), epochs=2, hidden=20)
    assert [len(values) for values in runs[1.0]] == [2, 2, 2]
    assert runs[1.0].dead[-1] > 0.9
    assert runs[1.0].accuracy[-1] == pytest.approx(majority)
    assert runs[1.0].largest_class[-1] == 1
    assert runs[0.01].dead[-1] < 0.2
    assert runs[0.01].accuracy[-1] > majority


def test_identity_layers_shrink_by_the_standard_deviation_of_the_weights():
    """Var U[−r, r] = r²/3 with r = 1/√M: each layer's spread is 1/√3 of the one before."""
    found = figures.deviations(lambda z: z, depth=4)
    np.testing.assert_allclose(found, 3 ** (-0.5 * np.arange(1, 5)), rtol=0.05)
    kept = figures.deviations(lambda z: z, np.sqrt(3), depth=4)
    np.testing.assert_allclose(kept, 1, rtol=0.05)


def test_depth_is_drawn_for_each_activation_and_range():
    assert [axes.get_title() for axes in PICTURES["depth"].axes] == ["identity", "tanh", "ReLU"]
    assert all(len(axes.get_lines()) == 3 for axes in PICTURES["depth"].axes)
    found = figures.deviations(np.tanh, depth=3, width=64)
    np.testing.assert_array_equal(lines("depth", 1)[0].get_ydata(), found)
