"""Text sources: what is read, and that each mistake is told with its line and a remedy."""

from pathlib import Path

import jupytext
import pytest

from autograder.authoring.source import SourceError, read_source
from glm2mlp.catalogue import ASSIGNMENTS, COURSE
from glm2mlp.course import Assignment, Exercise

TWO = Assignment(
    name="two",
    title="Two exercises",
    imports=("numpy",),
    exercises=(
        Exercise("double", 1, "O1", ("S1",)),
        Exercise("explain_it", 2, "O1", ("S2",), kind="written", rubric=(("Says why.", 2),)),
    ),
)

SOURCE = """\
# %% [markdown]
# # Two exercises
#
# Twice $x$.

# %% exercise="double"

# %% [markdown]
# Why?

# %% [markdown] exercise="explain_it"
# Because.

# %% show="picture"
if True:
    print(double(1))


print(2)
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "two.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_cells_have_their_kind_name_line_and_text(tmp_path):
    cells = read_source(write(tmp_path, SOURCE), TWO)

    assert [(cell.kind, cell.name, cell.line) for cell in cells] == [
        ("prose", "", 1),
        ("exercise", "double", 6),
        ("prose", "", 8),
        ("exercise", "explain_it", 11),
        ("show", "picture", 14),
    ]
    assert cells[0].text == "# Two exercises\n\nTwice $x$."
    assert cells[1].text == ""
    assert cells[3].text == "Because."
    assert cells[4].text == "if True:\n    print(double(1))\n\n\nprint(2)"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('exercise="double"', "exercise=double", 6, "cannot read the marker"),
        ('exercise="double"', 'exercise="double', 6, "cannot read the marker"),
        ('exercise="double"', 'execise="double"', 6, "unknown key 'execise'; use one of"),
        ('exercise="double"', 'exercise="Double it"', 6, "is not a name"),
        ('exercise="double"', 'exercise="double" exercise="double"', 6, "given twice"),
        ('exercise="double"', 'exercise="double" show="double"', 6, "one role"),
        ('exercise="double"', 'exercise="double" reference="double"', 6, "reference= without"),
        ('exercise="double"', 'exercise="triple"', 6, "no exercise 'triple'; use one of"),
        ('# %% exercise="double"', '# %% [markdown] exercise="double"\n# 2', 6, "of kind"),
        ('# %% exercise="double"\n', '# %% exercise="double"\nx = 1\n', 6, "generated"),
        ('# %% exercise="double"\n', "", 1, "no cell for double"),
        ('# %% [markdown] exercise="explain_it"\n# Because.\n', "", 1, "no cell for explain_it"),
        ("# Because.\n", "", 11, "empty cell"),
        ("# Because.\n", "Because.\n", 12, "code in a markdown cell"),
        ('# %% [markdown] exercise="explain_it"', '# %% [markdown] show="explain_it"', 11, "code"),
        ('show="picture"', 'show="double"', 14, "'double' stands already in line 6"),
        ('show="picture"', 'show="test_double"', 14, "generated cell"),
        (' show="picture"', "", 14, "a code cell without a role"),
        ('# %% [markdown]\n# Why?\n\n', "", 8, "'explain_it' has no prompt"),
        ("# %% [markdown]\n# # Two", "import numpy\n# %% [markdown]\n# # Two", 1, "text before"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path, old, new, line, says):
    assert old in SOURCE
    path = write(tmp_path, SOURCE.replace(old, new, 1))

    with pytest.raises(SourceError) as error:
        read_source(path, TWO)

    where, _, message = str(error.value).partition(f"two.py:{line}: ")
    assert where == f"{tmp_path}/"
    assert says in message
    assert "; " in message, "no remedy"


def test_exercises_in_another_order_are_told(tmp_path):
    double = '# %% exercise="double"\n\n'
    text = SOURCE.replace(double, "") + "\n# %% [markdown]\n# Twice.\n\n" + double

    with pytest.raises(
        SourceError, match=r"in another order; assignment\.toml says double, explain_it"
    ):
        read_source(write(tmp_path, text), TWO)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_jupytext_reads_the_same_cells(name):
    """So the sources can be opened as notebooks in JupyterLab."""
    path = COURSE.path("hidden", name, "text.py")

    ours = [(cell.cell_type, cell.text) for cell in read_source(path, ASSIGNMENTS[name])]
    theirs = jupytext.read(path, fmt="py:percent").cells

    assert ours == [(cell.cell_type, cell.source.strip("\n")) for cell in theirs]
