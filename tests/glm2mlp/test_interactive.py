"""Interactive figures as pieces of HTML, and their versions with ipywidgets."""

import re
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy import special

from glm2mlp import interactive
from glm2mlp.interactive import widgets
from glm2mlp.interactive.datasets import plane_datasets, yes_or_no_examples
from solutions import logistic_regression

FIGURES = {
    name: getattr(interactive, name)()
    for name in (
        "convex_segment",
        "network_trainer",
        "normal_variance",
        "sigmoid_curve",
        "softmax_bars",
    )
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_one_piece_that_asks_nothing_of_the_network(name):
    html = FIGURES[name]._repr_html_()
    assert html.startswith('<div class="glm2mlp-figure"')
    assert html.endswith("</script></div>")
    assert html.count("<script") == html.count("</script") == 1
    addresses = set(re.findall(r"""(?:https?:)?//[\w.-]+\.\w+[^"'\s]*""", html))
    assert addresses == {"http://www.w3.org/2000/svg"}  # a name, which nobody fetches
    assert not re.search(r"fetch\(|XMLHttpRequest|WebSocket|import\(|@import|url\(|src=", html)
    assert not re.search(r'\bid="', html)  # the second of its kind in a page would repeat it


@pytest.mark.parametrize("name", FIGURES)
def test_where_no_script_runs_a_text_stands_in_its_place(name):
    alt = FIGURES[name].alt
    assert len(alt) > 100
    assert alt.endswith(".")
    assert f"<p>{alt}</p>" in FIGURES[name]._repr_html_()
    assert repr(FIGURES[name]) == f"Interactive figure: {alt}"


def test_the_same_figure_is_the_same_bytes():
    assert interactive.network_trainer()._repr_html_() == FIGURES["network_trainer"]._repr_html_()


def test_settings_can_not_end_the_script():
    page = interactive.Interactive("softmax_bars", "<&>", {"z": ["</script><!--"]})._repr_html_()
    assert page.count("</script") == 1
    assert "<!--" not in page
    assert "<p>&lt;&amp;&gt;</p>" in page


def test_settings_that_are_no_number_are_refused():
    with pytest.raises(ValueError, match="JSON"):
        interactive.softmax_bars([float("nan")])._repr_html_()


@pytest.mark.parametrize("seed", [1, 2, 99])
def test_data_fit_the_plot_and_have_the_classes_they_need(seed):
    datasets = plane_datasets(seed)
    assert list(datasets) == ["clouds", "ring", "xor", "moons", "spiral"]
    for name, data in datasets.items():
        X, t = np.array(data["X"]), np.array(data["t"])
        assert X.shape == (len(t), 2)
        assert np.abs(X).max() < 3
        assert set(t) == set(range(3 if name == "clouds" else 2))
    assert plane_datasets(seed) == datasets
    assert plane_datasets(seed + 1) != datasets


def test_to_import_the_figures_is_cheap():
    code = (
        "import sys, glm2mlp.interactive; print([m for m in ('matplotlib', 'ipywidgets', 'IPython',"
        " 'scipy', 'sklearn') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def shown(box):
    return box.children[-1].value


@pytest.mark.parametrize("name", ["sigmoid_curve", "softmax_bars", "normal_variance"])
def test_a_slider_draws_the_picture_anew(name):
    box = getattr(widgets, name)()
    first, second, _ = box.children
    seen = {shown(box)}
    for slider in (first, second):
        assert slider.description
        slider.value += 0.5
        seen.add(shown(box))
    assert len(seen) == 3
    assert all('alt="' in html for html in seen)


def test_numbers_of_the_sigmoid_with_widgets():
    box = widgets.sigmoid_curve()
    w, b, _ = box.children
    w.value, b.value = -1.5, 0.6
    x, t = yes_or_no_examples()
    X = np.column_stack([x, np.ones(len(x))])
    loss = logistic_regression.nll(np.array([-1.5, 0.6]), X, np.array(t))
    assert "½ at x = 0.40, where its slope is -0.375" in shown(box)
    assert f"mean NLL {loss:.3f}." in shown(box)
    w.value = 0
    assert "it is the same for every x." in shown(box)


def test_numbers_of_softmax_with_widgets():
    box = widgets.softmax_bars((1.0, 0.0))
    temperature, shift, _ = box.children
    temperature.value, shift.value = 0.5, 3
    p = special.softmax([2, 0])
    assert f"logits 5.0, 3.0 and of their softmax {p[0]:.3f}, {p[1]:.3f}" in shown(box)


def test_variance_moves_the_loss_and_not_its_lowest_point():
    box = widgets.normal_variance((-1.0, 0.0, 1.0), (-1.5, 0.5, 2.5), intercept=0.5)
    variance, _, _ = box.children
    for value, lowest in ((1, 0.919), (10, 2.070)):  # log(2πσ²)/2, for the line meets all examples
        variance.value = value
        assert f"lowest at slope 2.000, where it is {lowest:.3f};" in shown(box)


def test_own_functions_can_be_explored():
    import ipywidgets

    calls = []

    def draw(power):
        calls.append(power)
        figure = widgets.Picture()
        assert isinstance(figure, Figure)
        figure.alt = f"The power is {power}."
        return figure

    box = widgets.explore(draw, power=ipywidgets.IntSlider(2))
    box.children[0].value = 3
    assert calls == [2, 3]
    assert 'alt="The power is 3."' in shown(box)
