"""What the overview says of an assignment, before it is HTML. Trusted side.

Made of what was gathered from reports, and of what is ours: declarations, misconceptions, stubs. All lists
end somewhere, so that the page of five thousand students is as long as that of fifty; what is left out
is counted.
"""

import builtins
import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from autograder.authoring import load_release
from autograder.authoring.stubs import reference_text, shown_whole
from autograder.misconceptions import misconceptions_of
from autograder.overview import similar, statistics
from autograder.overview.gather import Answer, Gathered, OfExercise
from autograder.release import Release
from glm2mlp.course import Assignment, Exercise

MOST_MISCONCEPTIONS = 15
MOST_REVIEWS = 60
MOST_GROUPS = 30
MOST_BY_HAND = 30
MOST_NAMES = 12  # of a group
EXAMPLE_LINES, EXAMPLE_WIDTH = 14, 110
NO_CODE = "choice"


@dataclass(frozen=True)
class ExerciseFigures:
    """One exercise in numbers.

    `full` to `pending` count students; `difficulty` is the mean share of its points, `seconds` the median
    time that grading it took; `unexplained` are wrong answers without a known misconception.
    """

    name: str
    kind: str
    max_points: float
    full: int
    part: int
    none: int
    missing: int
    pending: int
    difficulty: float | None
    discrimination: float | None
    seconds: float | None
    unexplained: int


@dataclass(frozen=True)
class Confusion:
    """A misconception that students showed; `example` is the shortest answer that shows it.

    Of a question the wrong letter is `chosen`, and `belief`, its text, is Markdown with formulas.
    """

    exercise: str
    name: str
    belief: str
    hint: str
    students: int
    example: str
    student: str
    chosen: str = ""


@dataclass(frozen=True)
class OneSided:
    """A hidden test that told no two answers apart: `always` failed, or never."""

    exercise: str
    name: str
    sentence: str
    answers: int
    always: bool


@dataclass(frozen=True)
class Review:
    """A submission that a person should look at, and why."""

    student: str
    reason: str


@dataclass(frozen=True)
class Likeness:
    """Students with near-identical answers, and to which exercises."""

    students: tuple[str, ...]
    more: int
    exercises: tuple[str, ...]
    likeness: float
    example: str


@dataclass(frozen=True)
class Given:
    """What a person gave to a student for an exercise: points and their extra part, or a comment."""

    student: str
    exercise: str
    points: float | None
    extra_credit: float
    comment: str


@dataclass(frozen=True)
class Overview:
    """One assignment of a class; `left_out` counts what the lists do not show.

    `max_points` are those of `exercises`; `waiting` students have points pending there. Of the exercises
    `written` nobody has graded an answer yet.
    """

    name: str
    title: str
    graded: int
    absent: int | None
    max_points: float
    waiting: int
    distribution: statistics.Distribution | None
    exercises: tuple[ExerciseFigures, ...]
    written: tuple[str, ...]
    confusions: tuple[Confusion, ...]
    one_sided: tuple[OneSided, ...]
    reviews: tuple[Review, ...]
    alike: tuple[Likeness, ...]
    given: tuple[Given, ...]
    looked_at: int
    too_short: int
    too_common: int
    common: int
    seconds: float | None
    left_out: Mapping[str, int]


