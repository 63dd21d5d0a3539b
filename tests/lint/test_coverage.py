"""The coverage page: everything of the lecture and the exam is practised, or it is said why not."""

import re

import pytest

from autograder.authoring.build import stale_notebooks
from autograder.authoring.coverage import NOWHERE, coverage_page, practising, unexplained
from autograder.authoring.lectures import explained, lecture_paths
from glm2mlp.catalogue import ASSIGNMENTS, COURSE, OBJECTIVES

EXERCISES = [exercise for each in ASSIGNMENTS.values() for exercise in each.exercises]
PAGE = coverage_page(COURSE)


def row(key: str, title: str) -> str:
    (line,) = (line for line in PAGE.splitlines() if line.startswith(f"| {key} | {title} |"))
    return line.split(" | ")[-1]


def test_page_is_up_to_date():
    assert "coverage.md" not in {path.name for path in stale_notebooks(COURSE)}


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_objective_is_practised(objective):
    assert practising(COURSE, lambda exercise: (exercise.objective,), objective)


@pytest.mark.parametrize("topic", COURSE.exam_topics)
def test_every_exam_topic_is_practised(topic):
    assert practising(COURSE, lambda exercise: exercise.exam, topic)
    assert NOWHERE not in row(topic, COURSE.exam_topics[topic])


@pytest.mark.parametrize("item", COURSE.items)
def test_every_item_is_practised_or_the_reason_is_told(item):
    practised = bool(practising(COURSE, lambda exercise: exercise.items, item))
    assert practised != (item in COURSE.unpractised)


def test_exercises_name_only_what_there_is():
    for exercise in EXERCISES:
        assert set(exercise.items) <= COURSE.items.keys(), exercise.name
        assert exercise.items, exercise.name
        assert set(exercise.exam) <= COURSE.exam_topics.keys(), exercise.name
        assert exercise.objective in OBJECTIVES, exercise.name


def test_what_is_to_be_read_again_explains_the_items():
    named = [exercise for exercise in EXERCISES if exercise.read_again]
    assert named
    for exercise in named:
        for item in exercise.items:
            assert exercise.read_again in [heading for _, heading in explained(COURSE)[item]]


def test_items_are_the_lectures_46_and_topics_the_exams_13():
    assert list(COURSE.items) == [f"S{number}" for number in range(1, 47)]
    assert list(COURSE.exam_topics) == [*map(str, range(1, 12)), "next 1", "next 2"]


def test_page_names_each_exercise_in_the_rows_of_what_it_practises():
    for exercise in EXERCISES:
        for item in exercise.items:
            assert f"`{exercise.name}`" in row(item, COURSE.items[item])
        for topic in exercise.exam:
            assert f"`{exercise.name}`" in row(topic, COURSE.exam_topics[topic])


def test_links_lead_to_notebooks():
    links = set(re.findall(r"\]\((.*?)[)#]", PAGE))
    docs = COURSE.path("docs")

    assert len(links) == len(ASSIGNMENTS) + len(lecture_paths(COURSE))
    assert all((docs / link).is_file() for link in links)


def test_everything_is_explained_in_a_lecture():
    """Holds once the list of pending lectures is empty."""
    assert unexplained(COURSE) == []
