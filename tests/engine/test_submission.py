"""The reader: every bad file ends in one clear line, and what can be mended is mended and told."""

import json
import os

import pytest
from engine_kit import (
    LOGISTIC,
    SOFTMAX,
    before,
    cell,
    hand_in,
    modes,
    notebook,
    read,
    released,
    solved,
)
from hypothesis import given
from hypothesis import strategies as st

from autograder.authoring import load_release
from autograder.reading.notebook import MAX_CELLS, UnreadableError
from glm2mlp.catalogue import ASSIGNMENTS


def refusal(path) -> str:
    """What is said of an unreadable file: one line that begins with its path and names a remedy."""
    with pytest.raises(UnreadableError) as caught:
        read(path)
    text = str(caught.value)
    assert text.startswith(f"{path}: ")
    assert "\n" not in text
    return text.removeprefix(f"{path}: ")


ANSWERS = {one.grade_id for one in load_release(ASSIGNMENTS[SOFTMAX]).with_role("answer")}
GIVEN = {one.grade_id for one in load_release(ASSIGNMENTS[SOFTMAX]).with_role("given")}

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
    ours = dict.fromkeys(ANSWERS, "answer") | dict.fromkeys(GIVEN, "given")
    assert modes(submission) == ours | {"cell 3": "other"}  # the seed
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


def test_halves_of_a_character_are_joined(read_cells):
    submission = read_cells([cell(["# x\n", "x = '\ud83d", "\ude00'"]), *solved(SOFTMAX)])

    assert submission.cells[0].source == "# x\nx = '\U0001f600'"


# Anything at all

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
IDS = st.sampled_from(
    [one.grade_id for one in load_release(ASSIGNMENTS[SOFTMAX]).cells] + ["", "unknown"]
)
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


@given(st.one_of(JSON, st.lists(st.one_of(CELLS, JSON), max_size=8).map(notebook)))
def test_any_json_is_read_or_refused(tmp_path, content):
    path = hand_in(tmp_path, json.dumps(content), assignment=SOFTMAX)
    try:
        found, told = read(path), f"{path}: "
    except UnreadableError as error:
        found, told = None, str(error)

    assert told.startswith(f"{path}: ")
    assert found is None or modes(found).keys() >= GIVEN
