"""Writes the page that says where each item and each exam topic is explained and practised. Trusted side."""

import re
from collections.abc import Callable, Iterator, Mapping

from autograder.authoring.lectures import Lecture, explained
from glm2mlp.course import Course, Exercise

NOWHERE = "**not practised yet**"
UNEXPLAINED = "**not explained yet**"


def coverage_page(course: Course) -> str:
    """Write docs/coverage.md from the declarations of exercises and the lectures' tags."""
    return "\n".join(
        (
            "# What is covered",
            "",
            "Where each item of the lecture and each topic of the exam is explained and practised; the "
            "number before a heading is that of the lecture.",
            "",
            "## The lecture's objectives",
            "",
            *_table(course, "objective", course.objectives, lambda exercise: (exercise.objective,)),
            "",
            "## The lecture, item by item",
            "",
            "Left out of the exercises, and why:",
            "",
            *(
                f"- {item}, {course.items[item]}: {reason}."
                for item, reason in course.unpractised.items()
            ),
            "",
            *_table(course, "item", course.items, lambda exercise: exercise.items),
            "",
            "## The exam's topics",
            "",
            "1 to 11 are the exam of this course, «next» the part of the next lecture's that the multilayer "
            "perceptron needs.",
            "",
            *_table(course, "topic", course.exam_topics, lambda exercise: exercise.exam),
            "",
            "This page is written by `autograder build --notebooks` from the lectures' tags and the "
            "declarations of exercises.",
            "",
        )
    )


def unexplained(course: Course) -> list[str]:
    """The items and topics that no lecture explains."""
    return [key for key, places in explained(course).items() if not places]


def practising(
    course: Course, covers: Callable[[Exercise], tuple[str, ...]], key: str
) -> dict[str, list[str]]:
    """The exercises that cover `key`, by assignment."""
    found = {
        name: [exercise.name for exercise in assignment.exercises if key in covers(exercise)]
        for name, assignment in course.assignments.items()
    }
    return {name: exercises for name, exercises in found.items() if exercises}


def _table(
    course: Course,
    head: str,
    titles: Mapping[str, str],
    covers: Callable[[Exercise], tuple[str, ...]],
) -> Iterator[str]:
    places = explained(course)
    tagged = places.keys() >= titles.keys()  # objectives are not: every lecture names its own
    yield f"| {head} | what it is |{' explained in |' * tagged} practised in |"
    yield "|:--|:--|:--|" + ":--|" * tagged
    for key, title in titles.items():
        lectures = [
            f"[{_label(lecture, heading)}](../lectures/{lecture.path.name}#{_anchor(heading)})"
            for lecture, heading in places.get(key, ())
        ]
        where = f" {', '.join(lectures) or UNEXPLAINED} |" * tagged
        parts = [
            f"[{course.assignments[name].title}](../assignments/{name}.ipynb): "
            + ", ".join(f"`{exercise}`" for exercise in exercises)
            for name, exercises in practising(course, covers, key).items()
        ]
        nowhere = "–" if key in course.unpractised else NOWHERE
        yield f"| {key} | {title} |{where} {'; '.join(parts) or nowhere} |"


def _label(lecture: Lecture, heading: str) -> str:
    return heading if heading == lecture.title else f"{lecture.title[0]}: {heading}"


def _anchor(heading: str) -> str:
    """The anchor that GitHub and the site give to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
