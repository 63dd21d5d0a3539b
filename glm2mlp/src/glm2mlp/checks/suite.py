"""Runs the visible tests of an assignment on the functions of a notebook. Student side."""

import linecache
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np

from glm2mlp.checks.compare import FORMULA, Unexpected, call_text, described
from glm2mlp.checks.errors import meaning
from glm2mlp.checks.imports import foreign_libraries, used_names
from glm2mlp.checks.report import Overview, Report, Result, show
from glm2mlp.course import Assignment, Exercise, chosen_letter

STUB = "not written yet: replace `raise NotImplementedError()` by your answer and run its cell"
ABSENT = "not defined: run its cell, and keep the function's name as it was given"


class CheckFailed(Exception):  # noqa: N818 (it is shown to students)
    """A public check failed; what is to know stands in the table above."""

    def _render_traceback_(self) -> list[str]:
        # IPython shows this instead of a traceback, which would lead into our code.
        return [f"CheckFailed: {self}"]


class NotChecked(Exception):  # noqa: N818 (an outcome)
    """A test cannot say anything until something else is mended."""


class NotWritten(Exception):  # noqa: N818 (an outcome)
    """The function `name` is not there, or still the stub."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"`{name}` is {problem}")
        self.name, self.problem = name, problem


class Student:
    """The notebook's functions, as tests call them: `student.softmax(Z)`.

    Arrays are passed as copies, so that a test's own stay what they are; named tuples as those of the
    notebook's class of that name, for which an answer may ask. Remembers the last call, its
    arguments as they are afterwards, and the warnings; turns exceptions into what a test may say.
    """

    def __init__(self, notebook: Mapping[str, Any], suite: "Suite") -> None:
        self._notebook = notebook
        self._suite = suite
        self.last_call = ""
        self.arguments: list[Any] = []
        self.advice: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **keywords: Any) -> Any:
            return self._call(name, arguments, keywords)

        return call

    def require(self, name: str) -> None:
        """Raise NotChecked unless the exercise `name` passes its own tests."""
        if not self._suite.passes(name, self._notebook):
            raise NotChecked(f"It needs `{name}`, whose own checks do not pass yet.")

    def _call(self, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        function = self._notebook.get(name)
        if not callable(function):
            raise NotWritten(name, ABSENT)
        self.last_call = call_text(name, arguments, keywords)
        self.arguments = [self._passed(argument) for argument in arguments]
        with (
            warnings.catch_warnings(record=True) as caught,
            np.errstate(all="warn", under="ignore"),
        ):
            warnings.simplefilter("always")
            try:
                result = function(*self.arguments, **keywords)
            except NotImplementedError as error:
                raise NotWritten(self._raiser(error) or name, STUB) from None
            except Exception as error:
                raise Unexpected(
                    "a result", f"{type(error).__name__}: {error}", self._place(error)
                ) from None
        for warning in caught:
            text = f"`{name}` warns: {warning.message}. A right value is not marked down for it."
            if text not in self.advice:
                self.advice.append(text)
        if result is None:
            raise Unexpected("a result", "None", "Is `return` missing?", known=True)
        return result

    def _passed(self, argument: Any) -> Any:
        if not (isinstance(argument, tuple) and hasattr(argument, "_fields")):
            return argument.copy() if isinstance(argument, np.ndarray) else argument
        kind: type = type(argument)
        own = self._notebook.get(kind.__name__)
        if isinstance(own, type) and getattr(own, "_fields", ()) == argument._fields:
            kind = own
        return kind(*map(self._passed, argument))

    def _raiser(self, error: BaseException) -> str:
        """Return the exercise in whose code an error was raised."""
        names = [frame.f_code.co_name for frame, _ in self._frames(error)]
        return next((name for name in reversed(names) if name in self._suite.tests), "")

    def _place(self, error: BaseException) -> str:
        """Return the line of the notebook that an error came from, and what the error means."""
        places = [
            f"It was raised in `{frame.f_code.co_name}`, line {line}: "
            + linecache.getline(frame.f_code.co_filename, line, frame.f_globals).strip()
            for frame, line in self._frames(error)
        ]
        place = places[-1] if places else "Look at the function's arguments: are they as given?"
        return f"{place}\n{meaning(error)}".strip()

    def _frames(self, error: BaseException) -> list[tuple[Any, int]]:
        found, step = [], error.__traceback__
        while step is not None:
            if step.tb_frame.f_globals is self._notebook:
                found.append((step.tb_frame, step.tb_lineno))
            step = step.tb_next
        return found


Test: TypeAlias = Callable[[Student], None]


@dataclass(frozen=True)
class Suite:
    """The visible tests of one assignment, by exercise: (sentence, test) each.

    Multiple-choice questions have theirs from the start.
    """

    assignment: Assignment
    tests: dict[str, list[tuple[str, Test]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for exercise in self.assignment.exercises:
            if exercise.kind == "choice":
                self.add(exercise.name, *_letter_is_given(exercise))

    def of(self, exercise: str) -> Callable[[Test], Test]:
        """Register a visible test of `exercise`; its docstring is what students read."""

        def register(test: Test) -> Test:
            self.add(exercise, (test.__doc__ or "").strip(), test)
            return test

        return register

    def add(self, exercise: str, sentence: str, test: Test) -> None:
        """Register a visible test of `exercise`."""
        self.tests.setdefault(self.assignment.exercise(exercise).name, []).append((sentence, test))

    def check(self, exercise: str, notebook: Mapping[str, Any] | None = None) -> None:
        """Run the public checks of one exercise, show them, and raise CheckFailed if one fails.

        The functions are looked up where `check` is called, unless `notebook` is given.
        """
        report = self.examine(
            exercise, sys._getframe(1).f_globals if notebook is None else notebook
        )
        show(report)
        if report.problem:
            raise CheckFailed(report.title)
        to_mend = report.failures or (() if report.passed else report.results)
        if to_mend:
            names = " ".join(f"«{result.sentence}»" for result in to_mend)
            raise CheckFailed(f"{report.title}. To mend: {names}")

    def check_all(self, notebook: Mapping[str, Any] | None = None) -> None:
        """Show where every exercise stands; raise CheckFailed if one that was begun fails.

        An exercise not begun is listed, but raises nothing: a draft may be looked at any time.
        """
        notebook = sys._getframe(1).f_globals if notebook is None else notebook
        reports = [
            (exercise, self.examine(exercise.name, notebook))
            for exercise in self.assignment.exercises
        ]
        lines = [(exercise.name, exercise.points, _state(report)) for exercise, report in reports]
        checked = sum(exercise.points for exercise, report in reports if report.complete)
        by_hand = sum(exercise.points for exercise, report in reports if report.by_hand)
        summary = (
            f"The checks pass for exercises worth {checked:g} of"
            f" {self.assignment.max_points:g} points"
            f"{f'; {by_hand:g} more are graded by hand' if by_hand else ''}. Public checks only: the"
            " hidden tests, which give the points, look at more."
        )
        show(Overview(self.assignment.title, tuple(lines), summary))
        failed = [exercise.name for exercise, report in reports if report.failures]
        if failed:
            raise CheckFailed(f'Checks fail for {", ".join(failed)}; run check("{failed[0]}").')

    def ready(self, *exercises: str, notebook: Mapping[str, Any] | None = None) -> bool:
        """Tell whether these exercises pass their checks; if not, print which ones are missing.

        A cell that draws a picture asks first, so that an unfinished notebook shows no traceback.
        """
        notebook = sys._getframe(1).f_globals if notebook is None else notebook
        missing = [name for name in exercises if not self.passes(name, notebook)]
        if missing:
            sys.stdout.write(f"There is something to see here once {', '.join(missing)} pass.\n")
        return not missing

    def examine(self, name: str, notebook: Mapping[str, Any]) -> Report:
        """Run the visible tests of one exercise, without showing anything."""
        exercise = self._exercise(name)
        if exercise.kind == "written":
            return Report(name, by_hand=True)
        student = Student(notebook, self)
        try:
            results = self._results(exercise, student)
        except NotWritten as missing:
            return Report(name, problem=missing.problem)
        results = self._rule(exercise, notebook) + results
        advice = student.advice
        if any(result.status == "failed" for result in results):
            unsound = self._unsound(name, notebook)
            results = _one_next_step(results, guess=not unsound)
            advice = unsound + advice
        return Report(name, tuple(results), tuple(advice))

    def passes(self, name: str, notebook: Mapping[str, Any]) -> bool:
        """Tell whether an exercise passes its own visible tests."""
        try:
            results = self._results(self._exercise(name), Student(notebook, self))
        except NotWritten:
            return False
        return all(result.status == "passed" for result in results)

    def _exercise(self, name: str) -> Exercise:
        try:
            return self.assignment.exercise(name)
        except KeyError:
            names = ", ".join(exercise.name for exercise in self.assignment.exercises)
            raise CheckFailed(f"There is no exercise `{name}`; there are {names}.") from None

    def _results(self, exercise: Exercise, student: Student) -> list[Result]:
        return [
            _run(sentence, test, student, exercise) for sentence, test in self.tests[exercise.name]
        ]

    def _rule(self, exercise: Exercise, notebook: Mapping[str, Any]) -> list[Result]:
        """Return a failed result if an answer uses a library that it may not."""
        allowed = self.assignment.imports
        if exercise.symbolic:
            allowed += ("sympy",)
        foreign = foreign_libraries(notebook[exercise.name], allowed, notebook)
        if not foreign:
            return []
        hint = "The grader refuses other libraries by name; write this part yourself."
        if foreign == ["sympy"]:
            hint = FORMULA
        return [
            Result(
                f"It uses only {' and '.join(allowed)}.",
                "failed",
                expected=" and ".join(allowed),
                got=", ".join(foreign),
                hint=hint,
                known=True,
            )
        ]

    def _unsound(self, exercise: str, notebook: Mapping[str, Any]) -> list[str]:
        """Return a remark on each exercise that this one uses and that fails its own checks."""
        used = used_names(notebook[exercise]) & (self.tests.keys() - {exercise})
        return [
            f"`{exercise}` uses `{name}`, whose own checks do not pass: mend `{name}` first."
            for name in sorted(used)
            if not self.passes(name, notebook)
        ]


def _letter_is_given(exercise: Exercise) -> tuple[str, Test]:
    """Return the visible test of a multiple-choice question, which does not know the right letter."""
    *letters, last = exercise.letters
    wanted = f"{', '.join(letters)} or {last}"

    def test(student: Student) -> None:
        got = getattr(student, exercise.name)()
        if chosen_letter(got) not in exercise.letters:
            hint = f'Return the letter of your choice as text, such as "{last}".'
            raise Unexpected(wanted, described(got), hint)

    return f"It is one of the letters {wanted}. Grading tells whether it is the right one.", test


def _run(sentence: str, test: Test, student: Student, exercise: Exercise) -> Result:
    student.last_call = ""
    try:
        test(student)
    except Unexpected as error:
        return Result(
            sentence,
            "failed",
            student.last_call,
            error.expected,
            error.got,
            error.hint,
            error.known,
        )
    except NotChecked as reason:
        return Result(sentence, "not checked", hint=str(reason))
    except NotWritten as missing:
        if missing.name == exercise.name:
            raise
        return Result(sentence, "not checked", hint=f"{missing}.")
    return Result(sentence, "passed")


def _one_next_step(results: list[Result], guess: bool) -> list[Result]:
    """Keep one hint of the failed tests: the first that names the cause, else the first there is.

    The others would guess at causes that are probably none. Without `guess` only a named cause is kept:
    if an earlier function is wrong, that is what to mend.
    """
    hints = [result for result in results if result.status == "failed" and result.hint]
    kept = next((result for result in hints if result.known), hints[0] if hints and guess else None)
    return [
        replace(result, hint="") if result.status == "failed" and result is not kept else result
        for result in results
    ]


def _state(report: Report) -> str:
    if report.by_hand:
        return "graded by hand"
    if report.problem:
        return "not started"
    if report.failures:
        return f"{len(report.failures)} of {len(report.results)} checks fail"
    return "checks pass" if report.complete else "not all can be checked yet"
