"""The result of grading one submission: plain data that everything else is made of. Trusted side."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from autograder.files import write_atomically
from autograder.outcomes import Outcome, printable

Status = Literal["graded", "unreadable", "review"]
ROUNDING = 1e-9  # points that differ by less are the same, added up in another way
ExerciseOutcome = Outcome | Literal["manual"]
# Text that is kept as it is when a report is read; all other text loses what a terminal would obey.
Verbatim = Annotated[str, "verbatim"]
# When students may read of a hidden test; `autograder.disclosure` says what.
Disclosure = Literal["public", "hint only", "after the deadline", "never"]


class UnreadableReportError(ValueError):
    """What was read is no report; the text, one line, names the key that is wrong."""

    def __init__(self, text: str) -> None:
        super().__init__(_in_a_line(text))


def _in_a_line(text: str) -> str:
    return printable(text).replace("\n", "�")


@dataclass(frozen=True)
class TestResult:
    """How one hidden test ended. `message` is for instructors: it may quote the student's code.

    `sentence` is the test's own, its docstring; students may read it as `disclosure` says.
    """

    __test__ = False  # not a pytest class

    name: str
    outcome: Outcome
    message: str = ""
    weight: float = 1.0
    sentence: str = ""
    disclosure: Disclosure = "hint only"


@dataclass(frozen=True)
class PublicCheck:
    """How one of the notebook's own checks ended: its sentence is ours, the rest is the worker's word."""

    sentence: str
    status: Literal["passed", "failed", "not checked"]
    call: str = ""
    expected: str = ""
    got: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Plot:
    """Numbers to draw, of public inputs: what came beside what is right; None is no finite number.

    `kind` is `curve` (over `x`), `sums` (of rows, each should be 1) or `entries` (of an array, `labels` name
    them). `call` is the call as one types it, which is another one than that of the failing check.
    """

    kind: Literal["curve", "sums", "entries"]
    got: tuple[float | None, ...]
    expected: tuple[float, ...]
    x: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    call: str = ""


@dataclass(frozen=True)
class Evidence:
    """What a failing answer does on public inputs, which students have in their notebooks."""

    checks: tuple[PublicCheck, ...] = ()
    plot: Plot | None = None


@dataclass(frozen=True)
class ExerciseResult:
    """The result of one exercise. `points` is None while a human has to look at it."""

    points: float | None
    max_points: float
    outcome: ExerciseOutcome
    tests: tuple[TestResult, ...] = ()
    hint: str | None = None
    misconception: str | None = None
    advice: tuple[str, ...] = ()
    carried_forward: bool = False
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Report:
    """The result of one submission.

    `status` is `graded`, `review` (a person should look at it: `error` says why) or `unreadable` (`error`
    says what is wrong with the file, and what to do). `points` counts what is graded so far; it is None for
    an unreadable submission.

    `key` is that of the whole, `keys` are those of the results of its exercises. `alone` are the outcomes
    without borrowed functions, where they are others. `kept` says why points stand that a later grading would
    have lowered. `handed_in` is a digest of the file that was graded.
    """

    student: Verbatim
    assignment: str
    status: Status
    points: float | None
    max_points: float
    error: str | None = None
    key: str = ""
    sandbox: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    exercises: dict[str, ExerciseResult] = field(default_factory=dict)
    answers: tuple[dict[str, Verbatim], ...] = ()
    seed: int | None = None
    versions: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    alone: dict[str, ExerciseOutcome] = field(default_factory=dict)
    kept: str | None = None
    handed_in: str = ""

    @property
    def ours_failed(self) -> bool:
        """Whether it waits for a review because of a fault of ours, not of a notebook that was mended."""
        outcomes = {result.outcome for result in self.exercises.values()}
        return self.status == "review" and (not outcomes or "harness" in outcomes)

    def to_json(self) -> dict[str, Any]:
        """The report as JSON data."""
        data: dict[str, Any] = json.loads(report_text(self))
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Report":
        """The inverse of `to_json`; raises UnreadableReportError for no report."""
        kind: Any = cls
        report: Report = _reader_of(kind)(data, "")
        for number, cell in enumerate(report.answers):
            if not {"mode", "source"} <= cell.keys():
                raise UnreadableReportError(f"answers[{number}]: lacks mode or source")
        return report


_Reader = Callable[[Any, str], Any]  # of JSON data, and where in the report they stand


@cache
def _reader_of(kind: Any) -> _Reader:
    """What reads a value of this type; it raises UnreadableReportError for any other one."""
    if is_dataclass(kind):
        return _reader_of_object(kind)
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _reader_of_union(parts)
    if origin is Literal:
        return _checked(lambda value: type(value) is str and value in parts, "none of its words")
    if origin is tuple:
        return _reader_of_list(_reader_of(parts[0]))
    if origin is dict:
        return _reader_of_dict(_reader_of(parts[1]))
    if origin is Annotated:
        return _checked(lambda value: type(value) is str, "no text")
    if kind is str:
        text = _checked(lambda value: type(value) is str, "no text")
        return lambda value, place: printable(text(value, place))
    if kind is float:
        return _checked(_is_number, "no number")
    return _checked(lambda value: type(value) is kind, f"no {kind.__name__}")


def _is_number(value: Any) -> bool:
    try:
        return type(value) in (int, float) and math.isfinite(value)
    except OverflowError:  # an integer that no float can be
        return False


def _checked(is_right: Callable[[Any], bool], problem: str) -> _Reader:
    def read(value: Any, place: str) -> Any:
        if not is_right(value):
            raise UnreadableReportError(f"{place}: is {problem}")
        return value

    return read


def _reader_of_union(parts: tuple[Any, ...]) -> _Reader:
    """For `X | None`, and for words of several lists."""
    words = [get_args(part) for part in parts if get_origin(part) is Literal]
    if len(words) == len(parts):
        return _reader_of(Literal[tuple(word for some in words for word in some)])
    (one,) = (_reader_of(part) for part in parts if part is not NoneType)
    return lambda value, place: None if value is None else one(value, place)


def _reader_of_list(one: _Reader) -> _Reader:
    a_list = _checked(lambda value: type(value) is list, "no list")
    return lambda value, place: tuple(
        one(each, f"{place}[{number}]") for number, each in enumerate(a_list(value, place))
    )


def _reader_of_dict(one: _Reader) -> _Reader:
    an_object = _checked(lambda value: type(value) is dict, "no object")
    return lambda value, place: {
        _in_a_line(key): one(each, f"{place}.{key}" if place else key)
        for key, each in an_object(value, place).items()
    }


def _reader_of_object(kind: Any) -> _Reader:
    """For a dataclass: its fields and no others; those without a default have to be there."""
    an_object = _checked(lambda value: type(value) is dict, "no object")
    hints = get_type_hints(kind, include_extras=True)
    names = {each.name for each in fields(kind)}

    def read(value: Any, place: str) -> Any:
        known = an_object(value, place or "the report")
        found = {}
        for name, each in known.items():
            here = f"{place}.{name}" if place else name
            if name not in names:
                raise UnreadableReportError(f"{here}: is not known")
            found[name] = _reader_of(hints[name])(each, here)
        try:
            return kind(**found)
        except TypeError:
            raise UnreadableReportError(f"{place or 'the report'}: lacks a key") from None

    return read


def points_of(max_points: float, tests: tuple[TestResult, ...]) -> float | None:
    """max_points × weight passed ÷ weight of all; None if a fault of ours hides the truth."""
    if not tests or any(test.outcome == "harness" for test in tests):
        return None
    passed = sum(test.weight for test in tests if test.outcome == "passed")
    everything = sum(test.weight for test in tests)
    if passed == everything:  # no matter what rounding makes of weights like 0.1
        return float(max_points)
    return max_points * passed / everything


def keep_report(report: Report, path: Path) -> str:
    """Write `report`; returns why that was not possible, or nothing. The batch goes on either way."""
    try:
        write_report(report, path)
    except OSError as error:
        return f"{error.filename}: {error.strerror}"
    return ""


def write_report(report: Report, path: Path) -> None:
    """Write `report` as JSON."""
    write_atomically(path, report_text(report))


def report_text(report: Report) -> str:
    """`report` as JSON; equal reports give equal texts."""
    # One line: with an indent, json leaves its C encoder, and writing takes as long as ten hidden tests.
    return json.dumps(report, default=vars, ensure_ascii=False) + "\n"


def read_report(path: Path) -> Report:
    """Read a report written by `write_report`; raises OSError, UnreadableReportError."""
    return report_of(path.read_bytes())


def report_of(content: bytes) -> Report:
    """The report in a file's content; raises UnreadableReportError."""
    try:
        data = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnreadableReportError(f"is not JSON ({error})") from None
    try:
        return Report.from_json(data)
    except RecursionError:
        raise UnreadableReportError("is nested too deep") from None


def read_report_of(path: Path) -> Report:
    """Read the report that lies at `<assignment>/<student>.json`; raises as `read_report` does."""
    report = read_report(path)
    if report.assignment != path.parent.name:
        raise UnreadableReportError("is the report of another assignment")
    return report
