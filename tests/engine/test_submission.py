"""The reader: every bad file ends in one clear line, and what can be mended is mended and told."""

import json
import os

import pytest
from autograder.authoring import load_release
from autograder.grading.submission import (
    MAX_CELL,
    MAX_CELLS,
    Submission,
    UnreadableError,
    defined_names,
    imported_libraries,
    read_submission,
)
from engine_kit import (
    LOGISTIC,
    SOFTMAX,
    before,
    cell,
    hand_in,
    notebook,
    place,
    released,
    right,
    solved,
    without,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def read(path, assignment=SOFTMAX) -> Submission:
    other = LOGISTIC if assignment == SOFTMAX else SOFTMAX
    return read_submission(path, load_release(assignment), (load_release(other),))


@pytest.fixture
def read_cells(tmp_path):
    """Reads a notebook of these cells, written to its place."""
    return lambda cells: read(hand_in(tmp_path, cells, assignment=SOFTMAX))


def refusal(path) -> str:
    """What is said of an unreadable file: one line that begins with its path and names a remedy."""
    with pytest.raises(UnreadableError) as caught:
        read(path)
    text = str(caught.value)
    assert text.startswith(f"{path}: ")
    assert "\n" not in text
    return text.removeprefix(f"{path}: ")


def modes(submission: Submission) -> dict[str, str]:
    return {one.name: one.mode for one in submission.cells}


ANSWERS = {one.grade_id for one in load_release(SOFTMAX).with_role("answer")}
GIVEN = {one.grade_id for one in load_release(SOFTMAX).with_role("given")}

# Files that are no notebook of this assignment


@pytest.mark.parametrize(
    ("content", "reason", "remedy"),
    [
        (b"", "is empty", "save the notebook"),
        (b" \n\t", "is empty", "save the notebook"),
        (json.dumps(notebook(solved(SOFTMAX)))[:5000].encode(), "breaks off", "save it"),
        (b'{"nbformat": 4,\n "cells": [}', "line 2", "save it"),
        (b"print('hello')", "not a whole notebook", "save it"),
        (b"[" * 200_000, "not a whole notebook", "save it"),
        (b"[" + b"9" * 10_000 + b"]", "not a whole notebook", "save it"),
        ('{"cells": "Übung"}'.encode("latin-1"), "UTF-8", "save it"),
        (b"\x80\x04\x95", "UTF-8", "save it"),
        (b"\0" * 100, "not a whole notebook", "save it"),
        (b"[]", "no notebook", "hand in"),
        (b'"text"', "no notebook", "hand in"),
        (b"null", "no notebook", "hand in"),
        (b"{}", "no nbformat", "save it"),
        (b'{"nbformat": 3, "worksheets": []}', "nbformat 3", "open it in JupyterLab"),
        (b'{"nbformat": 5, "cells": []}', "nbformat 5", "open it in JupyterLab"),
        (b'{"nbformat": "4", "cells": []}', "no nbformat", "open it in JupyterLab"),
        (b'{"nbformat": 4}', "no cells", "hand in"),
        (b'{"nbformat": 4, "cells": {}}', "no cells", "hand in"),
        (b'{"nbformat": 4, "cells": []}', "no cells", "hand in"),
        (notebook([cell("1")] * (MAX_CELLS + 1)), "5001 cells", "delete"),
        (notebook(solved(LOGISTIC)), LOGISTIC, "hand in the right file"),
        (notebook(released(LOGISTIC)), LOGISTIC, "hand in the right file"),
    ],
    ids=lambda value: str(value)[:25],
)
def test_bad_file_is_told_with_reason_and_remedy(tmp_path, content, reason, remedy):
    told = refusal(hand_in(tmp_path, content, assignment=SOFTMAX))

    assert reason in told
    assert remedy in told


def test_enormous_file_is_not_read(tmp_path):
    path = hand_in(tmp_path, b"{", assignment=SOFTMAX)
    os.truncate(path, 300 << 20)  # a hole: it takes no room on the disk

    told = refusal(path)

    assert "300 MB" in told
    assert "clear the outputs" in told


def test_missing_file(tmp_path):
    assert "no such notebook" in refusal(tmp_path / "submitted" / "s" / SOFTMAX / "a.ipynb")


@pytest.mark.parametrize("target", ["there", "not there", "itself"])
def test_link_instead_of_the_notebook_is_not_followed(tmp_path, target):
    path = hand_in(tmp_path, b"", assignment=SOFTMAX)
    path.unlink()
    (tmp_path / "there").write_text(json.dumps(notebook(solved(SOFTMAX))))
    path.symlink_to(path if target == "itself" else tmp_path / target)

    assert "link" in refusal(path)


@pytest.mark.parametrize("level", [0, 1], ids=["assignment", "student"])
def test_link_instead_of_a_folder_is_not_followed(tmp_path, level):
    elsewhere = hand_in(tmp_path / "elsewhere", solved(SOFTMAX), assignment=SOFTMAX)
    path = tmp_path / "submitted" / "s1" / SOFTMAX / elsewhere.name
    path.parents[level].parent.mkdir(parents=True)
    path.parents[level].symlink_to(elsewhere.parents[level])

    assert "link" in refusal(path)


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_what_is_no_file_is_told(tmp_path, make):
    path = hand_in(tmp_path, b"", assignment=SOFTMAX)
    path.unlink()
    make(path)

    assert "hand in the notebook itself" in refusal(path)


# Notebooks as they should be


def test_right_notebook_needs_no_repair(read_cells):
    submission = read_cells(solved(SOFTMAX))

    assert submission.repairs == ()
    assert modes(submission) == dict.fromkeys(ANSWERS, "answer") | dict.fromkeys(GIVEN, "given")
    assert list(submission.written) == ["explain_convex_regions"]


def test_cells_run_in_their_order(read_cells):
    cells = before(solved(SOFTMAX), "one_hot", "a = 1", "b = 2")

    names = [one.name for one in read_cells(cells).cells]

    i = names.index("one_hot")
    assert names[i - 3] == "log_softmax"
    assert [read_cells(cells).cells[j].source for j in (i - 2, i - 1)] == ["a = 1", "b = 2"]


def test_cells_that_only_check_or_show_do_not_run(read_cells):
    names = modes(read_cells(solved(SOFTMAX)))

    assert not any(name.startswith("test_") for name in names)
    assert not {"checks", "regions", "digits", "check_all"} & set(names)


@pytest.mark.parametrize(
    "dumped",
    [
        lambda data: json.dumps(data, indent=1).encode("utf-8-sig"),
        lambda data: json.dumps(data, ensure_ascii=False).encode("utf-16"),
        lambda data: json.dumps(data | {"nbformat_minor": 0, "colab": {"name": None}}).encode(),
    ],
    ids=["byte order mark", "UTF-16", "old minor"],
)
def test_honest_encodings_are_read(tmp_path, dumped):
    path = hand_in(tmp_path, dumped(notebook(solved(SOFTMAX))), assignment=SOFTMAX)

    assert read(path).repairs == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda source: source.splitlines(keepends=True),
        lambda source: source.replace("\n", "\r\n"),
        lambda source: "\n" + source.replace("\n", "  \n") + "\n\n",
    ],
    ids=["list of lines", "line ends of Windows", "white space"],
)
def test_what_front_ends_change_is_no_repair(read_cells, change):
    cells = solved(SOFTMAX)
    for one in cells:
        one["source"] = change(one["source"])

    assert read_cells(cells).repairs == ()


