"""The floor: what no grader can do without. No way to grade: code that is handed in runs as the teacher.

A warm process forks for each submission; the fork reads the notebook, runs the answers, and runs the hidden
tests on them, in the same process: no sandbox, no wire, no diagnosis, no report, no gradebook. The points are
those of `autograder grade`: an exercise that fails after a wrong one is tested again with the reference's
function in that one's place. Started by throughput.py, to see how far from it `autograder grade` is.
"""

import argparse
import gc
import json
import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from inspect import signature
from pathlib import Path
from typing import Any

from students import NAME, POINTS, solutions

from autograder.authoring import load_reference, load_release
from autograder.grading import trusted
from autograder.grading.hidden import rng_of
from autograder.grading.lending import to_lend
from autograder.grading.student import Side
from autograder.testing import Call
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

Functions = dict[str, Any]
Test = Callable[..., None]


def main() -> None:
    """Share the students out among the processes, and wait for these."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--course", type=Path, required=True)
    parser.add_argument("--jobs", type=int, required=True)
    parser.add_argument("students", nargs="+")
    options = parser.parse_args()
    floor = Floor()
    floor.warm_up()
    (options.course / "floor").mkdir()
    cores = sorted(os.sched_getaffinity(0))
    processes = [
        forked(partial(floor.grade_all, options.course, options.students[n :: options.jobs], core))
        for n, core in zip(range(options.jobs), cores, strict=False)
    ]
    for process in processes:
        if os.waitpid(process, 0)[1]:
            raise SystemExit("a process of the floor failed")


class Floor:
    """The tests of each exercise, and all that is needed to run them."""

    def __init__(self) -> None:
        release = load_release(ASSIGNMENTS[NAME])
        self.cells = [cell.grade_id for cell in release.cells if cell.role in ("given", "answer")]
        self.functions = load_reference(ASSIGNMENTS[NAME])
        self.reference = Side(partial(call, self.functions))
        self.letters = {name: question.right for name, question in release.questions.items()}
        self.tests = {name: list(tests_of(name)) for name in POINTS if name not in self.letters}

    def warm_up(self) -> None:
        """Run all once on right answers, and fail each test once: forks then find it imported and cached."""
        answers = dict(solutions())
        given = {cell.grade_id: cell.source for cell in load_release(ASSIGNMENTS[NAME]).cells}
        right = self.run([answers.get(name, given[name]) for name in self.cells])
        assert self.scores(right) == POINTS
        assert not any(self.scores({}).values())
        gc.collect()
        gc.freeze()

    def grade_all(self, course: Path, students: Sequence[str], core: int) -> None:
        """Grade by a fork for each of them, on one core."""
        os.sched_setaffinity(0, {core})
        scores = {name: self.grade(course, name) for name in students}
        (course / "floor" / f"{core}.json").write_text(json.dumps(scores))

    def grade(self, course: Path, student: str) -> dict[str, float]:
        """Grade one submission in a fork, which answers through a pipe."""
        ours, theirs = os.pipe()
        child = forked(partial(self.answer, course, student, theirs))
        os.close(theirs)
        with os.fdopen(ours, encoding="ascii") as answer:
            scores: dict[str, float] = json.loads(answer.read())
        os.waitpid(child, 0)
        return scores

    def answer(self, course: Path, student: str, pipe: int) -> None:
        """In the fork: read, run, test."""
        text = (course / "submitted" / student / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
        sources = {cell["id"]: "".join(cell["source"]) for cell in json.loads(text)["cells"]}
        scores = self.scores(self.run([sources[name] for name in self.cells]))
        os.write(pipe, json.dumps(scores).encode())

    def run(self, sources: list[str]) -> Functions:
        """What the cells define."""
        namespace: Functions = {}
        for source in sources:
            exec(compile(source, "cell", "exec"), namespace)  # noqa: S102 - this is no grader
        return namespace

    def scores(self, functions: Functions) -> dict[str, float]:
        """The points of each exercise."""
        ended = {name: self.outcomes(name, functions) for name in POINTS}
        first = {
            name: next((each for each in outcomes if each != "passed"), "passed")
            for name, outcomes in ended.items()
        }
        points = {}
        for name, outcomes in ended.items():
            assignment = ASSIGNMENTS[NAME]
            lent = to_lend(assignment, assignment.exercise(name), first, self.functions)
            tries = [outcomes]
            if lent:
                borrowed = {each: self.functions[each] for each in lent}
                with replaced(functions, borrowed):
                    tries.append(self.outcomes(name, functions))
            points[name] = POINTS[name] * max(share_passed(each) for each in tries)
        return points

    def outcomes(self, exercise: str, functions: Functions) -> list[str]:
        """How the tests of an exercise end."""
        if exercise in self.letters:
            return [outcome(letter_is, functions, exercise, self.letters[exercise])]
        student = Side(partial(call, functions))
        file = f"test_{exercise}"
        return [outcome(self.test, test, file, student) for test in self.tests[exercise]]

    def test(self, test: Test, file: str, student: Side) -> None:
        """Call a hidden test with the fixtures that it asks for."""
        rng = rng_of(0, f"{file}::{test.__name__}")
        fixtures = {"student": student, "reference": self.reference, "rng": rng}
        test(**{name: fixtures[name] for name in signature(test).parameters})


def tests_of(exercise: str) -> Iterator[Test]:
    """The hidden tests of an exercise."""
    for name, value in vars(COURSE.load(f"hidden.{NAME}.tests.test_{exercise}")).items():
        if name.startswith("test_"):
            yield value


def call(
    functions: Functions, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, after: bool
) -> Call:
    """Call a function on copies of the arguments, as the reference is called in grading."""
    if name not in functions:
        raise NotImplementedError
    return trusted.call(functions[name], args, kwargs, after=after)


def letter_is(functions: Functions, exercise: str, right: str) -> None:
    """The test of a multiple-choice exercise."""
    assert call(functions, exercise, (), {}, after=False).value == right


def outcome(test: Callable[..., None], *arguments: Any) -> str:
    """How a test ends."""
    try:
        test(*arguments)
    except NotImplementedError:
        return "missing"
    except Exception:
        return "failed"
    return "passed"


def share_passed(outcomes: list[str]) -> float:
    """How much of an exercise's points that is: all its tests count alike."""
    return outcomes.count("passed") / len(outcomes)


@contextmanager
def replaced(functions: Functions, others: Functions) -> Iterator[None]:
    """With other functions of these names: those that call them call these."""
    before = {name: functions[name] for name in others}
    functions.update(others)
    try:
        yield
    finally:
        functions.update(before)


def forked(work: Callable[[], None]) -> int:
    """A process that does this and nothing else."""
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
