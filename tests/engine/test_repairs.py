"""The reader mends what can be mended, tells what it mended, and cannot be made slow."""

from collections.abc import Set

import pytest
from engine_kit import SOFTMAX, before, cell, modes, place, released, right, solved, without

from autograder.authoring import load_release
from autograder.reading.notebook import MAX_CELLS
from autograder.reading.patterns import defined_names, imported_libraries
from autograder.reading.submission import MAX_CELL, Submission
from glm2mlp.catalogue import ASSIGNMENTS

ANSWERS = {one.grade_id for one in load_release(ASSIGNMENTS[SOFTMAX]).with_role("answer")}

ONE_HOT = right("one_hot", SOFTMAX)


def answer_to(submission: Submission, exercise: str) -> list[str]:
    return list(submission.answers(exercise))


def test_changed_locked_cell_runs_as_we_gave_it(read_cells):
    submission = read_cells(solved(SOFTMAX, imports="import numpy as np  # the usual"))

    assert "usual" not in submission.cells[0].source
    assert any("«imports» was changed" in repair for repair in submission.repairs)


def test_imports_that_were_added_to_a_locked_cell_run_beside_ours(read_cells):
    added = "import numpy as np\nfrom numpy.linalg import norm"
    submission = read_cells(solved(SOFTMAX, imports=added))

    assert "norm" not in submission.cells[0].source
    assert [one.mode for one in submission.cells if "norm" in one.source] == ["other"]
    assert any("in the locked cell «imports»: it was run" in told for told in submission.repairs)


def test_lost_locked_cell_runs_before_all_others(read_cells):
    submission = read_cells(without(solved(SOFTMAX), "symbols"))

    assert [one.name for one in submission.cells[:2]] == ["imports", "symbols"]  # in our order
    assert submission.repairs == ("the locked cell «symbols» was lost: ours was run",)


def test_lost_answer_is_told(read_cells):
    submission = read_cells(without(solved(SOFTMAX), "one_hot", "explain_convex_regions"))

    assert answer_to(submission, "one_hot") == []
    told = "no cell was found that answers «explain_convex_regions», «one_hot»"
    assert submission.repairs == (told,)
    assert submission.doubts == {"one_hot": told, "explain_convex_regions": told}


def test_answer_whose_id_is_lost_is_found_by_what_it_defines(read_cells):
    cells = solved(SOFTMAX)
    cells[place(cells, "one_hot")]["metadata"] = {}

    submission = read_cells(cells)

    assert answer_to(submission, "one_hot") == [ONE_HOT]
    assert len(submission.repairs) == 1
    assert "found by what it defines: «one_hot»" in submission.repairs[0]


@pytest.mark.parametrize("kind", ["markdown", "raw", "heading"])
def test_answer_in_a_cell_of_another_type_is_run(read_cells, kind):
    cells = solved(SOFTMAX)
    number = place(cells, "one_hot")
    cells[number]["cell_type"] = kind

    submission = read_cells(cells)

    assert answer_to(submission, "one_hot") == [ONE_HOT]
    assert submission.repairs == (
        f"cell {number + 1}: the answer «one_hot» was a {kind} cell: it was run as code",
    )


def test_retyped_answer_without_an_id_is_found(read_cells):
    cells = [*without(solved(SOFTMAX), "one_hot"), cell(ONE_HOT, cell_type="markdown")]

    assert answer_to(read_cells(cells), "one_hot") == [ONE_HOT]


def test_prose_that_looks_like_an_answer_is_prose(read_cells):
    cells = [*solved(SOFTMAX), cell("one_hot = the row with a single 1", cell_type="markdown")]

    submission = read_cells(cells)

    assert answer_to(submission, "one_hot") == [ONE_HOT]
    assert submission.repairs == ()


@pytest.mark.parametrize("locked", ["test_one_hot", "digits"])
def test_answer_in_a_locked_cell_that_checks_or_shows_is_run(read_cells, locked):
    cells = without(solved(SOFTMAX), "one_hot")
    cells[place(cells, locked)]["source"] = ONE_HOT

    submission = read_cells(cells)

    assert answer_to(submission, "one_hot") == [ONE_HOT]
    assert any(f"in the locked cell «{locked}»" in repair for repair in submission.repairs)


def test_answer_in_a_locked_cell_that_is_given_is_run(read_cells):
    cells = without(solved(SOFTMAX), "one_hot")
    cells[place(cells, "imports")]["source"] += "\n\n" + ONE_HOT

    submission = read_cells(cells)

    assert any("def one_hot" in source for source in answer_to(submission, "one_hot"))


def test_helper_in_a_locked_cell_that_checks_is_run(read_cells):
    cells = solved(SOFTMAX)
    cells[place(cells, "test_softmax")]["source"] = "def rows(Z):\n    return Z\n\ncheck('softmax')"

    submission = read_cells(cells)

    assert any("def rows" in one.source for one in submission.cells)


@pytest.mark.parametrize("first", [True, False])
def test_untouched_copy_of_an_answer_does_not_undo_it(read_cells, first):
    cells, untouched = solved(SOFTMAX), released(SOFTMAX)
    stub = untouched[place(untouched, "one_hot")]
    cells.insert(place(cells, "one_hot") + (0 if first else 1), stub)

    submission = read_cells(cells)

    assert answer_to(submission, "one_hot") == [ONE_HOT]
    assert len(submission.repairs) == 1


