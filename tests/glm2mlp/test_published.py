"""Published results beside the student's: line by line, in words."""

import sys

import pytest

from glm2mlp import published
from glm2mlp.published import PUBLISHED, REMARK

LINES = PUBLISHED["logistic_regression"]


@pytest.fixture(autouse=True)
def _no_notebook(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython")  # as in a terminal: it is printed


def shown(capsys, lines, name="logistic_regression") -> list[str]:
    published.compare(name, lines)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_lines_are_all_the_same(name, capsys):
    out = shown(capsys, PUBLISHED[name], name)
    number = len(PUBLISHED[name])
    assert [line.split()[0] for line in out[1:-2]] == ["same"] * number
    assert out[-2:] == [f"{number} of {number} lines are the same.", REMARK]


def test_a_line_that_differs_stands_beside_the_published_one(capsys):
    yours = LINES[3].replace("0.1612", "0.1613")
    assert yours != LINES[3]
    out = shown(capsys, [*LINES[:3], yours, *LINES[4:]])
    assert out[4:6] == [f"  differs  {yours}  (yours)", f"           {LINES[3]}  (published)"]
    assert f"{len(LINES) - 1} of {len(LINES)} lines are the same." in out


@pytest.mark.parametrize("lines", [LINES[:2], [*LINES, "more"], []])
def test_lines_that_are_missing_or_too_many_differ(lines, capsys):
    out = shown(capsys, lines)
    assert sum("differs" in line for line in out) == abs(len(LINES) - len(lines))


def test_space_between_the_numbers_is_no_difference(capsys):
    out = shown(capsys, ["  " + line.replace(" ", "  ") for line in LINES])
    assert f"{len(LINES)} of {len(LINES)} lines are the same." in out


def test_notebooks_show_it_in_words_and_escape_what_the_student_wrote():
    html = published.Comparison("Both", (("a & b", "a & b"), ("<b>", "c"), ("", "d")))._repr_html_()
    assert html.count(">same<") == 1
    assert html.count(">differs<") == 2
    assert "a &amp; b" in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "1 of 3 lines are the same." in html
