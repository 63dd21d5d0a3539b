"""Cells that were split, merged, moved, retyped or renamed: what runs, what is told, what is doubted."""

import json

import pytest
from engine_kit import (
    SOFTMAX,
    Cell,
    before,
    cell,
    hand_in,
    place,
    read,
    released,
    right,
    solved,
    without,
)

from autograder.authoring import load_release
from autograder.reading.notebook import MAX_CELLS, UnreadableError
from autograder.reading.patterns import fenced_code, goes_on, parameters, plain
from autograder.reading.submission import Submission
from glm2mlp.catalogue import ASSIGNMENTS

ONE_HOT, NLL = (
    "\n".join(line for line in right(name, SOFTMAX).split("\n") if "###" not in line)
    for name in ("one_hot", "nll")
)
WRITTEN = "explain_convex_regions"
RELEASE = load_release(ASSIGNMENTS[SOFTMAX])
ANSWERS = {one.grade_id for one in RELEASE.with_role("answer")}
PROSE = {one.grade_id: one.source for one in RELEASE.with_role("prose")}


def run(submission: Submission) -> list[str]:
    """The texts of the student's that run."""
    return [plain(one.source) for one in submission.cells if one.mode != "given"]


def split(name: str, line: int, *, named: bool) -> list[Cell]:
    """A solved notebook in which an answer is split above this line."""
    cells = solved(SOFTMAX, one_hot=ONE_HOT)
    at = place(cells, name)
    lines = cells[at]["source"].split("\n")
    parts = ["\n".join(lines[:line]), "\n".join(lines[line:])]
    cells[at : at + 1] = [cell(parts[0], name), cell(parts[1], name if named else None)]
    return cells


def nameless(cells: list[Cell]) -> list[Cell]:
    """The same without metadata."""
    return [{**one, "metadata": {}} for one in cells]


# Split


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("line", range(1, len(ONE_HOT.split("\n"))))
def test_split_answer_is_put_together_wherever_it_was_split(read_cells, line, named):
    submission = read_cells(split("one_hot", line, named=named))

    assert plain(ONE_HOT) in run(submission)
    assert any("was put together" in repair for repair in submission.repairs)
    assert "one_hot" in submission.doubts


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("def f(x):\n    y = x", "    return y", True),
        ("def f(x):", "    return x", True),
        ("def f(\n    x,", "    y,\n):\n    return x", True),
        ("def f(\n    x", "):\n    return x", True),
        ('def f(x):\n    """Say.', 'Anything.\n    """\n    return x', True),
        ("def f(x):\n    if x:\n        return 1", "    return 2", True),
        ("def f(x):\n    return x", "    y = 3", False),
        ("def f(x):\n    return x", "y = f(3)", False),
        ("def f(x):\n    return x", "        y = 3", False),
        ("def f(x):\n    y = x", "", False),
        ("def f(x):\n    y = x", "\n\n", False),
    ],
)
def test_what_goes_on_is_told_by_its_indent(first, second, together):
    assert goes_on(first, second) == together


def test_cell_of_another_answer_is_no_rest_even_of_an_open_text(read_cells):
    cells = without(solved(SOFTMAX, softmax='def softmax(Z):\n    """Open.'), "test_softmax")
    cells = [one for one in cells if one["source"] not in PROSE.values()]

    assert right("log_softmax", SOFTMAX) in [one.source for one in read_cells(cells).cells]


# Merged


@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
def test_prose_that_was_merged_into_an_answer_is_taken_out(read_cells, kind):
    cells = solved(SOFTMAX)
    at = place(cells, "one_hot")
    both = "\n\n".join((cells[at - 1]["source"], ONE_HOT))
    cells[at - 1 : at + 1] = [cell(both, "one_hot" if kind == "code" else None, kind)]

    submission = read_cells(cells)

    assert run(submission).count(plain(ONE_HOT)) == 1
    assert f"cell {at}: cells of ours that were merged into it were taken out" in submission.repairs


@pytest.mark.parametrize("kind", ["code", "markdown"])
def test_whole_notebook_in_a_cell_keeps_its_answers(read_cells, kind):
    text = "\n\n".join(one["source"] for one in solved(SOFTMAX))

    submission = read_cells([cell(text, None, kind)])

    assert {
        name for name in ANSWERS if any(f"def {name}(" in text for text in run(submission))
    } == ANSWERS
    # What only shows something is ours and does not run.
    assert not any("glm2mlp" in one.source for one in submission.cells)


def test_two_answers_in_a_cell_and_the_stub_of_the_second_below(read_cells):
    cells = solved(SOFTMAX, one_hot=f"{ONE_HOT}\n\n\n{NLL}")
    cells[place(cells, "nll")] = released(SOFTMAX)[place(released(SOFTMAX), "nll")]

    submission = read_cells(cells)

    assert "nll" not in [one.name for one in submission.cells]
    assert len(submission.repairs) == 1
    assert "the stub of «nll» stood below its answer" in submission.repairs[0]


# Whose cell it is


