"""The coverage page: everything of the lecture and the exam is practised, or it is said why not."""

import re

import pytest

from autograder.authoring.build import stale_notebooks
from autograder.authoring.cells import assignments_directory
from autograder.authoring.coverage import NOWHERE, coverage_page, practising, unexplained
from autograder.authoring.lectures import explained, lecture_paths
from glm2mlp.catalogue import ASSIGNMENTS, OBJECTIVES
from glm2mlp.lecture_items import EXAM_TOPICS, ITEMS, UNPRACTISED

EXERCISES = [exercise for each in ASSIGNMENTS.values() for exercise in each.exercises]
PAGE = coverage_page()


def row(key: str, title: str) -> str:
    (line,) = (line for line in PAGE.splitlines() if line.startswith(f"| {key} | {title} |"))
    return line.split(" | ")[-1]


def test_page_is_up_to_date():
    assert "coverage.md" not in {path.name for path in stale_notebooks()}


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_objective_is_practised(objective):
    assert practising(lambda exercise: (exercise.objective,), objective)


@pytest.mark.parametrize("topic", EXAM_TOPICS)
def test_every_exam_topic_is_practised(topic):
    assert practising(lambda exercise: exercise.exam, topic)
    assert NOWHERE not in row(topic, EXAM_TOPICS[topic])


@pytest.mark.parametrize("item", ITEMS)
def test_every_item_is_practised_or_the_reason_is_told(item):
    practised = bool(practising(lambda exercise: exercise.items, item))
    assert practised != (item in UNPRACTISED)


def test_exercises_name_only_what_there_is():
    for exercise in EXERCISES:
        assert set(exercise.items) <= ITEMS.keys(), exercise.name
        assert exercise.items, exercise.name
        assert set(exercise.exam) <= EXAM_TOPICS.keys(), exercise.name
        assert exercise.objective in OBJECTIVES, exercise.name


def test_what_is_to_be_read_again_explains_the_items():
    named = [exercise for exercise in EXERCISES if exercise.read_again]
    assert named
    for exercise in named:
        for item in exercise.items:
            assert exercise.read_again in [heading for _, heading in explained()[item]]


def test_items_are_the_lectures_46_and_topics_the_exams_13():
    assert list(ITEMS) == [f"S{number}" for number in range(1, 47)]
    assert list(EXAM_TOPICS) == [*map(str, range(1, 12)), "next 1", "next 2"]


def test_page_names_each_exercise_in_the_rows_of_what_it_practises():
    for exercise in EXERCISES:
        for item in exercise.items:
            assert f"`{exercise.name}`" in row(item, ITEMS[item])
        for topic in exercise.exam:
            assert f"`{exercise.name}`" in row(topic, EXAM_TOPICS[topic])


def test_links_lead_to_notebooks():
    links = set(re.findall(r"\]\((.*?)[)#]", PAGE))
    docs = assignments_directory().parent / "docs"

    assert len(links) == len(ASSIGNMENTS) + len(lecture_paths())
    assert all((docs / link).is_file() for link in links)


def test_everything_is_explained_in_a_lecture():
    """Holds once the list of pending lectures is empty."""
    assert unexplained() == []
