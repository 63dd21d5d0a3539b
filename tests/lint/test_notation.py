"""Features, hidden units and examples are counted from 1, classes from 0: texts, derivations, figures."""

import importlib
import pkgutil
import re
from importlib.resources import files

import numpy as np
import pytest

import glm2mlp.derivations
from autograder.authoring.lectures import lecture_paths, read_lecture
from glm2mlp import figures, lecture_figures
from glm2mlp.catalogue import COURSE
from glm2mlp.derivation import Derivation
from glm2mlp.derivation.terms import walk

DERIVATIONS = [
    pytest.param(thing, id=f"{found.name}.{name}")
    for found in pkgutil.iter_modules(glm2mlp.derivations.__path__)
    for name, thing in vars(importlib.import_module(f"glm2mlp.derivations.{found.name}")).items()
    if isinstance(thing, Derivation)
]

# What counts what. The inputs of a layer, whatever they are, are counted by m up to M; a second class by j,
# or by i where j is a hidden unit.
COUNTS = {"N": {"n"}, "D": {"d", "m"}, "H": {"j", "m"}, "K": {"i", "j", "k"}}
# The first index of a number: x is a feature, or that of example n; w a weight of feature d or unit j.
FIRST = {
    "x": {*"dmM123", "n,d"},
    "w": {*"dm", "d,k"},
    "w^{(h)}": {"d,j"},
    "w^{(y)}": {"j,k", "j,t"},
}
NUMBER = re.compile(r"(?<![\\\w{}])(x|w(?:\^\{\([hy]\)\})?)(?:'?)_(\{[^}]*\}|\w)")


def numbers(text: str) -> list[tuple[str, str]]:
    """The numbers x and w with their indices, without the code in a text."""
    text = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    return [(letter, index.strip("{}")) for letter, index in NUMBER.findall(text)]


def text_of(lecture) -> str:
    prose = "\n".join(cell.source for cell in lecture.cells if cell.cell_type == "markdown")
    return prose + (files("glm2mlp") / "quizzes" / f"{lecture.name}.toml").read_text("utf-8")


def test_numbers_are_found():
    text = r"$\boldsymbol{x}_i$, $x_0 + w^{(h)}_{j,d} x_{n,d}^2$ and `x_9` of $\boldsymbol{w}_j$"
    assert numbers(text) == [("x", "0"), ("w^{(h)}", "j,d"), ("x", "n,d")]


@pytest.mark.parametrize("path", lecture_paths(COURSE), ids=lambda path: path.stem)
def test_lectures_and_quizzes_count_as_they_say(path):
    found = numbers(text_of(read_lecture(path, COURSE)))
    assert [(letter, index) for letter, index in found if index not in FIRST[letter]] == []


def test_most_lectures_have_such_numbers():
    having = [
        path.stem for path in lecture_paths(COURSE) if numbers(text_of(read_lecture(path, COURSE)))
    ]
    assert len(having) >= 5


@pytest.mark.parametrize("derivation", DERIVATIONS)
def test_derivations_count_by_the_same_letters(derivation):
    indices = {
        (part.data.size, part.data.name)
        for line in derivation.lines
        for part in walk(line.term, hidden=True)
        if part.op == "index"
    }
    for size, name in indices:
        assert name in COUNTS[str(size)] | ({"t"} if str(size) == "K" else set()), (size, name)


def test_axes_are_the_features_1_and_2():
    X, t = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]]), np.array([0, 1, 0])

    def probability(points):
        return np.clip(points[:, 0] / 3, 0, 1)

    pictures = (
        figures.decision_regions(probability, X, t),
        lecture_figures.probability_surface(probability, X, t),
        lecture_figures.convex_regions(),
    )
    for axes in (axes for picture in pictures for axes in picture.axes):
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("x₁", "x₂")


def test_nodes_are_counted_from_1_and_classes_from_0():
    names = {text.get_text() for text in lecture_figures.network_graph(2, 2, 2).axes[0].texts}
    assert {"$x_1$", "$x_2$", "$h_1$", "$h_2$", "$y_0$", "$y_1$"} <= names
    assert not {"$x_0$", "$h_0$", "$y_2$"} & names


def test_nothing_in_the_package_is_called_feature_0():
    texts = [
        path.read_text("utf-8")
        for folder in ("", "interactive/static", "lecture_figures", "interactive", "quizzes")
        for path in files("glm2mlp").joinpath(folder).iterdir()
        if path.name.endswith((".py", ".js", ".toml"))
    ]
    assert len(texts) > 30
    assert [text for text in texts if "x₀" in text] == []
    assert any('xlabel: "x₁"' in text for text in texts)