def test_copies_that_differ_both_run_in_order(read_cells):
    cells = solved(SOFTMAX)
    place_of_first = place(cells, "one_hot")
    cells.insert(place_of_first + 1, cell("one_hot = None", "one_hot"))

    submission = read_cells(cells)

    assert answer_to(submission, "one_hot") == [ONE_HOT, "one_hot = None"]
    assert submission.repairs == (
        f"cells {place_of_first + 1}, {place_of_first + 2} all have the id «one_hot»: "
        "all were looked at",
    )


def test_of_very_many_copies_the_first_and_the_last_are_named(read_cells):
    cells = [*solved(SOFTMAX), *(cell(f"one_hot = {n}", "one_hot") for n in range(3000))]

    submission = read_cells(cells)

    (told,) = submission.repairs
    assert f", …, {len(cells)} all have the id «one_hot»" in told
    assert max(map(len, (told, *submission.doubts.values()))) < 150


@pytest.mark.parametrize("first", [True, False])
def test_untouched_copy_of_a_written_answer_does_not_undo_it(read_cells, first):
    name = "explain_convex_regions"
    cells, untouched = solved(SOFTMAX, **{name: "Because it is linear."}), released(SOFTMAX)
    stub = untouched[place(untouched, name)]
    cells.insert(place(cells, name) + (0 if first else 1), stub)

    assert read_cells(cells).written == {name: "Because it is linear."}


def test_written_answer_in_a_code_cell_is_still_one(read_cells):
    cells = solved(SOFTMAX, explain_convex_regions="Because.")
    cells[place(cells, "explain_convex_regions")]["cell_type"] = "code"

    submission = read_cells(cells)

    assert submission.written == {"explain_convex_regions": "Because."}
    assert "explain_convex_regions" not in modes(submission)


def test_notebook_without_any_ids_keeps_all_its_answers(read_cells):
    cells = solved(SOFTMAX)
    for one in cells:
        one["metadata"] = {}

    submission = read_cells(cells)

    assert {exercise for exercise in ANSWERS if answer_to(submission, exercise)} == ANSWERS


@pytest.mark.parametrize("text", ["x" * MAX_CELL, "é" * 180_000, "\1" * 180_000], ids="xé?")
def test_cell_that_is_too_large_for_the_wire_is_told_and_left_out(read_cells, text):
    cells = before(solved(SOFTMAX), "one_hot", f"x = '{text}'")

    submission = read_cells(cells)

    number = place(cells, "one_hot")
    assert len(submission.repairs) == 1
    assert submission.repairs[0].startswith(f"cell {number} is larger than ")


# Patterns: what is found, and that an attacker cannot make them slow


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def softmax(Z):\n    inner = 1", {"softmax"}),
        ("async  def f():\n  pass", {"f"}),
        ("class A:\n    x = 1", {"A"}),
        ("softmax = lambda Z: Z", {"softmax"}),
        ("softmax: object = None", {"softmax"}),
        ("%%time\ndef nll(): pass", {"nll"}),
        ("softmax == 1\nsoftmax(x=1)\n# def nll():\n  def gradient(): pass", set()),
        ("def größe(): pass", {"größe"}),
        ("def broken(:\ndef f(", {"broken", "f"}),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else "",
)
def test_names_that_a_cell_defines(source, names):
    assert defined_names(source) == names


@pytest.mark.parametrize(
    ("source", "libraries"),
    [
        ("import numpy", {"numpy"}),
        ("import numpy as np, scipy.special as s", {"numpy", "scipy"}),
        ("from scipy.special import softmax", {"scipy"}),
        ("def f():\n\tfrom sklearn import svm  # x", {"sklearn"}),
        ("import a; import b", {"a"}),
        ("# import a\nimportant = 1\nfromage = 2", set()),
        ("import", set()),
        ("import ,", set()),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else "",
)
def test_libraries_that_a_cell_imports(source, libraries):
    assert imported_libraries(source) == libraries


LINES = [
    "from " + "a" * 100_000,
    "from " + "a." * 50_000,
    "import " + "a," * 50_000,
    "import" + " " * 100_000,
    " " * 100_000,
    "a" * 100_000,
    "a" + " " * 100_000,
    "a:" * 50_000,
    "a" + ":" * 100_000,
    "async " * 20_000,
    "def " + "a" * 100_000,
    "=" * 100_000,
    "a = \n" * 20_000,
]


@pytest.mark.timeout(15)
@pytest.mark.parametrize("look", [defined_names, imported_libraries])
@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:12])
def test_no_line_makes_a_pattern_slow(look, line):
    assert isinstance(look(line), Set)


@pytest.mark.timeout(15)
def test_thousands_of_copies_do_not_make_the_reader_slow(read_cells):
    cells = released(SOFTMAX)
    stub = cells[place(cells, "one_hot")]

    submission = read_cells([*[stub] * (MAX_CELLS - 100), *solved(SOFTMAX)])

    assert answer_to(submission, "one_hot") == [ONE_HOT]
