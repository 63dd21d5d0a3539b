"""An author begins a whole assignment by commands; the build names what it lacks."""

import re
import shutil
from dataclasses import replace

import pytest
from author_kit import ROOT, autograder, begun, named
from thinning import slow

from autograder.authoring.scaffold import ScaffoldError
from autograder.authoring.scaffold_assignment import scaffold_assignment
from glm2mlp.catalogue import COURSE

NAME = "shrinkage"
WITH_TODO = {
    f"assignments/{NAME}/assignment.toml",
    f"hidden/{NAME}/text.py",
    f"solutions/{NAME}.py",
    f"hidden/{NAME}/tests/data.py",
}
SHARED = WITH_TODO | {
    f"glm2mlp/src/glm2mlp/checks/{NAME}.py",
    f"tests/hidden_tests/correct_{NAME}.py",
    f"tests/hidden_tests/mistakes_{NAME}.py",
}


@slow
def test_author_begins_an_assignment_fills_in_and_builds(project):
    """The way of docs/author.md, with one exercise of each kind that is begun by the command."""
    assert begun(autograder(project, "new-assignment", NAME)) == SHARED | {"course.toml"}
    refused = autograder(project, "build", "--check")
    assert refused.returncode == 1
    assert f"assignment.toml: has no exercises; begin one by `autograder new-exercise {NAME}" in (
        refused.stdout
    )
    assert named(refused) == WITH_TODO

    parts = begun(autograder(project, "new-exercise", NAME, "soft_threshold"))
    for kind in ("choice", "written"):
        parts |= begun(autograder(project, "new-exercise", NAME, f"ask_{kind}", "--kind", kind))
    assert named(autograder(project, "build", "--check")) == WITH_TODO | parts

    for part in SHARED | parts:
        text = (project / part).read_text()
        # No two choices of a question may say the same.
        filled = re.sub("TODO", lambda match: f"Done {match.start()}", text)
        (project / part).write_text(filled)
    built = autograder(project, "build", "--notebooks")
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    notebook = (project / f"assignments/{NAME}.ipynb").read_text()
    for found in (f"from glm2mlp.checks.{NAME} import", "def soft_threshold(x)", "ask_written"):
        assert found in notebook
    assert f"(../assignments/{NAME}.ipynb): `soft_threshold`" in (
        project / "docs/coverage.md"
    ).read_text("utf-8")


def test_each_file_that_is_missing_is_named(project):
    begun(autograder(project, "new-assignment", NAME))
    for path in SHARED - {f"assignments/{NAME}/assignment.toml"}:
        text = (project / path).read_text()
        (project / path).unlink()
        result = autograder(project, "build", "--check")
        (line, _) = result.stdout.splitlines()
        assert result.returncode == 1
        assert line.startswith(f"{path}: is missing; the assignment «{NAME}» needs ")
        (project / path).write_text(text)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("mse_as_mle", "there is an assignment «mse_as_mle» already"),
        ("Shrinkage", "is no name"),
        ("../shrinkage", "is no name"),
        ("features", "solutions/features.py: is there already"),
    ],
)
def test_what_cannot_be_begun_changes_nothing(tmp_path, name, says):
    for path in ("solutions/features.py", "course.toml"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    with pytest.raises(ScaffoldError, match=says):
        scaffold_assignment(replace(COURSE, folders=(tmp_path,)), name)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
    assert (tmp_path / "course.toml").read_text() == (ROOT / "course.toml").read_text()
