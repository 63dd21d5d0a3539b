"""`autograder grade` and `nbgrader autograde`, each from the command line, come to the same points.

One class is graded both ways, once; the tests look at what came of it.
"""

import csv
import json
import shutil
from html import escape

import pytest
from both_ways import autograded, grade_both_ways, gradebook, run, submissions
from notebooks import (
    BY_MACHINE,
    NAME,
    UNSTABLE_SOFTMAX,
    blank,
    cell_of,
    code_cell,
    copy_of,
    hand_in,
    position_of,
    solved,
)
from thinning import slow

from autograder.authoring import load_release
from autograder.report import read_report
from glm2mlp.catalogue import ASSIGNMENTS

SCRIPT = "<script>alert(1)</script>"
NOISY_SOFTMAX = """\
def softmax(Z):
    np.log(np.zeros(1))
    print("here", np.exp(1e9))
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)
"""


def hand_in_class(course):
    hand_in(course, "perfect", solved(), "2026-11-20 10:00:00 UTC")
    hand_in(course, "blank", blank())

    notebook = solved()
    cell_of(notebook, "softmax")["source"] = UNSTABLE_SOFTMAX
    cell_of(notebook, "explain_convex_regions")["source"] = "The logits are linear."
    hand_in(course, "unstable", notebook)

    notebook = solved()
    cell_of(notebook, "softmax")["source"] = NOISY_SOFTMAX
    notebook["metadata"]["kernelspec"] = {"name": "bogus", "display_name": "Bogus"}
    hand_in(course, "noisy", notebook)

    notebook = solved()
    at = position_of(notebook, "softmax")
    notebook["cells"].insert(at + 1, copy_of(notebook["cells"][at]))
    hand_in(course, "copied", notebook)

    notebook = solved()
    at = position_of(notebook, "softmax")
    cells = notebook["cells"]
    cells[at : at + 2] = [code_cell(cells[at]["source"])]  # its own cell and its test are lost
    cell_of(notebook, "nll")["metadata"]["nbgrader"]["schema_version"] = 99
    hand_in(course, "lost_cells", notebook)

    notebook = solved()
    html = {"output_type": "execute_result", "data": {"text/html": SCRIPT, "text/plain": "3"}}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{**html, "metadata": {}, "execution_count": 1}]
    cell_of(notebook, "softmax")["source"] = UNSTABLE_SOFTMAX
    cell_of(notebook, "explain_convex_regions")["source"] = f"Mine {SCRIPT}"
    cell_of(notebook, "seed")["source"] = "seed = 31415"
    cell_of(notebook, "choose_shift")["source"] = "def choose_shift():\n    return 'A'"
    hand_in(course, "scripted", notebook)

    hand_in(course, "empty", {**blank(), "cells": []})


