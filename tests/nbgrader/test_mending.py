"""The notebook that formgrader shows: ours once each, the student's answers in them, and no scripts."""

import json
import shutil
from dataclasses import replace

import pytest
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import determine_grade
from notebooks import (
    MAX_POINTS,
    NAME,
    blank,
    cell_of,
    code_cell,
    copy_of,
    hand_in,
    position_of,
    solved,
)

from autograder import autograded, mending
from autograder.authoring import load_release
from autograder.autograded import (
    draft_autograded,
    mended_notebook,
    put_in_place,
    show_points,
    unanswered,
)
from autograder.grading.task import Graded, read_result, result_line
from autograder.reading.notebook import UnreadableError
from autograder.reading.submission import read_notebook
from autograder.report import ExerciseResult, Report, TestResult
from glm2mlp.catalogue import ASSIGNMENTS

FAILED = (TestResult("test_it", "failed"),)


def write_autograded(path, folder, results, cells, remarks):
    draft_autograded(path, folder, ASSIGNMENTS[results.assignment], results, cells, remarks)
    put_in_place(folder, NAME)


def mended(tmp_path, notebook):
    result = mended_notebook(hand_in(tmp_path, "alice", notebook), ASSIGNMENTS[NAME])
    MetadataValidator().validate_nb(result)
    return result


def show(notebook, results):
    show_points(notebook, results)
    return notebook


def sources(notebook):
    return [cell["source"] for cell in notebook["cells"]]


def test_honest_notebook_keeps_its_texts_in_their_order(tmp_path):
    notebook = solved()

    assert sources(mended(tmp_path, notebook)) == ["".join(s) for s in sources(notebook)]


def test_of_copies_the_last_answer_is_graded_and_the_other_stays_as_text(tmp_path):
    notebook = solved()
    at = position_of(notebook, "softmax")
    notebook["cells"].insert(at, copy_of(notebook["cells"][at]))
    notebook["cells"][at]["source"] = "def softmax(Z): ...  # my first try"

    result = mended(tmp_path, notebook)

    assert cell_of(result, "softmax").source == cell_of(solved(), "softmax")["source"]
    free = next(cell for cell in result.cells if "my first try" in cell.source)
    assert not free.metadata


def test_untouched_copy_of_the_stub_does_not_hide_the_answer(tmp_path):
    notebook = solved()
    notebook["cells"].append(copy_of(cell_of(blank(), "softmax")))

    result = mended(tmp_path, notebook)

    assert cell_of(result, "softmax").source == cell_of(solved(), "softmax")["source"]
    assert len(result.cells) == len(solved()["cells"])


def test_answer_in_a_cell_without_metadata_is_found_by_what_it_defines(tmp_path):
    notebook = solved()
    answer = cell_of(notebook, "softmax")
    notebook["cells"][position_of(notebook, "softmax")] = code_cell(answer["source"])

    result = mended(tmp_path, notebook)

    assert cell_of(result, "softmax").source == answer["source"]
    assert not unanswered(result, ASSIGNMENTS[NAME])


def test_note_that_names_a_function_is_no_answer(tmp_path):
    notebook = solved()
    cell_of(notebook, "softmax")["source"] = cell_of(blank(), "softmax")["source"]
    note = {**code_cell("softmax = exp / sum of exps, I think"), "cell_type": "markdown"}
    notebook["cells"].insert(position_of(notebook, "softmax"), note)

    result = mended(tmp_path, notebook)

    assert unanswered(result, ASSIGNMENTS[NAME]) >= {"softmax"}
    assert note["source"] in sources(result)


def test_two_answers_in_one_cell_leave_a_note_in_the_other_one(tmp_path):
    notebook = solved()
    first, second = cell_of(notebook, "softmax"), cell_of(notebook, "log_softmax")
    first["source"] = "".join(first["source"]) + "\n\n" + "".join(second["source"])
    second["source"] = cell_of(blank(), "log_softmax")["source"]

    result = mended(tmp_path, notebook)

    assert cell_of(result, "log_softmax").source == "# `log_softmax` is defined in another cell."


def test_answer_written_into_a_test_cell_is_shown_beside_the_test(tmp_path):
    notebook = solved()
    cell_of(notebook, "test_softmax")["source"] = cell_of(notebook, "softmax")["source"]
    cell_of(notebook, "softmax")["source"] = cell_of(blank(), "softmax")["source"]

    result = mended(tmp_path, notebook)

    assert cell_of(result, "softmax").source == cell_of(solved(), "softmax")["source"]
    assert cell_of(result, "test_softmax").source == 'check("softmax")'


def test_what_runs_in_a_locked_cell_is_shown_whatever_stands_in_the_answers_own(tmp_path):
    notebook = solved()
    hidden = "def softmax(Z):\n    return helper(Z)\n\n\nhelper = None"
    cell_of(notebook, "test_softmax")["source"] = hidden

    result = mended(tmp_path, notebook)

    assert cell_of(result, "softmax").source == cell_of(solved(), "softmax")["source"]
    assert cell_of(result, "test_softmax").source == 'check("softmax")'
    assert hidden in sources(result)


