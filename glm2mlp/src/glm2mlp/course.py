"""A course: what it consists of, read once from its files. Student side, public.

`course.toml` names the course and the order of its assignments; `assignments/NAME/assignment.toml` declares
the exercises of one. Notebooks, checks, hidden tests, gradebook, feedback and site all read names, points,
objectives and items from the objects that are made here.
"""

import importlib
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, TypeVar, get_args

Kind = Literal["function", "derivation", "formulas", "choice", "written"]
Value = TypeVar("Value")

# A multiple-choice question offers the first few of them.
LETTERS = "ABCDE"
# What people write around the letter of their choice.
AROUND_LETTERS = " \t\r\n()[]{}.,:;*$'\""


class CourseError(Exception):
    """A file of a course cannot be used; the text names the file, the key and the remedy."""


class NoCourseError(CourseError):
    """A folder is in no course."""


@dataclass(frozen=True)
class Exercise:
    """One thing that a student writes.

    `name` is also the `grade_id` of the answer cell; `items` are the lecture's items (keys of the course's
    `items`), `exam` the exam topics that it practises; `rubric` gives the criteria of a written answer with
    the points of each; `choices` says how many a multiple-choice question has. `read_again` is the heading of
    a lecture under which the items are explained as they are needed here, if they are under several.
    """

    name: str
    points: float
    objective: str
    items: tuple[str, ...]
    kind: Kind = "function"
    exam: tuple[str, ...] = ()
    rubric: tuple[tuple[str, float], ...] = ()
    choices: int = 4
    read_again: str = ""

    @property
    def symbolic(self) -> bool:
        """Whether the answer is made of formulas, in the symbols of a locked cell."""
        return self.kind in ("derivation", "formulas")

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of a multiple-choice question."""
        return tuple(LETTERS[: self.choices])


def chosen_letter(value: object) -> str:
    """The letter that an answer to a multiple-choice question gives, as people write it: "d", "(D)", "D."."""
    return value.strip(AROUND_LETTERS).upper() if type(value) is str else ""


@dataclass(frozen=True)
class Assignment:
    """One notebook.

    `imports` are the libraries that its answers may import, beside Python's own; `reference` are the modules
    that hold the reference functions.
    """

    name: str
    title: str
    imports: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    reference: tuple[str, ...] = ()
    course: "Course" = field(default=None, repr=False)  # type: ignore[assignment]

    @property
    def max_points(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def importable(self) -> tuple[str, ...]:
        """The libraries that grading lets answers import: SymPy too where some answer is symbolic."""
        symbolic = any(exercise.symbolic for exercise in self.exercises)
        return (*self.imports, "sympy") if symbolic else self.imports

    def exercise(self, name: str) -> Exercise:
        """The exercise called `name`; raises KeyError if this assignment has none."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(name)


@dataclass(frozen=True, eq=False)
class Course:
    """A course, as its `course.toml` says, with the folders in which its modules are looked for.

    Modules are called by their place there: "assignments.NAME.checks". Two courses whose files have equal
    names live in one process, since each has a package of its own that holds its modules.
    """

    id: str
    title: str
    folders: tuple[Path, ...]
    objectives: Mapping[str, str]
    items: Mapping[str, str]
    unpractised: Mapping[str, str]  # items that no exercise practises, with the reason
    exam_topics: Mapping[str, str]
    lectures: tuple[str, ...]
    names: tuple[str, ...]
    importable: tuple[
        str, ...
    ] = ()  # folders whose modules everybody may import by their plain names

    @cached_property
    def assignments(self) -> dict[str, Assignment]:
        """The assignments by name, in the order in which students do them. Raises CourseError."""
        return {name: read_assignment(self, name) for name in self.names}

    @property
    def public_files(self) -> dict[str, Path]:
        """What declares the course, by its place there: no text, no answer, no test."""
        names = ["course.toml", *(f"assignments/{name}/assignment.toml" for name in self.names)]
        return {name: self.path(name) for name in names}

    def load(self, module: str) -> ModuleType:
        """Import a module of the course. Raises ModuleNotFoundError."""
        if module.partition(".")[0] in self.importable:
            return importlib.import_module(module)
        package = f"_course_{self.id}"
        if package not in sys.modules:
            sys.modules[package] = ModuleType(package)
            sys.modules[package].__path__ = list(map(str, self.folders))
        return importlib.import_module(f"{package}.{module}")

    def path(self, *parts: str) -> Path:
        """A file or folder of the course; if it does not exist, where it would belong."""
        places = [folder.joinpath(*parts) for folder in self.folders]
        return next((path for path in places if path.exists()), places[-1])


