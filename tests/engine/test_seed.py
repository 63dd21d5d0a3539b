"""The student's seed draws pictures; points do not depend on it, nor on its being there."""

from dataclasses import replace

import pytest
from engine_kit import SOFTMAX, cell, solved
from thinning import some

from autograder.authoring import load_release
from glm2mlp.catalogue import ASSIGNMENTS

SEED = load_release(ASSIGNMENTS["softmax_regression"]).with_role("seed")[0].source


def with_seed(assignment: str, *sources: str) -> list:
    """The solved notebook with these cells in the place of the seed's."""
    cells = solved(assignment)
    (place,) = [i for i, one in enumerate(cells) if one["source"] == SEED]
    return [*cells[:place], *map(cell, sources), *cells[place + 1 :]]


@pytest.mark.parametrize("assignment", some(ASSIGNMENTS))
def test_reports_are_equal_whatever_the_seed(assignment, grade):
    seeds = (["seed = 1"], ["seed = 20_251_031  # my birthday"], ["seed = 'mine'"], ["1 / 0"], [])
    reports = [grade(with_seed(assignment, *sources), assignment=assignment) for sources in seeds]

    assert len({report.key for report in reports}) == len(seeds)
    told = [
        replace(report, key="", keys={}, answers=(), seed=0, handed_in="") for report in reports
    ]
    assert told == [told[0]] * len(seeds)
    assert told[0].repairs == ()
    written = [e for e in ASSIGNMENTS[assignment].exercises if e.kind == "written"]
    assert told[0].points == told[0].max_points - sum(e.points for e in written)


def test_hidden_inputs_are_others_once_another_answer_is_handed_in(grade):
    """So what anybody learns of them, in whatever way, is of no use."""
    tells = "def softmax(Z):\n    raise ValueError(Z.sum())"
    answers = (tells, tells, tells + "  # once more")
    reports = [grade(solved(SOFTMAX, softmax=text), assignment=SOFTMAX) for text in answers]
    told = [[t.message for t in report.exercises["softmax"].tests] for report in reports]

    assert told[0] == told[1]
    assert told[0] != told[2]
    assert reports[0].seed == reports[1].seed != reports[2].seed
