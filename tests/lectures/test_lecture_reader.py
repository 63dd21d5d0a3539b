"""The reader of lectures: what it reads, what it refuses and where, and the notebooks it makes."""

import json

import pytest

from autograder.authoring.lecture_markdown import for_jupyter
from autograder.authoring.lectures import (
    FRONT_MATTER,
    execute,
    lecture_notebook,
    notebook_text,
    read_lecture,
)
from autograder.authoring.source import SourceError
from glm2mlp.catalogue import COURSE

TITLE = "# 1 A lecture\n\n**Objectives** …\n\n**Prerequisites** …\n\n**Reading time** …\n"
BODY = """\

```{code-cell} ipython3
import math
from glm2mlp.catalogue import COURSE, COURSE
```

+++ {"items": ["S2", "S3"], "exam": ["next 1"]}

## First things

:::{prf:definition} Sigmoid
For all $z$,

$$\\begin{aligned}
a &= b \\\\
\\end{aligned}$$
:::

```{code-cell} ipython3
:tags: [hide-input]
math.pi
```

Text after it.

+++ {"items": ["S3"]}

### Second things

More text.
"""


@pytest.fixture
def write(tmp_path):
    def written(text: str):
        path = tmp_path / "1_lecture.md"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def lecture(write):
    return read_lecture(write(FRONT_MATTER + "\n" + TITLE + BODY), COURSE)


def test_cells_have_their_tags_headings_and_lines(lecture):
    seen = [(cell.cell_type, cell.heading, cell.items, cell.exam) for cell in lecture.cells]
    assert seen == [
        ("markdown", "1 A lecture", (), ()),
        ("code", "1 A lecture", (), ()),
        ("markdown", "First things", ("S2", "S3"), ("next 1",)),
        ("code", "First things", (), ()),
        ("markdown", "First things", (), ()),
        ("markdown", "Second things", ("S3",), ()),
    ]
    lines = lecture.path.read_text(encoding="utf-8").splitlines()
    for cell in lecture.cells:
        after = "\n".join(lines[cell.line - 1 :])
        assert after.find(cell.source.splitlines()[0]) in range(80)
    assert (lecture.name, lecture.title) == ("1_lecture", "1 A lecture")


def test_ids_say_where_a_cell_stands(lecture):
    ids = [cell.id for cell in lecture_notebook(lecture).cells]
    assert ids == [
        "1-a-lecture-1",
        "1-a-lecture-2",
        "first-things-1",
        "first-things-2",
        "first-things-3",
        "second-things-1",
    ]


def test_a_new_paragraph_renames_cells_of_its_own_section_only(write, lecture):
    before = [cell.id for cell in lecture_notebook(lecture).cells]
    longer = BODY.replace("Text after it.", "Text after it.\n\n+++\n\nA new paragraph.")
    after = lecture_notebook(read_lecture(write(FRONT_MATTER + "\n" + TITLE + longer), COURSE))
    assert [cell.id for cell in after.cells] == [*before[:5], "first-things-4", before[5]]


def test_notebook_is_the_same_each_time_and_has_no_outputs(lecture):
    text = notebook_text(lecture)
    assert text == notebook_text(read_lecture(lecture.path, COURSE))
    code = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_hidden_input_is_collapsed_in_jupyterlab(lecture):
    cell = lecture_notebook(lecture).cells[3]
    assert cell.metadata == {"tags": ["hide-input"], "jupyter": {"source_hidden": True}}


def test_definition_becomes_a_quotation_whose_formula_keeps_to_one_line():
    text = ":::{prf:definition} Sigmoid\nFor all $z$,\nas above,\n\n$$a\n= b$$\n\nsee.\n:::\n\nEnd."
    assert for_jupyter(text) == (
        "> **Definition (Sigmoid).** For all $z$, as above,\n>\n> $$a = b$$\n>\n> see.\n\nEnd."
    )


@pytest.mark.parametrize(
    ("head", "bold"),
    [
        ("{prf:proof}", "**Proof.**"),
        ("{prf:theorem} Two of them", "**Theorem (Two of them).**"),
        ("{admonition} Aside: is it?\n:class: aside\n", "**Aside: is it?**"),
    ],
)
def test_blocks_have_bold_heads(head, bold):
    assert for_jupyter(f":::{head}\nText.\n:::") == f"> {bold} Text."


def test_list_in_a_block_stays_a_list():
    text = for_jupyter(":::{prf:theorem}\nBoth hold:\n\n- one\n- two\n:::")
    assert text == "> **Theorem.** Both hold:\n>\n> - one\n> - two"


