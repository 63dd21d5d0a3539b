"""Writes the pages that the declarations, the lectures and the packages determine. For authors."""

import inspect
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules

import glm2mlp.derivations
import solutions
from autograder.authoring import load_release
from autograder.authoring.cells import about, minutes, solved_cells
from autograder.authoring.lectures import Lecture
from autograder.authoring.source import read_source
from autograder.authoring.stubs import BEGIN, END
from glm2mlp.catalogue import ASSIGNMENTS, COURSE, OBJECTIVES
from glm2mlp.course import Assignment
from glm2mlp.derivation import Derivation
from glm2mlp.derivation.latex import latex


def _reference() -> list[str]:
    """The modules of the reference: first those of the assignments, in their order."""
    first = [assignment.reference[0] for assignment in ASSIGNMENTS.values()]
    return list(
        dict.fromkeys((*first, *(module.name for module in iter_modules(solutions.__path__))))
    )


def _about(module: str) -> str:
    """What the first line of a module's docstring says."""
    return str(import_module(module).__doc__).split("\n", 1)[0].rstrip(".")


# A page for each module of a package's own folder, and for what notebooks import from its subfolders
# (tests/lectures/test_site_pages.py); what has none is how these are made.
MODULES = {
    "glm2mlp": {
        "data": "data sets",
        "figures": "pictures of models and training",
        "figures_regression": "pictures of regression",
        "figures_glm": "pictures of three models side by side",
        "figures_network": "pictures of networks",
        "figures_trainings": "pictures of trainings side by side",
        "lecture_figures": "the lectures' pictures",
        "interactive": "figures that readers move",
        "interactive.widgets": "the same with a running kernel",
        "trainings": "trainings that succeed or fail, and what can be measured of them",
        "glm_table": "the table of generalized linear models",
        "quiz": "recap quizzes",
        "published": "the results that the course publishes",
        "derivation": "checked derivations",
        "derivation.notation": "how they are written",
        "derivation_tasks": "what derivation exercises ask for",
        "formulas": "answers that are formulas",
        "checks": "instant checks",
        "checks.suite": "how they are run",
        "check_notebook": "the same from a terminal",
        **{f"checks.{name}": f"those of «{a.title}»" for name, a in ASSIGNMENTS.items()},
        "course": "how a course is declared: assignments, exercises, items",
        "catalogue": "the course of this package",
    },
    "solutions": {name: _about(f"solutions.{name}") for name in _reference()},
}
ABOUT = {
    "glm2mlp": """\
# The package glm2mlp

Notebooks of lectures and assignments use it: instant checks, checked derivations, figures and data. It
holds no solution of any exercise. The [derivations](derivations.md) of the lectures have a page of their own.
""",
    "solutions": """\
# Solutions

:::{warning}
This part is for instructors. It does not belong on a public page while the assignments are open.
:::

The reference, a pure NumPy package, and [model answers](model_answers.md) of what is answered in words.
""",
}
BREAKABLE = "_\u200b"  # a long name in the menu may be broken after it
KINDS = {
    "function": "function",
    "derivation": "derivation",
    "formulas": "formulas",
    "choice": "multiple choice",
    "written": "in words",
}


def lectures_page(lectures: Sequence[Lecture]) -> str:
    """List the lectures, each with its first paragraph, how long it takes and where it is practised."""
    parts = [
        "# Lectures",
        "",
        "Read them in order. Every line of a derivation was checked by machine, every number comes from",
        "the code beside it, and each lecture ends with a quiz and questions of the exam.",
        "",
    ]
    for lecture in lectures:
        _, first, *others = lecture.cells[0].source.split("\n\n")
        (time,) = (part for part in others if part.startswith("**Reading time**"))
        parts += [f"## [{lecture.title}]({lecture.name}.md)", "", first, "", time, ""]
    return "\n".join((*parts, _toctree([lecture.name for lecture in lectures], maxdepth=1)))


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
    time = about(minutes(assignment))
    yield from (f"({anchor})=", "", f"## {assignment.title}", "")
    yield (
        f'<a href="downloads/assignments/{assignment.name}.ipynb" download>Download the notebook</a> · '
        f"{time} · {assignment.max_points:g} points"
    )
    source = read_source(COURSE.path("hidden", assignment.name, "text.py"), assignment)
    yield from ("", source[0].text, "")
    yield from (f"- {OBJECTIVES[name]}" for name in sorted(objectives))
    yield from ("", "| exercise | kind | points |", "|:--|:--|--:|")
    for exercise in assignment.exercises:
        yield f"| `{exercise.name}` | {KINDS[exercise.kind]} | {exercise.points:g} |"