def test_lost_cells_come_back_in_their_places_and_changed_ones_as_released(tmp_path):
    notebook = solved()
    cell_of(notebook, "imports")["source"] = "import torch"
    lost = {"test_softmax", "explain_convex_regions", "symbols"}
    kept = [cell for cell in notebook["cells"] if cell["id"] not in lost]

    result = mended(tmp_path, {**notebook, "cells": kept})

    ours = [cell.id for cell in result.cells if "nbgrader" in cell.metadata]
    assert ours == [cell["id"] for cell in blank()["cells"] if "nbgrader" in cell["metadata"]]
    assert cell_of(result, "imports").source == "".join(cell_of(blank(), "imports")["source"])


def test_cells_are_known_by_their_ids_where_the_metadata_are_lost(tmp_path):
    notebook = solved()
    written = cell_of(notebook, "explain_convex_regions")
    written["source"] = "The logits are linear."
    for cell in notebook["cells"]:
        cell["metadata"] = {}

    result = mended(tmp_path, notebook)

    assert cell_of(result, "explain_convex_regions").source == "The logits are linear."
    assert len(result.cells) == len(notebook["cells"])


def test_metadata_outputs_and_raw_cells_cannot_carry_a_script(tmp_path):
    script = "<script>alert(1)</script>"
    html = {"output_type": "display_data", "data": {"text/html": script}, "metadata": {}}
    notebook = solved()
    notebook["metadata"] = {
        "title": script,
        "kernelspec": {"name": "bogus", "display_name": script},
    }
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = [script]
        if cell["cell_type"] == "code":
            cell["outputs"] = [html]
    raw = {
        "cell_type": "raw",
        "id": "r",
        "source": script,
        "metadata": {"raw_mimetype": "text/html"},
    }
    pasted = {
        "cell_type": "markdown",
        "id": "m",
        "metadata": {},
        "source": "![](a.png)",
        "attachments": {
            "a.png": {"image/png": "iVBORw0K", "text/html": script},
            "b.svg": {"image/svg+xml": script},
            "\ud800.png": {"image/png": "iVBORw0K"},
        },
    }
    notebook["cells"] += [raw, pasted]

    *cells, shown_raw, shown_pasted = mended(tmp_path, notebook).cells

    assert not any(script in str(cell) for cell in cells)
    assert (shown_raw.cell_type, shown_raw.source) == ("code", script)
    assert shown_pasted.attachments == {"a.png": {"image/png": "iVBORw0K"}}