@pytest.fixture(scope="module")
def both(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("both")
    course = shutil.copytree(built, folder / "course")
    hand_in_class(course)
    return grade_both_ways(course, folder, NAME, failing=[NAME])


@pytest.fixture(scope="module")
def page(both):
    """nbgrader's feedback for who handed in a script."""
    run(both.in_bulk, "nbgrader", "generate_feedback", NAME, "--student", "scripted")
    path = both.in_bulk / "feedback" / "scripted" / NAME / f"{NAME}.html"
    return path.read_text(encoding="utf-8")


def test_points_comments_and_times_are_equal(both):
    in_bulk = submissions(both.in_bulk, NAME)

    assert len(in_bulk) == 8
    assert submissions(both.by_nbgrader, NAME) == in_bulk


def test_notebooks_that_formgrader_shows_are_equal(both):
    in_bulk = autograded(both.in_bulk)

    assert len(in_bulk) == 7
    assert autograded(both.by_nbgrader) == in_bulk


def test_points_are_those_of_the_reports(both):
    for student, submission in submissions(both.by_nbgrader, NAME).items():
        report = read_report(both.by_nbgrader / "reports" / NAME / f"{student}.json")
        for name, result in report.exercises.items():
            if result.outcome != "manual":
                assert submission["scores"][f"test_{name}"].auto == result.points


@pytest.mark.parametrize("student", ["perfect", "noisy", "copied", "lost_cells"])
def test_right_answers_earn_everything(both, student):
    assert submissions(both.by_nbgrader, NAME)[student]["score"] == BY_MACHINE


def test_partly_right_answer_earns_a_part(both):
    score = submissions(both.by_nbgrader, NAME)["unstable"]["scores"]["test_softmax"]

    assert 0 < score.auto < score.max


def test_written_answers_wait_for_a_person_unless_untouched(both):
    known = submissions(both.by_nbgrader, NAME)

    assert known["unstable"]["scores"]["explain_convex_regions"] == (None, None, True, 2.0)
    assert known["blank"]["scores"]["explain_convex_regions"] == (0.0, None, False, 2.0)
    assert known["blank"]["score"] == 0.0


def test_unreadable_submission_has_no_scores_and_its_report_says_why(both):
    empty = submissions(both.by_nbgrader, NAME)["empty"]

    assert {score.auto for score in empty["scores"].values()} == {None}
    report = read_report(both.by_nbgrader / "reports" / NAME / "empty.json")
    assert "no cells" in report.error


def test_no_hidden_test_is_in_what_nbgrader_keeps(both):
    hidden = (
        read_report(both.in_bulk / "reports" / NAME / "perfect.json").exercises["softmax"].tests
    )

    texts = [json.dumps(notebook) for notebook in autograded(both.by_nbgrader).values()]

    assert hidden
    assert not [test.name for test in hidden for text in texts if test.name in text]


def test_feedback_shows_points_and_hint_and_no_script(both, page):
    result = read_report(both.in_bulk / "reports" / NAME / "scripted.json").exercises["softmax"]
    assert f"<p>{result.points:.4g} of 3 points</p>" in page
    assert escape(result.hint, quote=False) in page
    assert f"Mine {escape(SCRIPT)}" in page
    assert SCRIPT not in page


def test_feedback_explains_the_wrong_choice_and_no_other(both, page):
    choices = load_release(ASSIGNMENTS[NAME]).questions["choose_shift"].choices

    told = [letter for letter, choice in choices.items() if escape(choice.explanation) in page]
    assert told == ["A"]
    scores = submissions(both.in_bulk, NAME)["scripted"]["scores"]
    assert scores["test_choose_shift"].auto == 0


def test_seed_of_the_student_is_shown(both):
    for course in both:
        notebook = autograded(course)[f"scripted/{NAME}/{NAME}.ipynb"]
        assert [cell.source for cell in notebook.cells if cell.source.startswith("seed")] == [
            "seed = 31415"
        ]


@slow
def test_export_has_the_points(both):
    course = both.by_nbgrader

    run(course, "nbgrader", "export", "--to", "points.csv")

    with (course / "points.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == NAME]
    exported = {row["student_id"]: float(row["score"]) for row in rows}
    assert exported == {name: s["score"] for name, s in submissions(course, NAME).items()}
    assert exported["perfect"] == BY_MACHINE


@slow
def test_points_given_by_hand_stay_when_nbgrader_grades_again(both):
    course = both.by_nbgrader
    with gradebook(course) as book:
        book.find_grade("explain_convex_regions", NAME, NAME, "unstable").manual_score = 1.5
        book.find_grade("test_softmax", NAME, NAME, "unstable").manual_score = 2.75
        book.db.commit()
    hand_in(course, "unstable", solved())

    run(course, "nbgrader", "autograde", NAME, "--force", "--student", "unstable")

    scores = submissions(course, NAME)["unstable"]["scores"]
    assert scores["test_softmax"] == (3.0, 2.75, True, 3.0)
    assert scores["explain_convex_regions"].manual == 1.5


@slow
def test_validate_knows_a_solved_notebook_from_a_blank_one(both):
    place = f"submitted/{{}}/{NAME}/{NAME}.ipynb"

    solved, blank = (place.format(student) for student in ("perfect", "blank"))
    said = run(both.by_nbgrader, "nbgrader", "validate", solved, blank)

    assert said.index("Success!") < said.index("VALIDATION FAILED")
