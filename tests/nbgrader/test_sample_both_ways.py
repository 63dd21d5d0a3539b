"""The sample class earns the same points by `autograder grade` and by `nbgrader autograde`.

Not the whole of it: nbgrader takes half a second for each of its submissions. Of every assignment there are
some for which the two ways could differ: fractions of points, exercises with lent functions, notebooks
that nbgrader alone would refuse or mistake (cells without metadata or ids, copied ids, answers elsewhere),
and files that are no notebook. For the rest the ways are the same: what is written into answer cells does
not meet nbgrader.
"""

import shutil

import pytest
from both_ways import grade_both_ways, submissions
from thinning import slow

from glm2mlp.catalogue import ASSIGNMENTS
from sample.expectations import TABLE
from sample.make_class import make_class

pytestmark = slow
SAMPLED = {
    "logistic_regression": ("s06_fatma", "s08_hana", "s09_ivan", "s10_jana", "s21_tereza"),
    "softmax_regression": ("s07_goran", "s08_hana", "s09_ivan", "s13_lena"),
    "mse_as_mle": ("s07_goran", "s09_ivan", "s10_jana", "s13_lena"),
    "generalized_linear_models": ("s05_emil", "s08_hana", "s13_lena", "s23_viktor"),
    "multilayer_perceptron": ("s04_dana", "s06_fatma", "s09_ivan", "s10_jana"),
    "what_went_wrong": ("s07_goran", "s13_lena"),
    "regularization": ("s06_fatma", "s09_ivan"),
}


@pytest.fixture(scope="module")
def both(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample-both")
    course = shutil.copytree(built, folder / "course")
    make_class(course)
    for path in (course / "submitted").glob("*/*"):
        if path.parent.name not in SAMPLED[path.name]:
            path.unlink() if path.is_symlink() else shutil.rmtree(path)
    failing = [a for a in SAMPLED if unreadable(a)]
    return grade_both_ways(course, folder, *SAMPLED, failing=failing)


def unreadable(assignment):
    return [s for s in SAMPLED[assignment] if TABLE[s][assignment].get("status") == "unreadable"]


def test_every_assignment_is_sampled():
    assert list(SAMPLED) == list(ASSIGNMENTS)


@pytest.mark.parametrize("assignment", SAMPLED)
def test_same_points_for_every_cell(both, assignment):
    in_bulk, by_nbgrader = (submissions(course, assignment) for course in both)
    for student in set(SAMPLED[assignment]) - set(unreadable(assignment)):
        assert in_bulk[student]["scores"] == by_nbgrader[student]["scores"], student
        assert any(score.auto is not None for score in in_bulk[student]["scores"].values())


@pytest.mark.parametrize("assignment", SAMPLED)
def test_unreadable_submissions_have_no_points_either_way(both, assignment):
    for course in both:
        entries = submissions(course, assignment)
        for student in unreadable(assignment):
            scores = entries.get(student, {"scores": {}})["scores"].values()
            assert all(score.auto is None for score in scores), (student, scores)