def test_stub_with_other_white_space_is_unanswered(tmp_path):
    notebook = blank()
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]) + " \n"

    result = mended(tmp_path, notebook)

    assert unanswered(result, ASSIGNMENTS[NAME]) == {
        cell["id"]
        for cell in blank()["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }


def test_notebook_of_another_assignment_is_refused(tmp_path):
    notebook = {**blank(), "cells": [code_cell("def logit(p):\n    return p")]}

    with pytest.raises(UnreadableError, match="logistic_regression"):
        mended_notebook(hand_in(tmp_path, "alice", notebook), ASSIGNMENTS[NAME])


def report(**results):
    return Report("alice", NAME, "graded", 0.0, MAX_POINTS, exercises=results)


@pytest.mark.parametrize("points", [0.0, 1.0, 3 * 2 / 7, 3.0])
def test_nbgrader_reads_the_points_back_exactly(tmp_path, points):
    notebook = mended(tmp_path, solved())

    show_points(notebook, report(softmax=ExerciseResult(points, 3.0, "failed")))

    assert determine_grade(cell_of(notebook, "test_softmax")) == (points, 3.0)


def test_points_that_are_pending_are_never_read_as_full(tmp_path):
    notebook = mended(tmp_path, solved())

    show_points(notebook, report(softmax=ExerciseResult(None, 3.0, "harness")))

    tests = [cell for cell in notebook.cells if cell.id.startswith("test_")]
    assert [determine_grade(cell)[0] for cell in tests] == [0] * len(tests)


def test_cells_that_come_with_the_result_give_the_notebook_of_the_file_byte_for_byte(tmp_path):
    notebook = solved()
    cells = notebook["cells"]
    first, second = cell_of(notebook, "softmax"), cell_of(notebook, "log_softmax")
    first["source"] = "".join(first["source"]) + "\n\n" + "".join(second["source"])
    second["source"] = cell_of(blank(), "log_softmax")["source"]
    cell_of(notebook, "explain_convex_regions").update(
        source="Straight – “ü”\u2028", attachments={"a.png": {"image/png": "iVBORw0K"}}
    )
    del cells[position_of(notebook, "test_nll")]
    cells += [copy_of(second), {**code_cell("<b>\udcff"), "cell_type": "raw"}]
    path = hand_in(tmp_path, "alice", notebook)
    results = report(softmax=ExerciseResult(2.0, 3.0, "failed", FAILED, hint="1 < 2"))

    release = load_release(ASSIGNMENTS[NAME])
    line = result_line(
        Graded(results, 0.1, mended=mending.mended(read_notebook(path, release), release))
    )
    write_autograded(path, tmp_path / "came_along", results, read_result(line).mended, [])

    write_autograded(path, tmp_path / "read", results, None, [])
    shown = show(mended_notebook(path, ASSIGNMENTS[NAME]), results)
    texts = [(tmp_path / name / f"{NAME}.ipynb").read_text() for name in ("came_along", "read")]
    assert texts == [json.dumps(shown, ensure_ascii=False, sort_keys=True) + "\n"] * 2


def test_hint_is_shown_and_cannot_carry_html(tmp_path):
    notebook = mended(tmp_path, solved())
    result = ExerciseResult(
        2.0, 3.0, "failed", FAILED, hint="rows <b>sum</b> to 1", advice=("x & y",)
    )

    show_points(notebook, report(softmax=result))

    (output,) = cell_of(notebook, "test_softmax").outputs
    assert output.data["text/html"] == (
        "<p>2 of 3 points</p>\n<p>rows &lt;b&gt;sum&lt;/b&gt; to 1</p>\n<p>x &amp; y</p>"
    )


def test_hint_that_is_not_disclosed_is_not_shown(tmp_path):
    notebook = mended(tmp_path, solved())
    secret = tuple(replace(test, disclosure="never") for test in FAILED)

    show_points(notebook, report(softmax=ExerciseResult(2.0, 3.0, "failed", secret, hint="secret")))

    (output,) = cell_of(notebook, "test_softmax").outputs
    assert output.data["text/html"] == "<p>2 of 3 points</p>"


def test_autograded_notebook_can_be_read_by_other_users_and_changed_by_none(tmp_path):
    write_autograded(
        hand_in(tmp_path, "alice", solved()), tmp_path / "autograded", report(), None, []
    )

    assert (tmp_path / "autograded" / f"{NAME}.ipynb").stat().st_mode & 0o777 == 0o444


def test_pictures_come_along_and_links_and_programs_do_not(tmp_path):
    path = hand_in(tmp_path, "alice", solved(), "2026-11-20 10:00:00 UTC")
    secret = tmp_path / "secret.png"
    secret.write_text("secret")
    (path.parent / "photo.jpg").write_bytes(b"picture")
    (path.parent / "link.png").symlink_to(secret)
    (path.parent / "numpy.py").write_text("raise SystemExit")
    (path.parent / "submission_secret.txt").write_text(
        "of the exchange"
    )  # release_feedback asks for it

    for _ in range(2):  # the second time over what is there
        write_autograded(path, tmp_path / "autograded", report(), None, [])

    assert sorted(path.name for path in (tmp_path / "autograded").iterdir()) == [
        "photo.jpg",
        f"{NAME}.ipynb",
        "submission_secret.txt",
        "timestamp.txt",
    ]


def test_pictures_are_bounded_and_one_that_cannot_be_copied_stops_nothing(tmp_path, monkeypatch):
    path = hand_in(tmp_path, "alice", solved())
    monkeypatch.setattr(autograded, "MAX_BESIDE", 10)
    for name, size in [("a.png", 6), ("b.png", 6)]:
        (path.parent / name).write_bytes(bytes(size))
    (tmp_path / "autograded").mkdir()
    remarks = []

    write_autograded(path, tmp_path / "autograded", report(), None, remarks)

    copied = {each.name for each in (tmp_path / "autograded").glob("*.png")}
    assert copied in ({"a.png"}, {"b.png"})
    assert len(remarks) == 1
    assert str(path.parent) in remarks[0]


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ("a.png/b.png", "a.png"),
        ("a.png", "a.png/b.png"),
        ("c.png", f".{NAME}.ipynb.part/c.png"),  # a folder where the notebook is drafted
    ],
)
def test_names_of_pictures_stop_no_gradebook(tmp_path, earlier, now):
    for name in (earlier, now):
        path = hand_in(tmp_path, "alice", solved())
        picture = path.parent / name
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(b"picture")
        write_autograded(path, tmp_path / "autograded", report(), None, [])
        shutil.rmtree(path.parent)

    assert (tmp_path / "autograded" / f"{NAME}.ipynb").is_file()


def test_files_of_a_submission_are_looked_at_within_bounds(tmp_path, monkeypatch):
    path = hand_in(tmp_path, "alice", solved())
    monkeypatch.setattr(autograded, "MAX_FILES", 3)
    for number in range(5):
        (path.parent / f"{number}.png").write_bytes(b"picture")
    remarks = []

    write_autograded(path, tmp_path / "autograded", report(), None, remarks)

    assert len(list((tmp_path / "autograded").glob("*.png"))) <= 3
    assert len(remarks) == 1
