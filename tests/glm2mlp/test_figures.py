"""The assignments' pictures: titles, labels, alternative text, and the functions they are fed."""

import numpy as np
import pytest
from drawn import Drawn
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from scipy import special

from glm2mlp import data, figures

HISTORY = {"train": [1.2, 0.5, 0.25], "test": [1.3, 0.7, 0.6]}


def two_class_probabilities(points):
    return special.expit(points @ np.array([2.0, 1.0, 0.1]))


def three_class_probabilities(points):
    W = np.array([[-1.0, 1, 0], [-0.5, -0.5, 1], [0, 0, 0.2]])
    return special.softmax(points @ W, axis=1)


def shown():
    return data.images(data.digits().X_test)[:5]


def pictures():
    probabilities = special.softmax(np.arange(50.0).reshape(5, 10) % 7, axis=1)
    return {
        "sigmoid": lambda: figures.sigmoid_curves(special.expit, lambda z: special.expit(z) / 2),
        "learning": lambda: figures.learning_curves(HISTORY),
        "two classes": lambda: figures.decision_regions(
            two_class_probabilities, *data.two_classes()
        ),
        "three classes": lambda: figures.decision_regions(
            three_class_probabilities, *data.three_classes()
        ),
        "digits": lambda: figures.digits_with_probabilities(
            shown(), probabilities, data.digits().t_test
        ),
        "two digits": lambda: figures.digits_with_probabilities(
            shown(), np.array([[0.75, 0.25]] * 5), np.array([0, 1, 0, 0, 1]), names=("3", "8")
        ),
        "pixels": lambda: figures.pixel_weights(np.arange(64) - 20.0, ("3", "8")),
    }


PICTURES = Drawn(pictures())


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_title_labels_and_alternative_text(name):
    figure = PICTURES[name]
    assert isinstance(figure, Figure)
    title = figure.get_suptitle() or figure.axes[0].get_title()
    assert title
    # An image of pixels has no axes to label.
    labelled = [axes for axes in figure.axes if axes.axison]
    assert all(axes.get_xlabel() for axes in labelled)
    assert labelled[0].get_ylabel()
    assert figure.alt.endswith(".")
    assert f'alt="{figure.alt}"' in figure._repr_html_()


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_white_card_in_dark_mode(name):
    assert to_rgb(PICTURES[name].get_facecolor()) == (1, 1, 1)


def test_curves_differ_in_more_than_colour():
    lines = PICTURES["learning"].axes[0].get_lines()
    assert len({line.get_linestyle() for line in lines}) == len(lines) == 2
    assert len({line.get_marker() for line in lines}) == 2


def test_classes_differ_in_more_than_colour():
    shapes = [c.get_paths()[0].vertices.tobytes() for c in _scatters(PICTURES["three classes"])]
    assert len(set(shapes)) == len(shapes) == 3


def _scatters(figure):
    return [c for c in figure.axes[0].collections if c.get_label().startswith("class")]


def test_alternative_texts_hold_the_numbers():
    assert "train goes from 1.2 to 0.25, test goes from 1.3 to 0.6" in PICTURES["learning"].alt
    X, t = data.two_classes()
    share = np.mean((two_class_probabilities(X) >= 0.5) == t)
    assert "100 examples of 2 classes over two features" in PICTURES["two classes"].alt
    assert f"{share:.0%} of the examples" in PICTURES["two classes"].alt


def test_digits_are_called_by_their_names():
    figure = PICTURES["two digits"]
    assert figure.axes[0].get_title() == "3 → 3"
    assert figure.axes[1].get_title() == "8 → 3"
    assert [label.get_text() for label in figure.axes[-1].get_yticklabels()] == ["3", "8"]
    assert "3 → 3 with p = 0.75, 8 → 3 with p = 0.75" in figure.alt


def test_weights_stand_where_their_pixels_are():
    figure = PICTURES["pixels"]
    (image,) = figure.axes[0].get_images()
    assert np.array_equal(image.get_array(), np.arange(64).reshape(8, 8) - 20.0)
    assert image.norm.vmin == -image.norm.vmax == -43
    assert "from -20 to 43. Strongest for 8 is the pixel in row 8, column 8" in figure.alt
    assert "strongest for 3 that in row 1, column 1." in figure.alt
    assert "3" in figure.axes[1].get_xlabel()
    assert "8" in figure.axes[1].get_title()


def test_regions_work_without_a_column_of_ones():
    X, t = data.two_classes()
    figure = figures.decision_regions(lambda P: special.expit(P[:, 0]), X[:, :2], t)
    assert len(_scatters(figure)) == 2


def test_regions_are_paler_where_the_model_is_unsure():
    shades = figures._shades(np.array([[0.5, 0.5], [0.8, 0.2], [1.0, 0.0]]))
    darkness = (1 - shades).sum(axis=1)
    assert darkness[0] < darkness[1] < darkness[2]


def test_any_figure_is_shown_with_its_text():
    shown = figures.show(Figure(), 'a "quoted" text')
    assert 'alt="a &quot;quoted&quot; text"' in shown._repr_html_()
    assert repr(shown) == 'Picture: a "quoted" text'
