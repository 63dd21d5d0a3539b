"""The sample class earns the same points by `autograder grade` and by `nbgrader autograde`."""

import shutil
import tomllib
from pathlib import Path

import pytest
from both_ways import grade_both_ways, submissions

from glm2mlp.catalogue import ASSIGNMENTS
from sample.make_class import make_class

TABLE = tomllib.loads((Path(__file__).parents[2] / "sample" / "expected.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def both(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample-both")
    course = shutil.copytree(built, folder / "course")
    make_class(course)
    return grade_both_ways(course, folder, *ASSIGNMENTS, fails=True)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_same_points_for_every_cell(both, assignment):
    scores = [
        {student: entry["scores"] for student, entry in submissions(course, assignment).items()}
        for course in both
    ]
    readable = [s for s, rows in TABLE.items() if rows[assignment].get("status") != "unreadable"]
    assert len(readable) >= 8
    for student in readable:
        assert scores[0][student] == scores[1][student], student


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_unreadable_submissions_have_no_points_either_way(both, assignment):
    unreadable = [s for s, rows in TABLE.items() if rows[assignment].get("status") == "unreadable"]
    assert unreadable
    for course in both:
        entries = submissions(course, assignment)
        for student in unreadable:
            scores = entries.get(student, {"scores": {}})["scores"].values()
            assert all(score.auto is None for score in scores), (student, scores)
