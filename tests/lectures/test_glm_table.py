"""The table of models grows from lecture to lecture, and its gradients come from checked derivations."""

from types import ModuleType

import pytest

from glm2mlp.derivation import Derivation
from glm2mlp.derivation.latex import latex


def glm_table() -> ModuleType:
    """The table; its import writes and checks derivations, which takes a second."""
    from glm2mlp import glm_table

    return glm_table


def cells(lecture: int) -> dict[str, list[str]]:
    rows = glm_table().show(lecture)._repr_markdown_().splitlines()[2:]
    split = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]
    return {name: rest for name, *rest in split}


def unknown(lecture: int) -> int:
    return sum(row.count("?") for row in cells(lecture).values())


def test_before_the_first_lecture_two_places_are_open():
    table = cells(0)
    assert list(table) == ["linear regression", "logistic regression"]
    assert table["linear regression"][1] == "?"
    assert table["logistic regression"][3] == "?"
    assert unknown(0) == 2


def test_lecture_1_fills_the_gradient_of_logistic_regression_and_lecture_2_the_distribution():
    assert unknown(1) == 1
    assert cells(1)["logistic regression"][3] != "?"
    assert unknown(2) == 0
    assert "Normal" in cells(2)["linear regression"][1]


def test_lecture_3_adds_softmax_regression():
    assert "softmax regression" not in cells(2)
    assert unknown(3) == 0
    assert len(cells(3)) == 3


@pytest.mark.parametrize("lecture", range(7))
def test_every_row_has_every_column(lecture):
    for row in cells(lecture).values():
        assert len(row) == len(glm_table().HEAD) - 1
        assert all(row)


def test_gradients_are_last_lines_of_derivations():
    table = cells(3)
    for name, entries in glm_table().ROWS.items():
        gradient = entries[-1].content
        if isinstance(gradient, Derivation):
            assert table[name][3] == f"${latex(gradient.lines[-1].term)}$"
    proven = [row[-1].content for row in glm_table().ROWS.values()]
    assert sum(isinstance(gradient, Derivation) for gradient in proven) >= 2


def test_linear_and_logistic_regression_have_the_same_gradient():
    table = cells(1)
    assert table["linear regression"][3] == table["logistic regression"][3]