def overview(found: Gathered, names: Mapping[str, str], absent: int | None) -> Overview:
    """Say what was gathered; `names` are those of the roster, `absent` how many gave nothing, if known."""
    assignment = found.assignment
    # Of an exercise that is worth nothing any more nobody has a share.
    worth = [e for e in assignment.exercises if e.points]
    machine = [e for e in worth if e.kind != "written"]
    counted = [e for e in worth if e.kind != "written" or _is_graded(found, e)]
    compared = _compared(found, machine)
    confusions = list(_confusions(found, names))
    reviews = list(_reviews(found, names))
    alike = list(_alike(compared, names))
    given = list(_given(found, names))
    max_points = sum(exercise.points for exercise in counted)
    return Overview(
        name=assignment.name,
        title=assignment.title,
        graded=len(found.students),
        absent=absent,
        max_points=max_points,
        waiting=sum(None in row for row in _rows(found, counted)),
        distribution=statistics.distribution(_totals(found, counted), max_points),
        exercises=tuple(_figures(found, counted)),
        written=tuple(e.name for e in worth if e not in counted),
        confusions=tuple(confusions[:MOST_MISCONCEPTIONS]),
        one_sided=tuple(_one_sided(found, machine)),
        reviews=tuple(reviews[:MOST_REVIEWS]),
        alike=tuple(alike[:MOST_GROUPS]),
        given=tuple(given[:MOST_BY_HAND]),
        looked_at=sum(each.answers for each in compared),
        too_short=sum(each.short for each in compared),
        too_common=sum(each.common for each in compared),
        common=similar.common(len(found.students)),
        seconds=median(found.seconds) if found.seconds else None,
        left_out={
            "misconceptions": max(0, len(confusions) - MOST_MISCONCEPTIONS),
            "reviews": max(0, len(reviews) - MOST_REVIEWS),
            "groups": max(0, len(alike) - MOST_GROUPS),
            "given": max(0, len(given) - MOST_BY_HAND),
        },
    )


def _is_graded(found: Gathered, exercise: Exercise) -> bool:
    """Whether somebody has points for it."""
    return any(points is not None for points in found.exercises[exercise.name].earned)


def _rows(found: Gathered, counted: Sequence[Exercise]) -> Iterator[tuple[float | None, ...]]:
    """The points of each student for these exercises."""
    return zip(*(found.exercises[exercise.name].earned for exercise in counted), strict=True)


def _totals(found: Gathered, counted: Sequence[Exercise]) -> list[float]:
    """The points of each student, less the late penalty; what is pending counts as nothing yet."""
    sums = (sum(points or 0.0 for points in row) for row in _rows(found, counted))
    return [max(0.0, a - b) for a, b in zip(sums, found.penalties, strict=True)]


def _figures(found: Gathered, counted: Sequence[Exercise]) -> list[ExerciseFigures]:
    earned = {e.name: found.exercises[e.name].earned for e in counted}
    # While a person is still grading an exercise, it would leave most students out of all correlations.
    whole = {
        e.name: earned[e.name] for e in counted if e.kind != "written" or None not in earned[e.name]
    }
    discrimination = statistics.discriminations(whole)
    return [_of(e, found.exercises[e.name], discrimination.get(e.name)) for e in counted]


def _given(found: Gathered, names: Mapping[str, str]) -> list[Given]:
    """What a person gave, first what comes with words or extra credit, by exercise and student."""
    places = {exercise.name: i for i, exercise in enumerate(found.assignment.exercises)}
    order = sorted(
        found.by_hand.items(),
        key=lambda item: (
            not (item[1].comment or item[1].extra_credit),
            places[item[0][1]],
            item[0][0],
        ),
    )
    return [
        Given(
            names.get(student, student),
            exercise,
            by_hand.score,
            by_hand.extra_credit,
            by_hand.comment,
        )
        for (student, exercise), by_hand in order
    ]


def _of(exercise: Exercise, did: OfExercise, discrimination: float | None) -> ExerciseFigures:
    shares = statistics.shares(did.earned, exercise.points)
    missing = did.outcomes["missing"]
    full = sum(share >= 1 for share in shares)
    part = sum(0 < share < 1 for share in shares)
    return ExerciseFigures(
        exercise.name,
        exercise.kind,
        exercise.points,
        full,
        part,
        len(shares) - full - part - missing,
        missing,
        len(did.earned) - len(shares),
        sum(shares) / len(shares) if shares else None,
        discrimination,
        median(did.seconds) if did.seconds else None,
        did.unexplained,
    )


def _confusions(found: Gathered, names: Mapping[str, str]) -> list[Confusion]:
    """The misconceptions that were shown, the most frequent first."""
    release = load_release(found.assignment)
    shown = [
        _confusion(found.assignment, release, exercise, name, answers, names)
        for exercise in found.assignment.exercises
        for name, answers in found.exercises[exercise.name].misconceptions.items()
    ]
    return sorted(shown, key=lambda each: (-each.students, each.exercise, each.name))


