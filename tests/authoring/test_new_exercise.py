"""An author begins an exercise by a command; the build names each part that is forgotten or not filled in."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from author_kit import ROOT, autograder, begun, named
from thinning import slow

from autograder.authoring.parts import unfinished
from autograder.authoring.scaffold import ScaffoldError, scaffold
from glm2mlp.catalogue import COURSE

MSE, NAME = "mse_as_mle", "mean_absolute_error"
DECLARATION = f"assignments/{MSE}/assignment.toml"
PARTS = {
    DECLARATION,
    f"hidden/{MSE}/text.py",
    "solutions/linear_regression.py",
    f"glm2mlp/src/glm2mlp/checks/{MSE}.py",
    f"hidden/{MSE}/tests/test_{NAME}.py",
    f"hidden/{MSE}/wrong/{NAME}.py",
    f"tests/hidden_tests/correct_{MSE}.py",
    f"tests/hidden_tests/mistakes_{MSE}.py",
}
# How each part is filled in, by what stands there instead of the lines with TODOs.
FILLED = {
    DECLARATION: [("  # TODO", "")],
    "hidden/mse_as_mle/text.py": [("TODO: the idea.*", "Large errors count less here.")],
    "solutions/linear_regression.py": [
        (r"TODO: say what.*", "Compute the mean of |xᵢ| (S17)."),
        (r"x: TODO.*", "x: errors (N,)."),
        (r"TODO: shape and type.", "a number."),
        (r"return x  # TODO.*", "return np.mean(np.abs(x))"),
    ],
    "glm2mlp/src/glm2mlp/checks/mse_as_mle.py": [
        (
            r'student.mean_absolute_error\(np.ones\(3\)\), np.ones\(3\), "TODO.*"',
            'student.mean_absolute_error(np.ones(3)), 1.0, "Average."',
        ),
        (r"TODO: what must.*sentence that students read\.", "Errors of 1 have the mean 1."),
    ],
    f"hidden/{MSE}/tests/test_{NAME}.py": [
        (r"TODO: ask.*read\.", "Which mean do positive and negative errors have?"),
        ("  # TODO: inputs.*", ""),
    ],
    f"hidden/{MSE}/wrong/{NAME}.py": [
        ('"todo"', '"no-absolute-value"'),
        ("TODO: what the student.*", 'The errors cancel.",'),
        (
            "TODO: what a tutor.*",
            'What is the mean of the errors 1 and −1, and how far off were they?",',
        ),
        ("lambda x: -x,  # TODO.*", "lambda x: x.mean(),"),
    ],
    f"tests/hidden_tests/correct_{MSE}.py": [
        ("lambda x: x,  # TODO.*", "lambda x: np.mean(np.abs(x)),")
    ],
    f"tests/hidden_tests/mistakes_{MSE}.py": [("  # TODO: wrong.*", "")],
}


def fill_in(project: Path, part: str) -> None:
    path = project / part
    text = path.read_text()
    for pattern, filled in FILLED[part]:
        text, count = re.subn(pattern, filled, text)
        assert count, (part, pattern)
    path.write_text(text)


def test_this_project_lacks_nothing():
    assert unfinished(COURSE) == []


@slow
def test_author_begins_fills_in_and_builds(project):
    """The way of docs/author.md: begun, refused with all places named, filled in, built."""
    assert begun(autograder(project, "new-exercise", MSE, NAME)) == PARTS

    refused = autograder(project, "build", "--check")
    assert refused.returncode == 1
    assert named(refused) == PARTS

    for part in PARTS:
        fill_in(project, part)
    built = autograder(project, "build", "--notebooks")
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    assert f"def {NAME}(x)" in (project / f"assignments/{MSE}.ipynb").read_text()


FORGOTTEN = {
    f"hidden/{MSE}/text.py": "has no cell",
    "solutions/linear_regression.py": "has no function",
    f"glm2mlp/src/glm2mlp/checks/{MSE}.py": "has no visible check",
    f"hidden/{MSE}/tests/test_{NAME}.py": "has no hidden tests",
    f"hidden/{MSE}/wrong/{NAME}.py": "has no misconceptions",
    f"tests/hidden_tests/correct_{MSE}.py": "has no right answers",
    f"tests/hidden_tests/mistakes_{MSE}.py": "has no wrong answers",
    DECLARATION: "has no exercise",
}


@slow
def test_each_forgotten_part_is_named_with_its_file(project):
    before = {part: (project / part).read_text() for part in PARTS if (project / part).exists()}
    assert autograder(project, "new-exercise", MSE, NAME).returncode == 0
    for part in PARTS:
        fill_in(project, part)
    filled = {part: (project / part).read_text() for part in PARTS}
    assert FORGOTTEN.keys() == PARTS
    for part, problem in FORGOTTEN.items():
        if part in before:
            (project / part).write_text(before[part])
        else:
            (project / part).unlink()
        result = autograder(project, "build", "--check")
        (line, _) = result.stdout.splitlines()
        assert result.returncode == 1
        assert line.startswith(f"{part}: {problem}")
        assert f"«{NAME}»" in line
        (project / part).write_text(filled[part])


@pytest.mark.parametrize(
    ("assignment", "name", "says"),
    [
        ("nothing", "x", "there is no assignment «nothing».*; `autograder new-assignment nothing`"),
        (MSE, "Mean", "is no name"),
        (MSE, "../x", "is no name"),
        (MSE, "mse", "has an exercise «mse» already"),
        (MSE, "train", "has a function «train» already"),
    ],
)
def test_what_cannot_be_begun_changes_nothing(tmp_path, assignment, name, says):
    (tmp_path / "solutions").mkdir()
    shutil.copy(ROOT / "solutions/linear_regression.py", tmp_path / "solutions")
    with pytest.raises(ScaffoldError, match=says):
        scaffold(replace(COURSE, folders=(tmp_path, *COURSE.folders)), assignment, name, "function")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["linear_regression.py"]


@slow
@pytest.mark.parametrize("kind", ["choice", "written"])
def test_questions_are_begun_in_two_places(project, kind):
    parts = {DECLARATION, f"hidden/{MSE}/text.py"}
    assert begun(autograder(project, "new-exercise", MSE, "why_squares", "--kind", kind)) == parts
    assert named(autograder(project, "build", "--check")) == parts
