"""Writes the reports of a class of thousands, without grading: `large_class.py DIR [STUDENTS]`.

Points by talent, misconceptions by chance, some answers missing, some files unreadable; the answers are drawn
from two thousand programs of nonsense, so that there is as much to compare as there may be.
"""

import random
import sys
from pathlib import Path

from autograder.directory import Directory
from autograder.misconceptions import misconceptions_of
from autograder.report import ExerciseResult, Report, TestResult, write_report
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.course import Exercise

TESTS = 6
ENDLESS = "x" * 4000
WORDS = ("total", "rows", "shifted", "powers", "sums", "scale", "work", "result", "top", "part")
OPERATIONS = ("+", "-", "*", "/", "@")


def main() -> None:
    """Write `STUDENTS` reports (5,000 if not said) into the course directory `DIR`."""
    course, count = Directory(Path(sys.argv[1])), int((*sys.argv[2:], 5000)[0])
    for number in range(count):
        student = f"s{number:04d}"
        report = make_report(student, random.Random(number))
        write_report(report, course.report_path(report.assignment, student))


def make_report(student: str, rng: random.Random) -> Report:
    """One student, whose talent decides how much is right."""
    assignment = ASSIGNMENTS["softmax_regression"]
    if rng.random() < 0.02:
        said = (
            f"{student}/x.ipynb: is not a whole notebook <b>at all</b>; save it from Jupyter again"
        )
        return Report(student, assignment.name, "unreadable", None, assignment.max_points, said)
    talent = rng.betavariate(4, 2)
    results = {e.name: _result(e, talent, rng) for e in assignment.exercises}
    answers = tuple(
        {"name": e.name, "mode": "answer", "source": _answer(e.name, rng)}
        for e in assignment.exercises
        if e.kind != "written"
    )
    review = rng.random() < 0.03
    return Report(
        student,
        assignment.name,
        "review" if review else "graded",
        sum(result.points or 0 for result in results.values()),
        assignment.max_points,
        "«softmax» is defined in two cells: the last one counts" if review else None,
        exercises=results,
        answers=answers,
    )


def _result(exercise: Exercise, talent: float, rng: random.Random) -> ExerciseResult:
    if exercise.kind == "written":
        return ExerciseResult(None, exercise.points, "manual")
    if rng.random() < 0.05:
        missing = tuple(TestResult(f"test_{i}", "missing") for i in range(TESTS))
        return ExerciseResult(0, exercise.points, "missing", missing)
    if rng.random() < talent:
        passed = tuple(TestResult(f"test_{i}", "passed", sentence="Asks.") for i in range(TESTS))
        return ExerciseResult(exercise.points, exercise.points, "passed", passed)
    failed = rng.randint(1, TESTS)
    tests = tuple(
        TestResult(f"test_{i}", "failed" if i < failed else "passed", sentence="Asks.")
        for i in range(TESTS)
    )
    known = [m.id for m in misconceptions_of(ASSIGNMENTS["softmax_regression"], exercise.name)]
    name = rng.choice(known) if known and rng.random() < 0.7 else None
    if exercise.kind == "choice":
        name = f"chose-{rng.choice('abcd')}"
    points = exercise.points * (TESTS - failed) / TESTS
    return ExerciseResult(points, exercise.points, "failed", tests, "A hint.", name)


def _answer(exercise: str, rng: random.Random) -> str:
    """A function of chance; one of a few hundred, so that some are near-identical."""
    own = random.Random(rng.randrange(2000))
    lines = [
        f"    {own.choice(WORDS)} = np.{own.choice(WORDS)}({own.choice(WORDS)} "
        f"{own.choice(OPERATIONS)} {own.randrange(9)}) {own.choice(OPERATIONS)} {own.choice(WORDS)}"
        for _ in range(own.randint(2, 9))
    ]
    if rng.random() < 0.3:
        lines.append(f"    # <script>{ENDLESS if rng.random() < 0.1 else exercise}</script>")
    return f"def {exercise}(Z):\n" + "\n".join(lines) + "\n    return result"


if __name__ == "__main__":
    main()