def find_course(start: Path) -> Path:
    """The nearest folder with a course.toml: `start` or one above it. Raises NoCourseError."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / "course.toml").is_file():
            return folder
    raise NoCourseError(
        f"{start}: is in no course: neither here nor in a folder above is there a course.toml; "
        "go to the folder of your course"
    )


@cache
def read_course(folder: Path, *more: Path) -> Course:
    """Read the course of a folder, once; `more` folders hold what does not lie there. Raises CourseError."""
    with _table(folder / "course.toml") as table:
        return Course(
            id=table.text("id"),
            title=table.text("title"),
            folders=(folder, *more),
            objectives=table.descriptions("objectives"),
            items=table.descriptions("items"),
            unpractised=table.descriptions("unpractised"),
            exam_topics=table.descriptions("exam_topics"),
            lectures=table.texts("lectures"),
            names=table.texts("assignments"),
            importable=table.texts("importable", ()),
        )


def read_assignment(course: Course, name: str) -> Assignment:
    """Read the declaration of an assignment. Raises CourseError."""
    with _table(course.path("assignments", name, "assignment.toml")) as table:
        exercises = [
            _exercise(course, exercise, inner) for exercise, inner in table.tables("exercises")
        ]
        return Assignment(
            name=name,
            title=table.text("title"),
            imports=table.texts("imports"),
            exercises=tuple(exercises),
            reference=table.texts("reference", (name,)),
            course=course,
        )


def _exercise(course: Course, name: str, table: "_Table") -> Exercise:
    if not name.isidentifier():
        raise table.error(name, "is no name of a function; use letters, digits and _")
    rubric = []
    for entry in table.get("rubric", list, []):
        match entry:
            case [str(criterion), int(points) | float(points)]:
                rubric.append((criterion, points))
            case _:
                raise table.error("rubric", 'holds pairs: ["what earns the points", 1]')
    kind = table.one_of("kind", get_args(Kind), "function")
    return Exercise(
        name=name,
        points=table.number("points"),
        objective=table.one_of("objective", tuple(course.objectives)),
        items=table.keys("items", course.items, "items"),
        kind=kind,  # type: ignore[arg-type]
        exam=table.keys("exam", course.exam_topics, "exam_topics"),
        rubric=tuple(rubric),
        choices=table.get("choices", int, 4),
        read_again=table.text("read_again", ""),
    )


@contextmanager
def _table(path: Path) -> Iterator["_Table"]:
    """The table of a file; what nobody asked for when the block ends is a mistake."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CourseError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise CourseError(f"{path}: is no TOML: {error}") from None
    table = _Table(path, values)
    yield table
    table.refuse_unknown()


class _Table:
    """A table of a TOML file: hands out each key once, with its type checked."""

    def __init__(self, path: Path, values: dict[str, Any], place: str = "") -> None:
        self._path, self._values, self._place = path, values, place
        self._known: set[str] = set()
        self._inner: list[_Table] = []

    def error(self, key: str, problem: str) -> CourseError:
        """What is wrong with a key."""
        return CourseError(f"{self._path}: {self._place}{key}: {problem}")

    def get(self, key: str, kind: type[Value], default: Value | None = None) -> Value:
        """The value of a key; without a default it has to be there."""
        self._known.add(key)
        if key not in self._values:
            if default is None:
                raise self.error(key, f"is missing; add `{key} = …`")
            return default
        value = self._values[key]
        if type(value) is not kind:
            raise self.error(key, f"is {value!r}; it has to be {_NAMES[kind]}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text, which is not empty."""
        text = self.get(key, str, default)
        if not text and default is None:
            raise self.error(key, "is empty")
        return text

    def number(self, key: str) -> float:
        """A number from zero on."""
        number: float = self.get(key, float if type(self._values.get(key)) is float else int)
        if number < 0:
            raise self.error(key, f"is {number}; it cannot be negative")
        return number

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts, each once."""
        found = self.get(key, list, None if default is None else list(default))
        if not all(type(each) is str for each in found) or len(set(found)) < len(found):
            raise self.error(key, f"is {found!r}; it has to be a list of texts, each once")
        return tuple(found)

    def keys(self, key: str, known: Mapping[str, str], where: str) -> tuple[str, ...]:
        """A list of keys of a table of course.toml."""
        found = self.texts(key, ())
        for each in found:
            if each not in known:
                raise self.error(key, f"has {each!r}, which is not in [{where}] of course.toml")
        return found

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of a few texts."""
        text = self.text(key, default)
        if text not in allowed:
            raise self.error(key, f"is {text!r}; it has to be one of {', '.join(allowed)}")
        return text

    def descriptions(self, key: str) -> dict[str, str]:
        """A table of texts."""
        found = self.get(key, dict, {})
        for name, text in found.items():
            if type(text) is not str:
                raise self.error(f"{key}.{name}", f"is {text!r}; it has to be a text")
        return found

    def tables(self, key: str) -> Iterator[tuple[str, "_Table"]]:
        """The tables in a table, by name."""
        for name, values in self.get(key, dict, {}).items():
            if type(values) is not dict:
                raise self.error(f"{key}.{name}", "has to be a table")
            inner = _Table(self._path, values, f"{self._place}{key}.{name}: ")
            self._inner.append(inner)
            yield name, inner

    def refuse_unknown(self) -> None:
        """Raise CourseError if a key is there that means nothing."""
        for key in self._values.keys() - self._known:
            close = get_close_matches(key, self._known, 1)
            remedy = (
                f"did you mean `{close[0]}`?"
                if close
                else f"known are {', '.join(sorted(self._known))}"
            )
            raise self.error(key, f"means nothing here; {remedy}")
        for inner in self._inner:
            inner.refuse_unknown()


_NAMES = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "a table"}
