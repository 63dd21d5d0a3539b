"""Where the parts of assignments and exercises stand, and which are forgotten or not filled in. Trusted.

An exercise is declared in assignment.toml; everything else is looked for in the one place where it belongs.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from autograder.authoring.stubs import CODED
from glm2mlp.course import Assignment, Course

HIDDEN = Path("hidden")
TRIED = Path("tests/hidden_tests")
TODO = "TODO"


def declaration_of(assignment: str) -> Path:
    """Where an assignment and its exercises are declared."""
    return Path("assignments") / assignment / "assignment.toml"


def text_of(assignment: str) -> Path:
    """The text source of the notebook."""
    return HIDDEN / assignment / "text.py"


def references_of(assignment: Assignment) -> list[Path]:
    """The modules of the reference functions; new ones stand in the first."""
    return [Path("solutions") / f"{module}.py" for module in assignment.reference]


def checks_of(assignment: str) -> Path:
    """The module of the visible checks."""
    return Path("glm2mlp/src/glm2mlp/checks") / f"{assignment}.py"


def hidden_tests_of(assignment: str, exercise: str) -> Path:
    """The hidden tests."""
    return HIDDEN / assignment / "tests" / f"test_{exercise}.py"


def misconceptions_of(assignment: str, exercise: str) -> Path:
    """The misconceptions."""
    return HIDDEN / assignment / "wrong" / f"{exercise}.py"


def data_of(assignment: str) -> Path:
    """The inputs that the hidden tests of the exercises share."""
    return HIDDEN / assignment / "tests" / "data.py"


def right_answers_of(assignment: str) -> Path:
    """Right answers in several styles, on which the hidden tests are tried."""
    return TRIED / f"correct_{assignment}.py"


def wrong_answers_of(assignment: str) -> Path:
    """Wrong answers, on which the hidden tests are tried."""
    return TRIED / f"mistakes_{assignment}.py"


def shared_of(assignment: Assignment) -> dict[Path, str]:
    """The files that an assignment needs besides those of its exercises, with what each is for."""
    return {
        text_of(assignment.name): "the prose and the order of the cells",
        references_of(assignment)[0]: "the reference functions",
        checks_of(assignment.name): "the visible checks",
        data_of(assignment.name): "the inputs of the hidden tests, made by `batch(rng)`",
        right_answers_of(assignment.name): "right answers, CORRECT and NEARLY",
        wrong_answers_of(assignment.name): "wrong answers, MISTAKES",
    }


def unfinished(course: Course) -> list[str]:
    """A line for each part that is lacking or not filled in: the file, the problem, the remedy."""
    root = course.folders[0]
    if not (root / "solutions").is_dir():  # an installed package has nothing to forget
        return []
    assignments = course.assignments.values()
    for find in (_without_file, _undeclared):  # without these nothing else can be looked for
        if lines := [line for each in assignments for line in find(root, each)]:
            return lines
    return [
        *(line for each in assignments for line in _lacking(root, each)),
        *_not_filled_in(root, course),
    ]


def _without_file(root: Path, assignment: Assignment) -> Iterator[str]:
    for path, what in shared_of(assignment).items():
        if not (root / path).exists():
            yield f"{path}: is missing; the assignment «{assignment.name}» needs {what}"


def _lacking(root: Path, assignment: Assignment) -> Iterator[str]:
    tests = import_module(f"glm2mlp.checks.{assignment.name}").suite.tests
    if not assignment.exercises:
        remedy = f"begin one by `autograder new-exercise {assignment.name} NAME`"
        yield f"{declaration_of(assignment.name)}: has no exercises; {remedy}"
    for exercise in assignment.exercises:
        name, kind = exercise.name, exercise.kind
        text = text_of(assignment.name)
        if f'exercise="{name}"' not in _read(root / text):
            yield f'{text}: has no cell for «{name}»; add `# %% exercise="{name}"`, with prose before it'
        if kind not in CODED:
            continue
        references = references_of(assignment)
        if not any(_defines(root / path, name) for path in references):
            yield (
                f"{references[0]}: has no function «{name}»; write the reference there, with its docstring"
            )
        if not tests.get(name):
            remedy = f'add one by `@suite.of("{name}")`'
            yield f"{checks_of(assignment.name)}: has no visible check of «{name}»; {remedy}"
        yield from _lacking_trusted(root, assignment.name, name)
        if kind == "function":
            yield from _not_tried(root, assignment.name, name)


def _defines(path: Path, name: str) -> bool:
    return bool(re.search(rf"^def {name}\(", _read(path), re.MULTILINE))


def _lacking_trusted(root: Path, assignment: str, name: str) -> Iterator[str]:
    hidden = hidden_tests_of(assignment, name)
    if not re.search(r"^def test_", _read(root / hidden), re.MULTILINE):
        yield f"{hidden}: has no hidden tests of «{name}»; write them there"
    wrong = misconceptions_of(assignment, name)
    if "MISCONCEPTIONS" not in _read(root / wrong):
        yield f"{wrong}: has no misconceptions of «{name}»; write the tuple MISCONCEPTIONS there"


def _not_tried(root: Path, assignment: str, name: str) -> Iterator[str]:
    for path, what in (
        (right_answers_of(assignment), "right"),
        (wrong_answers_of(assignment), "wrong"),
    ):
        if not any(f'"{name}"' in text for text in _with_its_parts(root / path)):
            yield f"{path}: has no {what} answers to «{name}»; add them, the tests are tried on them"


def _with_its_parts(path: Path) -> Iterator[str]:
    """The text of a file of answers, and those of the files of its kind that it imports."""
    text, kind = _read(path), path.name.partition("_")[0]
    yield text
    for name in re.findall(rf"^from ({kind}_\w+) import", text, re.MULTILINE):
        yield _read(path.with_name(f"{name}.py"))


def _undeclared(root: Path, assignment: Assignment) -> Iterator[str]:
    """What is tested or checked and not declared."""
    name = assignment.name
    declared = {exercise.name for exercise in assignment.exercises}
    where = {
        path.stem.removeprefix("test_"): path.relative_to(root)
        for path in sorted((root / HIDDEN / name / "tests").glob("test_*.py"))
    }
    try:
        import_module(f"glm2mlp.checks.{name}")
    except KeyError as error:  # a suite takes no check of what it does not know
        where.setdefault(str(error.args[0]), checks_of(name))
    for exercise, path in where.items():
        if exercise not in declared:
            yield (
                f"{declaration_of(name)}: has no exercise «{exercise}», which {path} tests; "
                "declare it, or remove the tests"
            )


def _not_filled_in(root: Path, course: Course) -> Iterator[str]:
    paths = set[Path]()
    for name, assignment in course.assignments.items():
        paths |= {declaration_of(name), *shared_of(assignment), *references_of(assignment)}
        for exercise in assignment.exercises:
            paths.add(hidden_tests_of(name, exercise.name))
            paths.add(misconceptions_of(name, exercise.name))
    for path in sorted(paths):
        for number, line in enumerate(_read(root / path).splitlines(), 1):
            if TODO in line:
                yield f"{path}:{number}: is not filled in: {line.strip()}"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