def test_links_lead_to_notebooks():
    assert for_jupyter("[a](2_mse_as_mle.md), [b](2_mse_as_mle.md#the-proof)") == (
        "[a](2_mse_as_mle.ipynb), [b](2_mse_as_mle.ipynb#the-proof)"
    )
    assert for_jupyter("[a](../docs/security.md)") == "[a](../docs/security.md)"


HERE = (FRONT_MATTER + TITLE).count("\n") + 3  # the line in which the tests' text begins

# What is wrong, the line in which it is put, and a part of the message.
MISTAKES = {
    "no front matter": ("---\n", 1, "begin with"),
    "tag is not JSON": ("+++ {items: S2}\n", HERE, "not JSON"),
    "tag with another key": ('+++ {"item": ["S2"]}\n', HERE, "items and exam, nothing else"),
    "tag with a string": ('+++ {"items": "S2"}\n', HERE, "not a list"),
    "tag with nothing": ('+++ {"items": []}\n', HERE, "not a list"),
    "unknown item": ('+++ {"items": ["S47"]}\n', HERE, "unknown 'S47' in items"),
    "unknown topic": ('+++ {"exam": ["12"]}\n', HERE, "unknown '12' in exam"),
    "unknown directive": ("text\n\n:::{note}\ntext\n:::\n", HERE + 2, "unknown directive 'note'"),
    "directive in backticks": ("```{prf:proof}\ntext\n```\n", HERE, "write :::{prf:proof}"),
    "admonition without title": (":::{admonition}\ntext\n:::\n", HERE, "without a title"),
    "open fence": ("text\n\n:::{prf:proof}\ntext\n", HERE + 2, "stays open"),
    "closing nothing": ("text\n\n:::\n", HERE + 2, "closes nothing"),
    "fence in a fence": (
        ":::{prf:proof}\n\n:::{prf:proof}\ntext\n:::\n:::\n",
        HERE + 2,
        "a fence within a fence",
    ),
    "tag in a fence": (":::{prf:proof}\n+++\n:::\n", HERE + 1, "a tag within a fence"),
    "column without head": ("|  | a |\n|:--|--:|\n| b | 1 |\n", HERE, "has no name"),
    "column of a formula": ("| $t$ | a |\n|:--|--:|\n| b | 1 |\n", HERE, "has no name"),
    "role": ("see {ref}`this`\n", HERE, "{ref}`…` is a role"),
    "other language": ("```{code-cell} python\n1\n```\n", HERE, "write ```{code-cell} ipython3"),
    "long line": ("```{code-cell} ipython3\n" + "a = 1" + "0" * 90 + "\n```\n", HERE, "break it"),
    "unknown option": (
        "```{code-cell} ipython3\n:label: a\n1\n```\n",
        HERE,
        "unknown option 'label'",
    ),
    "broken option": ("```{code-cell} ipython3\n:tags: [\n1\n```\n", HERE, "options of the code"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_reported_with_its_line(write, name):
    text, line, message = MISTAKES[name]
    head = "" if name == "no front matter" else FRONT_MATTER + "\n" + TITLE + "\n"
    with pytest.raises(SourceError) as error:
        read_lecture(write(head + text), COURSE)
    assert f"1_lecture.md:{line}: " in str(error.value)
    assert message in str(error.value)


@pytest.mark.parametrize("part", ["# 1 A lecture", "**Objectives**", "**Reading time**"])
def test_first_cell_has_to_be_complete(write, part):
    with pytest.raises(SourceError, match=r"1_lecture\.md:"):
        read_lecture(write(FRONT_MATTER + "\n" + TITLE.replace(part, "") + BODY), COURSE)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import numpy as np\nnp.log(np.zeros(1))", "RuntimeWarning"),
        ("import warnings\nwarnings.warn('careful', DeprecationWarning)", "careful"),
        ("import sys\nprint('oh', file=sys.stderr)", "writes to stderr: oh"),
    ],
)
def test_cell_that_fails_or_warns_is_an_error_with_its_line(write, code, problem):
    cell = f"\n```{{code-cell}} ipython3\n{code}\n```\n"
    lecture = read_lecture(write(FRONT_MATTER + "\n" + TITLE + cell), COURSE)
    with pytest.raises(SourceError) as error:
        execute(lecture)
    assert f"1_lecture.md:{HERE}: " in str(error.value)
    assert problem in str(error.value)