def api_pages() -> dict[str, str]:
    """Make a page for each module that notebooks or authors use, one of all derivations, and an index."""
    pages = {name: _module(f"glm2mlp.{name}") for name in MODULES["glm2mlp"]}
    return _indexed("glm2mlp", pages, {"derivations": derivations_page()})


def solutions_pages() -> dict[str, str]:
    """Make a page for each module of the reference with its source, the model answers, and an index."""
    pages = {}
    for name in MODULES["solutions"]:
        module = import_module(f"solutions.{name}")
        pages[name] = f"{_module(module.__name__)}\n## Source\n\n{_code(inspect.getsource(module))}"
    return _indexed("solutions", pages, {"model_answers": model_answers_page()})


def derivations_page() -> str:
    """State what each derivation of the lectures derives, and how it was checked."""
    parts = [
        "# glm2mlp.derivations",
        "",
        "Each is derived in a lecture, line by line. A derivation with a line that does not follow cannot be",
        "built; it was tried [how many wrong ones are refused](../about/derivations.md). To show one in a",
        "notebook, import it: `from glm2mlp.derivations.logistic_regression import SIGMOID_DERIVATIVE`.",
        "",
    ]
    modules = [
        import_module(f"glm2mlp.derivations.{found.name}")
        for found in iter_modules(glm2mlp.derivations.__path__)
    ]
    for module in sorted(modules, key=lambda module: str(module.__doc__)):
        lecture, about = str(module.__doc__).partition(" Student side.")[0].split(": ", 1)
        parts += [f"## {lecture}", "", f"`{module.__name__}`: {about}", ""]
        for name, derivation in vars(module).items():
            if isinstance(derivation, Derivation):
                first, *_, last = (latex(line.term) for line in derivation.lines)
                parts += [f"### `{name}`", "", f"$${first} = {last}$$", "", derivation.checked, ""]
    return "\n".join(parts)


def _indexed(package: str, modules: dict[str, str], others: dict[str, str]) -> dict[str, str]:
    rows = (
        f"- [`{package}.{name}`]({name}.md): {about}" for name, about in MODULES[package].items()
    )
    names = [f"{name.replace('_', BREAKABLE)} <{name}>" for name in (*modules, *others)]
    index = "\n".join((ABOUT[package], *rows, "", _toctree(names, maxdepth=1)))
    return {"index": index, **modules, **others}


def _module(name: str) -> str:
    return f"# {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n```\n"


def _code(source: str) -> str:
    return f"````python\n{source}````\n"


def model_answers_page() -> str:
    """Write the answers of what is answered in words or by a letter. For instructors."""
    parts = ["# Model answers", ""]
    for assignment in ASSIGNMENTS.values():
        parts += [f"## {assignment.title}", ""]
        for cell in solved_cells(assignment):
            if cell.role == "written":
                answer = cell.source.split(BEGIN)[1].split("\n", 1)[1].split(END)[0]
                answer = answer.rsplit("\n", 1)[0]
                parts += [f"### `{cell.grade_id}`", "", answer, ""]
        for exercise, question in load_release(assignment).questions.items():
            prompt = re.sub(r"^#+ (.*)$", r"**\1**", question.prompt, flags=re.MULTILINE)
            parts += [f"### `{exercise}`", "", prompt, ""]
            for letter, choice in question.choices.items():
                mark = "**right**" if letter == question.right else "wrong"
                parts += [f"- **{letter}.** {choice.text} *({mark})*", f"  {choice.explanation}"]
            parts += [""]
    return "\n".join(parts)


def _toctree(names: list[str], maxdepth: int) -> str:
    return "\n".join((":::{toctree}", f":maxdepth: {maxdepth}", ":hidden:", "", *names, ":::", ""))
