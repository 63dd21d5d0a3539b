"""Whatever stands in the first cell, where students choose a seed, points are the same."""

import pytest
from engine_kit import cell, place, solved
from thinning import some

from glm2mlp.catalogue import ASSIGNMENTS

SEEDS = ("seed = 1", "seed = 20241127", "seed = 'mine'", "seed = seed + 1", "")


def with_seed(assignment: str, line: str) -> list:
    cells = solved(assignment)
    (first,) = (
        i
        for i, one in enumerate(cells[: place(cells, "checks")])
        if one["source"].startswith("seed")
    )
    return [*cells[:first], cell(line), *cells[first + 1 :]]


@pytest.mark.parametrize("assignment", some(ASSIGNMENTS))
def test_the_seed_has_no_influence_on_points(grade, assignment):
    reports = [grade(with_seed(assignment, line), assignment=assignment) for line in SEEDS]

    by_hand = sum(e.points for e in ASSIGNMENTS[assignment].exercises if e.kind == "written")
    full = ASSIGNMENTS[assignment].max_points - by_hand
    assert [report.points for report in reports] == [full] * len(SEEDS)
    assert not any(result.advice for report in reports for result in report.exercises.values())
