"""The result of grading one submission: plain data that everything else is made of. Trusted side."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from autograder.files import write_atomically
from autograder.outcomes import Outcome
from glm2mlp.catalogue import ASSIGNMENTS

Status = Literal["graded", "unreadable", "review"]
ROUNDING = 1e-9  # points that differ by less are the same, added up in another way
ExerciseOutcome = Outcome | Literal["manual"]
# When students may read of a hidden test; `autograder.disclosure` says what.
Disclosure = Literal["public", "hint only", "after the deadline", "never"]


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

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Evidence":
        """The evidence that these data are, as a report has them."""
        checks = tuple(PublicCheck(**check) for check in data["checks"])
        plot = data["plot"]
        if plot is None:
            return cls(checks)
        tuples = {name: tuple(plot[name]) for name in ("got", "expected", "x", "labels")}
        return cls(checks, Plot(**{**plot, **tuples}))


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

    student: str
    assignment: str
    status: Status
    points: float | None
    max_points: float
    error: str | None = None
    key: str = ""
    sandbox: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    exercises: dict[str, ExerciseResult] = field(default_factory=dict)
    answers: tuple[dict[str, str], ...] = ()
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
        """The report as JSON data, its exercises in the notebook's order."""
        data: dict[str, Any] = json.loads(report_text(self))
        return {**data, "exercises": _in_order(data)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Report":
        """The inverse of `to_json`; raises TypeError, KeyError or AttributeError for no report."""
        exercises = {
            name: ExerciseResult(
                **{
                    **exercise,
                    "tests": tuple(TestResult(**test) for test in exercise["tests"]),
                    "advice": tuple(exercise["advice"]),
                    "evidence": exercise["evidence"] and Evidence.from_json(exercise["evidence"]),
                }
            )
            for name, exercise in _in_order(data).items()
        }
        tuples = {name: tuple(data[name]) for name in ("sandbox", "repairs", "answers")}
        report = cls(**{**data, **tuples, "exercises": exercises})
        _refuse_other_types(report)
        return report


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    """The exercises of a report's data as the notebook has them; in the file they stand by name."""
    assignment = ASSIGNMENTS.get(data["assignment"])
    names = [each.name for each in assignment.exercises] if assignment else []
    places = {name: place for place, name in enumerate(names)}
    ordered = sorted(data["exercises"].items(), key=lambda item: places.get(item[0], len(places)))
    return dict(ordered)


def _refuse_other_types(report: Report) -> None:
    """Raises TypeError for what JSON can hold and no report does: whoever reckons with it would end."""
    results = report.exercises.values()
    tests = [test for result in results for test in result.tests]
    points = [report.points, *(result.points for result in results)]
    numbers = [report.max_points, *(result.max_points for result in results)]
    numbers += [*(test.weight for test in tests), *(each for each in points if each is not None)]
    outcomes = [*(result.outcome for result in results), *report.alone.values()]
    outcomes += [test.outcome for test in tests]
    if not (
        all(type(n) in (int, float) and abs(n) <= sys.float_info.max for n in numbers)
        and all(type(outcome) is str for outcome in outcomes)
        and type(report.keys) is dict
        and all(type(cell) is dict and {"mode", "source"} <= cell.keys() for cell in report.answers)
    ):
        raise TypeError("is not a report: something in it is of another type")


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
    return json.dumps(report, default=vars, ensure_ascii=False, sort_keys=True) + "\n"


def read_report(path: Path) -> Report:
    """Read a report written by `write_report`; raises OSError, ValueError, TypeError or KeyError."""
    return report_of(path.read_bytes(), path)


def report_of(content: bytes, name: object) -> Report:
    """The report in a file's content; raises ValueError, TypeError or KeyError."""
    try:
        return Report.from_json(json.loads(content.decode("utf-8")))
    except (AttributeError, RecursionError) as error:
        raise ValueError(f"{name}: is not a report ({error})") from None


def read_report_of(path: Path) -> Report:
    """Read the report that lies at `<assignment>/<student>.json`; raises as `read_report` does."""
    report = read_report(path)
    if report.assignment != path.parent.name:
        raise ValueError("is the report of another assignment")
    return report