def test_cells_are_known_by_their_ids(read_cells):
    cells = solved(SOFTMAX, explain_convex_regions="Because.")
    for one in cells:
        one["id"] = one["metadata"].get("nbgrader", {}).get("grade_id", "mine")

    submission = read_cells(nameless(cells))

    assert submission.written == {WRITTEN: "Because."}
    (told,) = submission.repairs
    assert told.startswith("recognised by their id")
    assert "«one_hot»" in told


def test_our_texts_are_known_without_any_name(read_cells):
    submission = read_cells(nameless(solved(SOFTMAX)))

    assert [one.mode for one in submission.cells].count("given") == len(RELEASE.with_role("given"))
    assert not any("lost" in repair and "recognised" not in repair for repair in submission.repairs)
    assert not any("check(" in text for text in run(submission))


def test_exchanged_names_exchange_no_answers(read_cells):
    cells = solved(SOFTMAX, one_hot=ONE_HOT, nll=NLL)
    one, other = cells[place(cells, "one_hot")], cells[place(cells, "nll")]
    one["metadata"], other["metadata"] = other["metadata"], one["metadata"]

    submission = read_cells(cells)

    assert submission.answers("one_hot") == (ONE_HOT,)
    assert submission.answers("nll") == (NLL,)


@pytest.mark.parametrize("name", ["softmax", "imports", "test_nll", WRITTEN])
def test_one_name_for_all_loses_nothing(read_cells, name):
    cells = solved(SOFTMAX)
    for one in cells:
        one["metadata"] = {"nbgrader": {"grade_id": name}}

    submission = read_cells(cells)

    assert {exercise for exercise in ANSWERS if submission.answers(exercise)} == ANSWERS
    assert [one.mode for one in submission.cells].count("given") == len(RELEASE.with_role("given"))


def test_written_answer_is_found_by_its_place(read_cells):
    cells = solved(SOFTMAX, explain_convex_regions="Because it is linear.")

    submission = read_cells(nameless(cells))

    assert submission.written == {WRITTEN: "Because it is linear."}
    assert any("found by the place" in repair for repair in submission.repairs)


def test_notes_elsewhere_are_no_written_answer(read_cells):
    cells = without(solved(SOFTMAX), WRITTEN)
    cells.insert(3, cell("To do.", cell_type="markdown"))

    submission = read_cells(cells)

    assert submission.written == {}
    assert WRITTEN in submission.doubts


# Of another type


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("own", ["empty", "gone"])
def test_answer_in_a_text_cell_counts_where_there_is_no_other(read_cells, kind, own):
    cells = without(solved(SOFTMAX), "one_hot") if own == "gone" else solved(SOFTMAX, one_hot="")
    cells.append(cell(ONE_HOT, cell_type=kind))

    submission = read_cells(cells)

    assert [one for one in run(submission) if "def one_hot" in one] == [plain(ONE_HOT)]
    assert "one_hot" in submission.doubts


def test_answer_in_a_text_cell_does_not_count_beside_another_one(read_cells):
    wrong = "def one_hot(t, K):\n    return 0"
    cells = [*solved(SOFTMAX, one_hot=wrong), cell(ONE_HOT, cell_type="markdown")]

    assert plain(ONE_HOT) not in run(read_cells(cells))


def test_answer_in_a_text_cell_beside_its_stub_is_for_a_person(read_cells):
    stub = released(SOFTMAX)[place(released(SOFTMAX), "one_hot")]["source"]
    cells = [*solved(SOFTMAX, one_hot=stub), cell(ONE_HOT, cell_type="markdown")]

    submission = read_cells(cells)

    assert submission.answers("one_hot") == (stub,)
    assert submission.doubts["one_hot"].endswith("was not run, since the stub is untouched")


def test_fenced_answer_runs_without_its_fences(read_cells):
    text = f"So:\n\n```python\n{ONE_HOT}\n```\nDone."
    cells = [*without(solved(SOFTMAX), "one_hot"), cell(text, cell_type="markdown")]

    assert plain(ONE_HOT) in run(read_cells(cells))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a", "a"),
        ("```\na\n```", "a"),
        ("x\n```py\na\n```\ny\n```\nb", "a\nb"),
        ("```\n```", "```\n```"),
    ],
)
def test_code_between_fences(text, code):
    assert fenced_code(text) == code


# In another order


def test_locked_cells_below_answers_run_first(read_cells):
    cells = solved(SOFTMAX)
    at = place(cells, "imports")
    cells.append(cells.pop(at))

    submission = read_cells(cells)

    assert submission.cells[0].name == "imports"
    assert [one.name for one in submission.cells].count("imports") == 1
    assert any("«imports» was moved below answers" in repair for repair in submission.repairs)


# Two answers


def test_a_draft_below_counts_and_is_doubted(read_cells):
    cells = [*solved(SOFTMAX), cell("def one_hot(t, K):\n    return 0")]

    submission = read_cells(cells)

    assert run(submission)[-1] == "def one_hot(t, K):\n    return 0"
    numbers = f"{place(cells, 'one_hot') + 1}, {len(cells)}"
    assert submission.doubts == {
        "one_hot": f"«one_hot» is defined in cells {numbers}: the last one counts"
    }


