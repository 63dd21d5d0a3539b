"""Writes the pages that the catalogue, the lectures and the packages determine. For authors."""

import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec

from autograder.authoring import load_release
from autograder.authoring.cells import assignments_directory, solved_cells
from autograder.authoring.lectures import Lecture
from autograder.authoring.source import read_source
from autograder.authoring.stubs import BEGIN, END
from glm2mlp.catalogue import ASSIGNMENTS, OBJECTIVES, Assignment

# What readers of a notebook or authors of one use; what has no place here is an inner affair.
MODULES = {
    "glm2mlp": {
        "data": "data sets",
        "figures": "pictures of models and training",
        "figures_regression": "pictures of regression",
        "lecture_figures": "the lectures' pictures",
        "interactive": "figures that readers move",
        "glm_table": "the table of generalized linear models",
        "quiz": "recap quizzes",
        "published": "the results that the course publishes",
        "derivation": "checked derivations",
        "derivation.notation": "how they are written",
        "checks.suite": "instant checks",
        "catalogue": "assignments and exercises",
        "lecture_items": "items of the lecture and topics of the exam",
    },
    "solutions": {
        "linear_regression": "lecture 2",
        "logistic_regression": "lecture 1",
        "softmax_regression": "lecture 3",
        "glm": "lecture 4",
        "multilayer_perceptron": "lectures 5 and 6",
        "training": "stochastic gradient descent",
        "features": "preparing features",
        "derivations": "derivations as exercises ask for them",
        "labs": "the course's published results",
    },
}
ABOUT = {
    "glm2mlp": """\
# The package glm2mlp

Notebooks of lectures and assignments use it: instant checks, checked derivations, figures and data. It
holds no solution of any exercise.
""",
    "solutions": """\
# Solutions

:::{warning}
This part is for instructors. It does not belong on a public page while the assignments are open.
:::

The reference, a pure NumPy package, and [model answers](model_answers.md) of what is answered in words.
""",
}
KINDS = {
    "function": "function",
    "derivation": "derivation",
    "formulas": "formulas",
    "choice": "multiple choice",
    "written": "in words",
}


def lectures_page(lectures: Iterable[Lecture]) -> str:
    """List the lectures."""
    names = (lecture.name for lecture in lectures)
    return "\n".join(
        (
            "# Lectures",
            "",
            "Read them in order. Every line of a derivation was checked by machine, every number comes from",
            "the code beside it, and each lecture ends with a quiz and questions of the exam.",
            "",
            *(f"- [{lecture.title}]({lecture.name}.md)" for lecture in lectures),
            "",
            _toctree(names, maxdepth=1),
        )
    )


def assignments_page() -> str:
    """List the assignments with what each asks for."""
    parts = [
        "# Assignments",
        "",
        "Each is a notebook. Download it, open it in JupyterLab, and go from top to bottom: the cell below",
        "each answer says at once what your code does. How to install what you need, and how to hand in,",
        "is told on the page [for students](students.md).",
        "",
    ]
    for assignment in ASSIGNMENTS.values():
        parts += [*_assignment(assignment), ""]
    return "\n".join(parts)


def _assignment(assignment: Assignment) -> Iterator[str]:
    anchor = assignment.name.replace("_", "-")
    objectives = dict.fromkeys(exercise.objective for exercise in assignment.exercises)
    hours = f"{assignment.minutes / 60:g}"
    yield from (f"({anchor})=", "", f"## {assignment.title}", "")
    yield (
        f'<a href="downloads/assignments/{assignment.name}.ipynb" download>Download the notebook</a> · '
        f"about {hours} hours · {assignment.max_points:g} points"
    )
    source = read_source(assignments_directory() / f"{assignment.name}.py", assignment)
    yield from ("", source[0].text, "")
    yield from (f"- {name}: {OBJECTIVES[name]}" for name in sorted(objectives))
    yield from ("", "| exercise | kind | lecture items | points |", "|:--|:--|:--|--:|")
    for exercise in assignment.exercises:
        yield (
            f"| `{exercise.name}` | {KINDS[exercise.kind]} | {', '.join(exercise.items)} "
            f"| {exercise.points:g} |"
        )


def api_page(package: str) -> dict[str, str]:
    """Make a page for each public module of `package`, and an index of them."""
    modules = {
        name: about for name, about in MODULES[package].items() if find_spec(f"{package}.{name}")
    }
    rows = (f"- [`{package}.{name}`]({name}.md): {about}" for name, about in modules.items())
    names = [f"{name} <{name}>" for name in modules]
    names += ["model_answers"] * (package == "solutions")
    pages = {"index": "\n".join((ABOUT[package], *rows, "", _toctree(names, maxdepth=1)))}
    for name in modules:
        title = f"{package}.{name}"
        pages[name] = f"# {title}\n\n```{{eval-rst}}\n.. automodule:: {title}\n```\n"
    return pages


def model_answers_page() -> str:
    """Write the answers of what is answered in words or by a letter. For instructors."""
    parts = ["# Model answers", ""]
    for name, assignment in ASSIGNMENTS.items():
        parts += [f"## {assignment.title}", ""]
        for cell in solved_cells(name):
            if cell.role == "written":
                answer = cell.source.split(BEGIN)[1].split("\n", 1)[1].split(END)[0]
                answer = answer.rsplit("\n", 1)[0]
                parts += [f"### `{cell.grade_id}`", "", answer, ""]
        for exercise, question in load_release(name).questions.items():
            prompt = re.sub(r"^#+ (.*)$", r"**\1**", question.prompt, flags=re.MULTILINE)
            parts += [f"### `{exercise}`", "", prompt, ""]
            for letter, choice in question.choices.items():
                mark = "**right**" if letter == question.right else "wrong"
                parts += [f"- **{letter}.** {choice.text} *({mark})*", f"  {choice.explanation}"]
            parts += [""]
    return "\n".join(parts)


def _toctree(names: Iterator[str] | list[str], maxdepth: int) -> str:
    return "\n".join((":::{toctree}", f":maxdepth: {maxdepth}", ":hidden:", "", *names, ":::", ""))
