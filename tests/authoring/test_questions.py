"""Multiple choice: what a source may say, what students get of it, and that the key is not among it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring import load_release
from autograder.authoring.build import release_notebook
from autograder.authoring.cells import solved_cells
from autograder.authoring.source import SourceError, read_source
from autograder.release import Choice
from glm2mlp.catalogue import ASSIGNMENTS, COURSE
from glm2mlp.course import Assignment, Exercise

ASKING = Assignment(
    name="asking",
    title="Asking",
    imports=("numpy",),
    exercises=(Exercise("choose_slope", 1, "O1", ("S3",), kind="choice", choices=3),),
)

SOURCE = """\
# %% [markdown]
# Slopes.

# %% [markdown] exercise="choose_slope"
#
# ## 1 Where?
#
# Where is $\\sigma$ steepest?
#
# - [ ] Far to the right,
#   where it is flat.
#   > There it is
#   > flattest.
# - [x] At 0.
#   > Its slope is ¼ there.
#
# - [ ] Nowhere.
#   > That holds for a line.
"""
CHOOSING = [
    (name, exercise.name)
    for name, assignment in ASSIGNMENTS.items()
    for exercise in assignment.exercises
    if exercise.kind == "choice"
]


def read(tmp_path: Path, text: str = SOURCE):
    path = tmp_path / "asking.py"
    path.write_text(text, encoding="utf-8")
    return read_source(path, ASKING)


def source_of(name: str) -> str:
    return COURSE.path("hidden", name, "text.py").read_text(encoding="utf-8")


def test_question_is_read(tmp_path):
    question = read(tmp_path)[1].question

    assert question.prompt == "## 1 Where?\n\nWhere is $\\sigma$ steepest?"
    assert question.right == "B"
    assert question.choices == {
        "A": Choice("Far to the right,\nwhere it is flat.", "There it is flattest."),
        "B": Choice("At 0.", "Its slope is ¼ there."),
        "C": Choice("Nowhere.", "That holds for a line."),
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("- [x] At", "- [ ] At", 4, "0 right choices"),
        ("- [ ] Nowhere", "- [x] Nowhere", 4, "2 right choices"),
        ("- [ ] Nowhere", "- [X] Nowhere", 17, "cannot read this choice"),
        ("- [ ] Nowhere", "- [] Nowhere", 17, "cannot read this choice"),
        ("- [ ] Nowhere.", "- [ ] At 0.", 17, "the same choice again"),
        ("#   > That holds for a line.\n", "", 17, "without an explanation"),
        ("#   > That holds for a line.\n", "#   >\n", 17, "without an explanation"),
        ("#   > That holds", "# > That holds", 18, "belongs to no choice"),
        ("#   > flattest.", "#   flattest.", 13, "belongs to no choice"),
        ("#   > That", "# That", 18, "belongs to no choice"),
        ("# - [ ] Nowhere.\n#   > That holds for a line.\n", "", 4, "2 choices, assignment.toml says 3"),
        ("# ## 1 Where?\n#\n# Where is $\\sigma$ steepest?\n#\n", "", 4, "asks nothing"),
        (" [markdown] exercise", " exercise", 4, "is of kind 'choice' in assignment.toml"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path, old, new, line, says):
    assert SOURCE.count(old) == 1
    text = SOURCE.replace(old, new)
    if new.startswith(" exercise"):
        text = text[: text.index("#\n# ## 1")]

    with pytest.raises(SourceError) as error:
        read(tmp_path, text)

    _, _, message = str(error.value).partition(f"asking.py:{line}: ")
    assert says in message
    assert "; " in message, "no remedy"


@pytest.mark.parametrize("number", [2, 6])
def test_three_to_five_choices_are_a_question(tmp_path, number):
    exercise = Exercise("choose_slope", 1, "O1", ("S3",), kind="choice", choices=number)
    path = tmp_path / "asking.py"
    more = "".join(f"# - [ ] {i}\n#   > No.\n" for i in range(number))
    path.write_text(SOURCE[: SOURCE.index("# - [ ] Far")] + more.replace("[ ]", "[x]", 1))

    with pytest.raises(SourceError, match="give it 3 to 5"):
        read_source(path, Assignment("asking", "Asking", (), (exercise,)))


def with_text(folder: Path, assignment: Assignment, text: str) -> Assignment:
    """The assignment with another text, in a course that is ours otherwise."""
    path = folder / "hidden" / assignment.name / "text.py"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    course = replace(COURSE, folders=(folder, *COURSE.folders))
    return replace(assignment, course=course)


@pytest.fixture
def asking(tmp_path) -> Assignment:
    """An assignment that consists of SOURCE."""
    return with_text(tmp_path, ASKING, SOURCE)


def test_cells_that_students_get(asking):
    prompt, answer, check = load_release(asking).cells[4:7]

    assert (prompt.grade_id, prompt.role) == ("prose_choose_slope", "prose")
    assert prompt.source.endswith(
        "steepest?\n\n- **A.** Far to the right,\n  where it is flat.\n- **B.** At 0.\n"
        "- **C.** Nowhere.\n\n*`choose_slope` · 1 point*"
    )
    assert (answer.grade_id, answer.role) == ("choose_slope", "answer")
    assert answer.source == (
        'def choose_slope():\n    """Return the letter of your answer: "A", "B" or "C"."""\n'
        "    raise NotImplementedError()  # replace this line with your code"
    )
    assert (check.grade_id, check.source) == ("test_choose_slope", 'check("choose_slope")')


def test_solution_is_the_letter_with_its_reason(asking):
    answer = next(cell for cell in solved_cells(asking) if cell.grade_id == "choose_slope")

    exec(answer.source, names := {})

    assert names["choose_slope"]() == "B"
    assert "    # Its slope is ¼ there.\n" in answer.source


def with_another_key(text: str) -> str:
    """The source with another choice marked in each question, and with other explanations."""
    parts = []
    for part in re.split(r"(?m)^(?=# %%)", text):
        marks = re.findall(r"(?m)^# - \[([ x])\]", part)
        rotated = iter(marks[-1:] + marks[:-1])
        marked = re.sub(r"(?m)^# - \[[ x]\]", lambda _, r=rotated: f"# - [{next(r)}]", part)
        parts.append(re.sub(r"(?m)^#   >.*$", "#   > Something else.", marked))
    return "".join(parts)


@pytest.mark.parametrize("name", sorted({name for name, _ in CHOOSING}))
def test_release_tells_nothing_about_the_key(name, tmp_path, monkeypatch):
    before = load_release(ASSIGNMENTS[name])
    notebook = release_notebook(ASSIGNMENTS[name])
    other = with_text(tmp_path, ASSIGNMENTS[name], with_another_key(source_of(name)))

    after = load_release(other)

    assert all(after.questions[e].right != q.right for e, q in before.questions.items())
    assert after.cells == before.cells
    assert release_notebook(other) == notebook


@pytest.mark.parametrize(("name", "exercise"), CHOOSING)
def test_question_is_a_fair_one(name, exercise):
    question = load_release(ASSIGNMENTS[name]).questions[exercise]
    lengths = {
        letter: len(re.sub(r"\\[a-z]+|[${}_^]", "", choice.text))
        for letter, choice in question.choices.items()
    }
    wrong = [n for letter, n in lengths.items() if letter != question.right]
    assert lengths[question.right] <= 1.1 * max(wrong), "the right choice is the longest"
    assert lengths[question.right] >= 0.8 * min(wrong), "the right choice is the shortest"
    for choice in question.choices.values():
        assert len(choice.explanation) >= 40
        assert not re.search(r"\b(choice|answer|letter|option)s? [A-E]\b", choice.explanation)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_at_least_two_questions_an_assignment(name):
    assert len([exercise for where, exercise in CHOOSING if where == name]) >= 2


def test_the_right_letter_cannot_be_guessed_from_other_assignments():
    letters = [
        load_release(ASSIGNMENTS[name]).questions[exercise].right for name, exercise in CHOOSING
    ]
    often = [letters.count(letter) for letter in "ABCD"]
    assert max(often) - min(often) <= 1


def test_the_length_of_a_choice_says_nothing():
    ranks = []
    for name, exercise in CHOOSING:
        question = load_release(ASSIGNMENTS[name]).questions[exercise]
        right = len(question.choices[question.right].text)
        ranks.append(sum(len(choice.text) > right for choice in question.choices.values()))
    assert ranks.count(0) <= len(ranks) / 2, "the longest is right too often"
    assert len(set(ranks)) >= 3