@pytest.mark.parametrize(
    "odd",
    [
        None,
        7,
        "x = 1",
        [],
        {},
        {"cell_type": "code"},
        {"cell_type": "code", "source": None},
        {"cell_type": "code", "source": ["x", 1]},
        {"cell_type": "code", "source": "", "metadata": None},
        {"cell_type": "code", "source": "", "metadata": []},
        {"cell_type": "code", "source": "", "metadata": {"nbgrader": None}},
        {"cell_type": "code", "source": "", "metadata": {"nbgrader": {"grade_id": ["softmax"]}}},
        {"cell_type": "code", "source": "", "metadata": {"nbgrader": {"grade_id": "\ud800"}}},
        {"cell_type": ["code"], "source": "# x", "metadata": {}},
    ],
    ids=str,
)
def test_odd_cells_are_passed_over(read_cells, odd):
    assert read_cells([odd, *solved(SOFTMAX), odd]).repairs == ()


def test_lone_surrogates_become_question_marks(read_cells):
    submission = read_cells([cell("x = '\ud83d'"), *solved(SOFTMAX)])

    assert submission.cells[0].source == "x = '?'"


# Repairs

ONE_HOT = right("one_hot", SOFTMAX)


def answer_to(submission: Submission, exercise: str) -> list[str]:
    return list(submission.answers(exercise))


def test_changed_locked_cell_runs_as_we_gave_it(read_cells):
    submission = read_cells(solved(SOFTMAX, imports="import numpy as np\nimport torch"))

    assert "import torch" not in submission.cells[0].source
    assert any("«imports» was changed" in repair for repair in submission.repairs)


def test_lost_locked_cell_runs_before_all_others(read_cells):
    submission = read_cells(without(solved(SOFTMAX), "symbols"))

    assert submission.cells[0].name == "symbols"
    assert submission.repairs == ("the locked cell «symbols» was lost: ours was run",)


def test_lost_answer_is_told(read_cells):
    submission = read_cells(without(solved(SOFTMAX), "one_hot", "explain_convex_regions"))

    assert answer_to(submission, "one_hot") == []
    assert [repair for repair in submission.repairs if "was not found" in repair] == [
        "the answer cell «one_hot» was not found",
        "the answer cell «explain_convex_regions» was not found",
    ]


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


def test_enormous_cell_is_told_and_left_out(read_cells):
    cells = before(solved(SOFTMAX), "one_hot", "x = '" + "x" * MAX_CELL + "'")

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
    ids=repr,
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
    ids=repr,
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
    assert isinstance(look(line), set)


@pytest.mark.timeout(15)
def test_thousands_of_copies_do_not_make_the_reader_slow(read_cells):
    cells = released(SOFTMAX)
    stub = cells[place(cells, "one_hot")]

    submission = read_cells([*[stub] * (MAX_CELLS - 100), *solved(SOFTMAX)])

    assert answer_to(submission, "one_hot") == [ONE_HOT]


# Anything at all

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
IDS = st.sampled_from([one.grade_id for one in load_release(SOFTMAX).cells] + ["", "unknown"])
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "", None]),
        "source": st.one_of(
            st.sampled_from(["def softmax(Z): return Z", "%%time", "nll = 1", "\0", "\ud800"]),
            st.lists(st.text(max_size=10), max_size=3),
            JSON,
        ),
        "metadata": st.one_of(
            st.fixed_dictionaries({"nbgrader": st.fixed_dictionaries({"grade_id": IDS})}), JSON
        ),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(JSON, st.lists(st.one_of(CELLS, JSON), max_size=8).map(notebook)))
def test_any_json_is_read_or_refused(tmp_path, content):
    path = hand_in(tmp_path, json.dumps(content), assignment=SOFTMAX)
    try:
        submission = read(path)
    except UnreadableError as error:
        assert str(error).startswith(f"{path}: ")
    else:
        assert modes(submission).keys() >= GIVEN
        assert all(isinstance(one.source, str) for one in submission.cells)