def _confusion(
    assignment: Assignment,
    release: Release,
    exercise: Exercise,
    name: str,
    answers: Sequence[Answer],
    names: Mapping[str, str],
) -> Confusion:
    example = min(answers, key=lambda answer: (len(answer.source), answer.student))
    student = names.get(example.student, example.student)
    letter = name.removeprefix("chose-").upper()
    question = release.questions.get(exercise.name)
    if question and letter in question.choices:
        choice = question.choices[letter]
        told = choice.text, choice.explanation, len(answers), "", student, letter
        return Confusion(exercise.name, name, *told)
    code = _shown(example.source, _stub(release, exercise.name))
    belief, hint = next(
        (
            (known.belief, known.hint)
            for known in misconceptions_of(assignment, exercise.name)
            if known.id == name
        ),
        ("", ""),  # the report is older than the misconceptions
    )
    return Confusion(exercise.name, name, belief, hint, len(answers), code, student)


def _stub(release: Release, exercise: str) -> str:
    return next((cell.source for cell in release.cells if cell.grade_id == exercise), "")


def _shown(source: str, stub: str) -> str:
    """An answer without what was given out, cut short, and without signs that a page could not show."""
    given_out = {line.strip() for line in stub.splitlines()}
    lines = [
        "".join(sign if sign.isprintable() else "�" for sign in line.expandtabs(4))[:EXAMPLE_WIDTH]
        for line in source[:20_000].splitlines()
        if line.strip() and line.strip() not in given_out
    ]
    cut = ["…"] * (len(lines) > EXAMPLE_LINES)
    return "\n".join(lines[:EXAMPLE_LINES] + cut)


def _one_sided(found: Gathered, machine: Sequence[Exercise]) -> list[OneSided]:
    """Tests that all answers failed, then those that none did. A question's test is its letter."""
    sided = [
        OneSided(
            exercise.name, name, tally.sentence, tally.passed + tally.failed, tally.passed == 0
        )
        for exercise in machine
        for name, tally in found.exercises[exercise.name].tests.items()
        if (tally.passed == 0) != (tally.failed == 0)
    ]
    return sorted(sided, key=lambda test: not test.always)


def _reviews(found: Gathered, names: Mapping[str, str]) -> list[Review]:
    waiting = {**found.review, **found.unreadable}
    return [
        Review(
            names.get(student, student), re.sub(r"^\S*?([^/\s]+\.ipynb: )", r"\1", waiting[student])
        )
        for student in sorted(waiting, key=lambda student: (student in found.unreadable, student))
    ]


def _compared(found: Gathered, machine: Sequence[Exercise]) -> list[similar.Compared]:
    release = load_release(found.assignment)
    known = {*keyword.kwlist, *dir(builtins)}
    for cell in release.cells:
        if cell.cell_type == "code":
            known.update(similar.names(cell.source))
    return [
        similar.compare(
            exercise.name,
            found.exercises[exercise.name].answers,
            _stub(release, exercise.name),
            shown_whole(reference_text(found.assignment, exercise.name)),
            known,
        )
        for exercise in machine
        if exercise.kind != NO_CODE
    ]


def _alike(compared: Sequence[similar.Compared], names: Mapping[str, str]) -> list[Likeness]:
    """The groups, those of the same students put together; most exercises and longest answers first."""
    together: dict[tuple[str, ...], list[similar.Group]] = {}
    for group in (group for each in compared for group in each.groups):
        together.setdefault(group.students, []).append(group)
    order = sorted(
        together.items(),
        key=lambda item: (-len(item[1]), -sum(group.tokens for group in item[1]), item[0]),
    )
    return [
        Likeness(
            tuple(names.get(student, student) for student in students[:MOST_NAMES]),
            max(0, len(students) - MOST_NAMES),
            tuple(group.exercise for group in groups),
            min(group.likeness for group in groups),
            _shown(max(groups, key=lambda group: group.tokens).example, ""),
        )
        for students, groups in order
    ]
