"""The site for instructors holds what the students' must not. Run by `run`, after `make site INSTRUCTOR=1`.

It also shows that the check of the students' site would find a solution, for it looks in the same way.
"""

import check_site
import pytest
from check_site import content, found_in
from solution_lines import solution_lines

from autograder.authoring import load_release
from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS

SITE = check_site.ROOT / "build" / "site-instructor"


@pytest.fixture(scope="module")
def contents() -> dict[str, str]:
    """What each page of the solutions says."""
    pages = sorted((SITE / "solutions").glob("*.html"))
    return {path.name: content(path) for path in pages}


def test_the_source_of_every_solution_is_shown(contents):
    lines = solution_lines()
    assert len(lines) > 20
    assert [(name, line) for name, line in lines if not found_in(contents, line)] == []


def test_model_answers_are_shown(contents):
    page = {"model_answers.html": contents["model_answers.html"]}
    for name in ASSIGNMENTS:
        for exercise, question in load_release(ASSIGNMENTS[name]).questions.items():
            for choice in question.choices.values():
                assert (
                    f"({'right' if choice is question.choices[question.right] else 'wrong'})"
                    in (page["model_answers.html"])
                ), exercise
        for cell in solved_cells(ASSIGNMENTS[name]):
            if cell.role == "written":
                assert cell.grade_id in page["model_answers.html"]


def test_every_link_leads_somewhere():
    pages = {path: check_site.Links(path) for path in sorted(SITE.rglob("*.html"))}
    check_site.test_every_link_leads_somewhere(pages)
    check_site.test_nothing_comes_from_elsewhere(pages)
