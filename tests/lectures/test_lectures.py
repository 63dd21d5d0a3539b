"""The lectures: they run, have what every lecture has, and give no solution away."""

import ast
import re

import pytest
from solution_lines import solution_lines, squeezed

from autograder.authoring.build import stale_notebooks
from autograder.authoring.lectures import (
    lecture_paths,
    read_lecture,
    reading_minutes,
)
from glm2mlp import quiz
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

EXERCISES = {
    exercise.name
    for assignment in ASSIGNMENTS.values()
    for exercise in assignment.exercises
    if exercise.kind == "function"
}


@pytest.fixture(params=lecture_paths(COURSE), ids=lambda path: path.stem)
def lecture(request):
    return read_lecture(request.param, COURSE)


def code_of(lecture) -> list[str]:
    return [cell.source for cell in lecture.cells if cell.cell_type == "code"]


def prose_of(lecture) -> str:
    return "\n\n".join(cell.source for cell in lecture.cells if cell.cell_type == "markdown")


def test_all_lectures_are_there():
    assert all(path.is_file() for path in lecture_paths(COURSE))


def test_notebooks_are_up_to_date():
    assert [path for path in stale_notebooks(COURSE) if path.parent.name == "lectures"] == []


def test_first_code_cell_imports(lecture):
    first = ast.parse(code_of(lecture)[0]).body
    assert all(isinstance(line, ast.Import | ast.ImportFrom) for line in first)


def test_reading_time_follows_from_words_and_code(lecture):
    assert f"about {reading_minutes(lecture)} minutes." in prose_of(lecture)


def test_no_exercise_is_defined(lecture):
    """A lecture takes these functions from SciPy."""
    defined = {
        node.name
        for cell in code_of(lecture)
        for node in ast.walk(ast.parse(cell))
        if isinstance(node, ast.FunctionDef)
    }
    assert defined & EXERCISES == set()


def test_no_line_of_a_solution(lecture):
    text = squeezed("\n".join(code_of(lecture)))
    shown = [(name, line) for name, line in solution_lines() if squeezed(line) in text]
    assert shown == []


def test_ends_with_quiz_and_exam_questions(lecture):
    assert f'quiz.show("{lecture.name}")' in "\n".join(code_of(lecture))
    prose = prose_of(lecture)
    answers = prose.count("<details><summary>Model answer</summary>\n\n")
    assert answers > 0
    assert len(re.findall(r"\[[^]]*\bmarks\b[^]]*\]", prose)) == answers
    # Without blank lines around it, the text within is no Markdown.
    opened = re.findall(r"<details>.*</summary>\n\n", prose)
    assert len(opened) == prose.count("<details") == prose.count("\n\n</details>")


def test_links_lead_to_lectures_and_assignments(lecture):
    links = set(re.findall(r"\]\(([^)#]*)", prose_of(lecture)))
    assert any(link.startswith("../assignments/") for link in links)
    for link in links:
        path = (lecture.path.parent / link).resolve()
        assert path.suffix in (".md", ".ipynb"), link
        assert path.stem in {*COURSE.lectures, *COURSE.names}, link


def test_quiz_asks_about_what_the_lecture_explains(lecture):
    explained = {item for cell in lecture.cells for item in cell.items}
    asked = {item for question in quiz.show(lecture.name).questions for item in question.items}
    assert asked <= explained
