"""The pictures of trainings: what they show, and that it can be read without seeing them."""

import re

import numpy as np
import pytest
from drawn import Drawn
from matplotlib.colors import to_rgb

from glm2mlp import figures_trainings
from glm2mlp.trainings import Run

LOSSES = [1.0, 0.7, 0.62, 0.61]


def run(case, confusion):
    """A training of three epochs that was not run."""
    history = {
        "training loss": LOSSES,
        "validation loss": [1.1, 0.8, 0.64, 0.63],
        "training accuracy": [0.3, 0.6, 0.7, 0.7],
        "validation accuracy": [0.2, 0.5, 0.66, 0.67],
    }
    return Run(case, 1, (), history, np.array(confusion), 0.5, 0.01)


RUNS = [run(1, [[851, 0], [346, 0]]), run(2, [[30, 4], [2, 15]])]
X = np.array([-1.0, -0.9, 0.1, 0.2, 1.2])
T = np.array([0, 0, 1, 1, 0])
POINTS = np.linspace(-1.5, 1.5, 31)
PICTURES = Drawn(
    {
        "curves": lambda: figures_trainings.training_curves(RUNS),
        "one case": lambda: figures_trainings.training_curves(RUNS[:1]),
        "models": lambda: figures_trainings.model_curves(
            {"linear": RUNS[0].history, "MLP": RUNS[1].history}
        ),
        "confusion": lambda: figures_trainings.confusion_matrices(RUNS),
        "stopped": lambda: figures_trainings.stopped_curves(
            {
                "λ = 0": {"validation": [0.6, 0.4, 0.5, 0.7]},
                "λ = 1": {"validation": [0.6, 0.5, 0.4, 0.3]},
            },
            {"λ = 0": 2, "λ = 1": 4},
            patience=1,
        ),
        "probability": lambda: figures_trainings.probability_over_feature(
            X,
            T,
            {"as found": (POINTS, 0 * POINTS + 0.3), "repaired": (POINTS, np.exp(-(POINTS**2)))},
            ("other", "middle"),
            "width",
        ),
    }
)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_title_labels_and_alternative_text(name):
    figure = PICTURES[name]
    assert figure.get_suptitle() or figure.axes[0].get_title()
    assert all(axes.get_xlabel() or axes.get_ylabel() or axes.get_title() for axes in figure.axes)
    assert figure.alt.endswith(".")
    assert re.search('alt="[^"]{100,}"', figure._repr_html_())
    assert to_rgb(figure.get_facecolor()) == (1, 1, 1)


def test_the_ground_is_grey_where_patience_has_run_out():
    stopped, never = PICTURES["stopped"].axes
    assert [patch.get_x() for patch in stopped.patches] == [3]
    assert list(never.patches) == []
    assert [line.get_xdata()[0] for line in (stopped.lines[-1], never.lines[-1])] == [2, 4]
    assert stopped.get_ylim() == never.get_ylim()


def test_networks_are_compared_on_examples():
    zero = np.zeros((1, 1)), np.zeros(1)
    always = np.zeros((1, 1)), np.array([20.0])
    table = figures_trainings.tested(
        [("λ = 0", 3, (zero, zero)), ("λ = 1", 7, (zero, always))], X[:, None], np.ones(5)
    )
    assert table.rows == (("λ = 0", "3", "0.693", "100.0%"), ("λ = 1", "7", "0.000", "100.0%"))
    assert "5 test examples" in table.title


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("curves", " Case 1: training loss 1.00, 0.70, 0.61; validation loss 1.10, 0.80, 0.63;"),
        ("curves", "validation accuracy 0.20, 0.50, 0.67; the majority's share is 71%. Case 2:"),
        ("models", " MLP: training loss 1.00"),
        (
            "stopped",
            "λ = 0, epoch 2: validation 0.60, 0.40, 0.70. λ = 1, epoch 4: validation 0.60, 0.30",
        ),
        ("confusion", "Case 1: of 851 examples of «another digit» 851 are predicted as such"),
        ("confusion", "of 346 examples of «0, 1 or 8» 0 are predicted as such; Case 2:"),
        ("confusion", "of 17 examples of «versicolor» 15 are predicted as such."),
        ("probability", "the examples of «middle» lie between 0.1 and 0.2"),
        ("probability", "as found: at most 0.30, at x = -1.5; repaired: at most 1.00, at x = 0.0."),
    ],
)
def test_alternative_texts_hold_what_is_to_be_seen(name, part):
    assert part in PICTURES[name].alt


def test_models_have_no_majority():
    assert "majority" not in PICTURES["models"].alt
    assert not any("majority" in str(axes.get_legend()) for axes in PICTURES["models"].axes)


def test_counts_stand_in_their_fields():
    for axes, one in zip(PICTURES["confusion"].axes, RUNS, strict=True):
        texts = {text.get_position(): text for text in axes.texts}
        for i, j in np.ndindex(2, 2):
            text = texts[j, i]
            assert text.get_text() == str(one.confusion[i, j])
        assert axes.get_xlabel() == "predicted"
        assert axes.get_ylabel() == "true"


def contrast(one, other):
    """The contrast ratio of two colours, by WCAG."""

    def luminance(colour):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return np.dot(linear, (0.2126, 0.7152, 0.0722))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("share", np.linspace(0, 1, 21))
def test_counts_can_be_read_on_every_shade(share):
    count = round(1000 * share)
    (axes,) = figures_trainings.confusion_matrices([run(1, [[count, 1000 - count], [0, 9]])]).axes
    for text in axes.texts:
        j, i = text.get_position()
        shade = axes.images[0].to_rgba(axes.images[0].get_array())[i, j]
        assert contrast(shade[:3], to_rgb(text.get_color())) >= 4.5


def test_curves_differ_in_more_than_colour():
    for axes in PICTURES["curves"].axes:
        lines = axes.get_lines()
        assert len({line.get_linestyle() for line in lines}) == len(lines)
        assert len({line.get_marker() for line in lines}) == len(lines)


def test_every_curve_starts_before_the_first_epoch():
    first = PICTURES["curves"].axes[0].get_lines()[0]
    np.testing.assert_array_equal(first.get_xdata(), [0, 1, 2, 3])
    np.testing.assert_array_equal(first.get_ydata(), LOSSES)


def test_measurements_stand_in_a_table():
    table = figures_trainings.measurements(RUNS)
    assert repr(table).splitlines()[1:3] == [
        "case  rate  epochs  training loss  validation loss  validation accuracy  dead ReLUs"
        "  gradient norm",
        "1     × 1   3       0.610          0.630            67.0%                50%"
        "         0.010",
    ]
    html = table._repr_html_()
    assert html.count('<th scope="col"') == len(table.heads)
    assert ">67.0%</td>" in html


def test_a_table_shows_texts_as_they_are():
    table = figures_trainings.Table("a < b", ("<b>", "c"), (("<i>", "&"),))
    assert "&lt;i&gt;" in table._repr_html_()
    assert repr(table) == "a < b\n<b>  c\n<i>  &"