def test_a_draft_above_is_no_reason_to_doubt(read_cells):
    cells = before(solved(SOFTMAX), "one_hot", "def one_hot(t, K):\n    return 0")

    assert read_cells(cells).doubts == {}


# Under another name


@pytest.mark.parametrize(
    "answer",
    [
        "def onehot(t, K):\n    return 0",
        "def helper():\n    pass\n\n\ndef onehot(t, K):\n    return 0",
        "def onehot(labels, classes: int = 3):\n    return 0",
    ],
)
def test_function_under_another_name_gets_the_right_one_too(read_cells, answer):
    submission = read_cells(solved(SOFTMAX, one_hot=answer))

    assert submission.cells[-1].source == "one_hot = onehot"
    assert submission.repairs == (
        "the answer «one_hot» was called «onehot»: it has both names now",
    )
    assert "one_hot" in submission.doubts


@pytest.mark.parametrize(
    "answer",
    [
        "def onehot(t):\n    return 0",
        "def first(t, K):\n    return 0\n\n\ndef second(t, K):\n    return 1",
        "def nll(t, K):\n    return 0",
        "onehot = one_hot_of_numpy",
        "def \u043ene_hot(t, K):\n    return 0",
        "",
    ],
)
def test_what_may_be_something_else_gets_no_other_name(read_cells, answer):
    assert not any(
        "both names" in told for told in read_cells(solved(SOFTMAX, one_hot=answer)).repairs
    )


def test_function_that_is_defined_elsewhere_is_not_replaced(read_cells):
    cells = solved(SOFTMAX, one_hot="def onehot(t, K):\n    return 0")
    cells = [*cells, cell("def one_hot(t, K):\n    return 1")]

    assert not any("both names" in told for told in read_cells(cells).repairs)


def test_parameters_of_functions():
    source = "def f(a, b=1, *, c: int, **d):\n    pass\n\ndef g(\n    x,\n    y,\n):\n    pass\ndef h(): pass"

    assert parameters(source) == {"f": ("a", "b", "c", "d"), "g": ("x", "y"), "h": ()}


# Files


def test_lines_without_ends_are_lines(read_cells):
    cells = solved(SOFTMAX, one_hot=ONE_HOT)
    for one in cells:
        one["source"] = one["source"].split("\n")

    assert read_cells(cells).answers("one_hot") == (ONE_HOT,)


def test_byte_order_mark_in_a_cell_is_dropped(read_cells):
    assert read_cells(solved(SOFTMAX, one_hot="\ufeff" + ONE_HOT)).answers("one_hot") == (ONE_HOT,)


def test_notebook_without_a_cell_of_ours_is_refused(tmp_path):
    path = hand_in(
        tmp_path, [cell("print(1)"), cell("# Notes", cell_type="markdown")], assignment=SOFTMAX
    )

    with pytest.raises(UnreadableError, match=r"none of the assignment's cells; hand in"):
        read(path)


def test_of_several_notebooks_without_the_right_name_each_is_told(tmp_path):
    path = hand_in(tmp_path, solved(SOFTMAX), assignment=SOFTMAX)
    path.rename(path.with_name("one.ipynb"))
    path.with_name("two.ipynb").write_text(json.dumps({}))

    with pytest.raises(
        UnreadableError, match=r"rename the right one of one.ipynb, two.ipynb to softmax"
    ):
        read(path)


# An attacker cannot make it slow

HEAD = "def one_hot(t, K):\n    t = t"
FIRST_LINES = [text.partition("\n")[0] for text in PROSE.values()]


@pytest.mark.timeout(60)  # a second or two on an idle machine
@pytest.mark.parametrize(
    "cells",
    [
        [cell(HEAD), *[cell("    t = t" * 400)] * (MAX_CELLS - 2)],
        [cell('def one_hot():\n    """'), *[cell("x = 1\n" * 200)] * (MAX_CELLS - 2)],
        [cell(HEAD), cell("    t = t"), cell("x")] * (MAX_CELLS // 3),
        [cell("\n".join(FIRST_LINES * 20))] * 1000,
        [cell("\n" * 500_000 + FIRST_LINES[0])] * 15,
        [cell("```\n" * 200_000 + "def one_hot(", cell_type="markdown")] * 5,
        [cell("def f(" * 100_000, "one_hot")] * 5,
        [cell("def f(x\n" * 100_000, "one_hot")] * 5,
        [cell(HEAD, "one_hot")] * (MAX_CELLS - 1),
        [cell(f"def softmax(Z):\n    return {i}") for i in range(MAX_CELLS - 1)],
    ],
    ids=range(10),
)
def test_what_looks_like_damage_does_not_make_the_reader_slow(read_cells, cells):
    assert read_cells([*cells, cell(HEAD, "one_hot")]).cells
