"""A course is read once from its files; every mistake names the file, the key and the remedy."""

import pytest

from glm2mlp.catalogue import COURSE
from glm2mlp.course import CourseError, NoCourseError, find_course, read_course

TOML = """
id = "trees"
title = "Trees"
lectures = []
assignments = ["splits"]

[objectives]
O1 = "Find a split."

[items]
S1 = "Impurity"

[exam_topics]
1 = "Splitting"
"""
ASSIGNMENT = """
title = "Splits"
imports = ["numpy"]

[exercises.entropy]
points = 2
objective = "O1"
items = ["S1"]

[exercises.explain]
kind = "written"
points = 1.5
objective = "O1"
items = ["S1"]
exam = ["1"]
rubric = [["Says why.", 1.5]]
"""


def course(folder, toml=TOML, assignment=ASSIGNMENT):
    """The course of these two files."""
    (folder / "assignments" / "splits").mkdir(parents=True)
    (folder / "course.toml").write_text(toml)
    (folder / "assignments" / "splits" / "assignment.toml").write_text(assignment)
    return read_course(folder)


def test_exercises_keep_the_order_of_the_file(tmp_path):
    splits = course(tmp_path).assignments["splits"]

    assert [exercise.name for exercise in splits.exercises] == ["entropy", "explain"]
    assert splits.max_points == 3.5
    assert splits.reference == ("splits",)
    assert splits.exercise("explain").rubric == (("Says why.", 1.5),)
    assert splits.exercise("entropy").kind == "function"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "trees"', "", "course.toml: id: is missing; add `id = …`"),
        ('id = "trees"', "id = 1", "course.toml: id: is 1; it has to be a text"),
        ('id = "trees"', 'id = ""', "course.toml: id: is empty"),
        ('title = "Trees"', 'titel = "Trees"', "course.toml: title: is missing"),
        ("lectures = []", "lectures = [1]", "it has to be a list of texts, each once"),
        ('["splits"]', '["splits", "splits"]', "it has to be a list of texts, each once"),
        ('O1 = "Find a split."', "O1 = 1", "course.toml: objectives.O1: is 1; it has to be a text"),
        ("[items]", "[item]", "course.toml: item: means nothing here; did you mean `items`?"),
        ('title = "Trees"', 'title = "Trees"\ncolour = 1', "colour: means nothing here; known are"),
        ('id = "trees"', 'id = "trees', "course.toml: is no TOML: "),
    ],
)
def test_a_mistake_in_the_course_is_told(tmp_path, old, new, says):
    with pytest.raises(CourseError) as told:
        course(tmp_path, TOML.replace(old, new))

    assert says in str(told.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("points = 2\n", "", "exercises.entropy: points: is missing; add `points = …`"),
        (
            "points = 2\n",
            "points = -1\n",
            "exercises.entropy: points: is -1; it cannot be negative",
        ),
        ("points = 2\n", 'points = "2"\n', "points: is '2'; it has to be a number"),
        (
            "points = 2\n",
            "pointz = 2\npoints = 2\n",
            "pointz: means nothing here; did you mean `points`?",
        ),
        (
            '"O1"\nitems = ["S1"]\n\n',
            '"O2"\nitems = ["S1"]\n\n',
            "objective: is 'O2'; it has to be one of O1",
        ),
        (
            'exam = ["1"]',
            'exam = ["2"]',
            "exam: has '2', which is not in [exam_topics] of course.toml",
        ),
        ('kind = "written"', 'kind = "essay"', "kind: is 'essay'; it has to be one of function,"),
        (
            '[["Says why.", 1.5]]',
            '["Says why."]',
            'rubric: holds pairs: ["what earns the points", 1]',
        ),
        ("[exercises.entropy]", '[exercises."x y"]', "x y: is no name of a function"),
        ('imports = ["numpy"]', 'imports = "numpy"', "imports: is 'numpy'; it has to be a list"),
    ],
)
def test_a_mistake_in_an_assignment_is_told(tmp_path, old, new, says):
    assert old in ASSIGNMENT
    read = course(tmp_path, assignment=ASSIGNMENT.replace(old, new))

    with pytest.raises(CourseError) as told:
        _ = read.assignments

    assert str(told.value).startswith(f"{tmp_path / 'assignments/splits/assignment.toml'}: ")
    assert says in str(told.value)


def test_an_assignment_that_is_not_there_is_told(tmp_path):
    (tmp_path / "course.toml").write_text(TOML)

    with pytest.raises(CourseError, match=r"assignment\.toml: cannot be read: No such file"):
        _ = read_course(tmp_path).assignments


def test_a_folder_in_no_course_is_told(tmp_path):
    with pytest.raises(NoCourseError, match="is in no course: neither here nor in a folder above"):
        find_course(tmp_path)


def test_public_files_declare_and_nothing_more():
    assert set(COURSE.public_files) == {
        "course.toml",
        *(f"assignments/{name}/assignment.toml" for name in COURSE.names),
    }
    assert all(path.is_file() for path in COURSE.public_files.values())
