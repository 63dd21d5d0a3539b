"""How many wrong answers the tests catch and recognise, and how many right ones they refuse.

    python -m studies.fairness --write

writes docs/fairness.md; without --write it prints it. `make study` runs it; the tests take a sample. With
--exercise ASSIGNMENT or ASSIGNMENT/NAME only these are studied, and printed.
"""
# ruff: noqa: T201

import argparse
import csv
import itertools
import os
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rich.progress import track

from autograder.misconceptions import misconceptions_of
from glm2mlp.catalogue import ASSIGNMENTS
from studies import ROOT
from studies.equivalent import reason
from studies.mutants import mutants
from studies.pairs import Pair, pairs
from studies.students import other_mistakes, right_styles, unseen_mistakes
from studies.tried import Tried, try_answers

DOCUMENT = ROOT / "docs" / "fairness.md"
PAIRS = ROOT / "build" / "study" / "pairs.csv"
SEEDS_OF_MISTAKES = range(3)
SEEDS_OF_STYLES = range(200)
MEMORY = 4 << 30  # bytes of a process; a mutant may fill it


@dataclass
class Studied:
    """What the tests of one exercise did to all the answers that were tried."""

    assignment: str
    exercise: str
    kind: str
    misconceptions: list[Tried] = field(default_factory=list)
    others: list[Tried] = field(default_factory=list)
    mutants: list[Tried] = field(default_factory=list)
    unseen: list[Tried] = field(default_factory=list)
    styles: list[Tried] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The exercise's full id."""
        return f"{self.assignment}/{self.exercise}"

    @property
    def survivors(self) -> list[str]:
        """Mutants that no hidden test refuses, and that nobody has proved equivalent."""
        return [
            mutant.name
            for mutant in self.mutants
            if not mutant.caught_by_tests
            and reason(self.assignment, self.exercise, mutant.name) is None
        ]


EXERCISES = [
    (assignment.name, exercise.name, exercise.kind)
    for assignment in ASSIGNMENTS.values()
    for exercise in assignment.exercises
    if exercise.kind not in ("written", "choice")
]


def study(
    exercise: tuple[str, str, str],
    mistake_seeds: Sequence[int] = SEEDS_OF_MISTAKES,
    style_seeds: Sequence[int] = SEEDS_OF_STYLES,
) -> Studied:
    """Try every answer that is known of one exercise."""
    assignment, name, kind = exercise
    known = {m.id: m.wrong for m in misconceptions_of(ASSIGNMENTS[assignment], name)}
    for m in misconceptions_of(ASSIGNMENTS[assignment], name):
        known |= {f"{m.id} #{n}": wrong for n, wrong in enumerate(m.also, 2)}
    if kind != "function":
        mistake_seeds, style_seeds = mistake_seeds[:1], style_seeds[:1]
    changed = {mutant.change: mutant.function for mutant in mutants(assignment, name)}
    others = {key: f for key, f in other_mistakes(*exercise).items() if key not in known}
    wrong = {
        "misconceptions": known,
        "others": others,
        "mutants": changed,
        "unseen": unseen_mistakes(assignment, name),
    }
    tried = {key: try_answers(assignment, name, each, mistake_seeds) for key, each in wrong.items()}
    styles = try_answers(assignment, name, right_styles(*exercise), style_seeds)
    apart = pairs(assignment, name)
    return Studied(*exercise, styles=styles, pairs=apart, **tried)


def chosen(name: str | None) -> list[tuple[str, str, str]]:
    """The exercises of an assignment, or the one with this full id; without a name all."""
    return [each for each in EXERCISES if name in (None, each[0], f"{each[0]}/{each[1]}")]


def _bound_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> int:
    """Study every exercise on all cores; the exit code says whether a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {DOCUMENT.name}")
    parser.add_argument(
        "--exercise",
        metavar="ASSIGNMENT[/NAME]",
        help="only this one, or those of an assignment; prints what is found",
    )
    started = time.monotonic()
    options = parser.parse_args()
    exercises = chosen(options.exercise)
    if not exercises:
        parser.error(f"there is nothing to study in {options.exercise}")
    if options.write and len(exercises) < len(EXERCISES):
        parser.error("the page is about all exercises: leave out --exercise or --write")
    with ProcessPoolExecutor(os.cpu_count(), initializer=_bound_memory) as pool:
        studied = list(
            track(pool.map(study, exercises), total=len(exercises), description="exercises")
        )
    _write_pairs(studied)
    page = document(studied, time.monotonic() - started)
    if options.write:
        DOCUMENT.write_text(page, encoding="utf-8")
        print(f"written: {DOCUMENT}")
    else:
        print(page)
    survivors = [f"{each.name}: {change}" for each in studied for change in each.survivors]
    uncaught = [
        f"{each.name}: {tried.name}"
        for each in studied
        for tried in (*each.misconceptions, *each.others, *each.unseen)
        if not tried.caught_by_tests
    ]
    refused = [
        f"{each.name}: {tried.name}"
        for each in studied
        for tried in each.styles
        if tried.failed_sometimes
    ]
    for title, names in {
        "survivors": survivors,
        "mistakes not caught": uncaught,
        "right answers refused": refused,
    }.items():
        for name in names:
            print(f"{title}: {name}", file=sys.stderr)
    return 1 if survivors or uncaught or refused else 0


def _write_pairs(studied: Sequence[Studied]) -> None:
    PAIRS.parent.mkdir(parents=True, exist_ok=True)
    with PAIRS.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["exercise", "misconception", "misconception", "told apart by"])
        for each in studied:
            for pair in each.pairs:
                table.writerow([each.name, pair.one, pair.other, " ".join(pair.tests)])


def document(studied: Sequence[Studied], seconds: float) -> str:
    """The page with all tables."""
    return "\n".join(
        [
            "# Fairness: what is caught, what is recognised, what is refused",
            "",
            f"Written by `make study` on {datetime.now(UTC):%Y-%m-%d} in {seconds / 60:.0f} minutes; all "
            "numbers are measured, none are typed.",
            "",
            *_summary(studied),
            *_mistakes(studied),
            *_unseen(studied),
            *_mutants(studied),
            *_styles(studied),
            *_pairs(studied),
        ]
    )


def _summary(studied: Sequence[Studied]) -> list[str]:
    known = [tried for each in studied for tried in each.misconceptions]
    others = [tried for each in studied for tried in each.others]
    fresh = [tried for each in studied for tried in each.unseen]
    changed = [tried for each in studied for tried in each.mutants]
    styles = [tried for each in studied for tried in each.styles]
    recognised = sum(tried.recognised_as_itself for tried in known)
    rows = [
        ("known misconceptions", len(known), _share(sum(t.caught_by_tests for t in known), known)),
        ("… recognised by name", len(known), _share(recognised, known)),
        ("other mistakes", len(others), _share(sum(t.caught_by_tests for t in others), others)),
        (
            "mistakes written by somebody who had not seen the misconceptions",
            len(fresh),
            _share(sum(t.caught_by_tests for t in fresh), fresh),
        ),
        ("… recognised as some misconception", len(fresh), _share(_named(fresh), fresh)),
        ("mutants of the reference", len(changed), _caught_or_equivalent(studied)),
        (
            f"right answers, each on {len(SEEDS_OF_STYLES)} seeds: refused",
            len(styles),
            str(sum(t.failed_sometimes for t in styles)),
        ),
    ]
    return [
        "| what was tried | how many | caught or recognised |",
        "|:--|--:|--:|",
        *(f"| {what} | {many} | {share} |" for what, many, share in rows),
        "",
    ]


def _named(tried: Sequence[Tried]) -> int:
    return sum(each.recognised is not None for each in tried)


def _share(count: int, of: Sequence[Tried]) -> str:
    return f"{count} ({count / len(of):.1%})" if of else "–"


def _caught_or_equivalent(studied: Sequence[Studied]) -> str:
    survivors = sum(len(each.survivors) for each in studied)
    caught = sum(mutant.caught_by_tests for each in studied for mutant in each.mutants)
    total = sum(len(each.mutants) for each in studied)
    return f"{caught} caught, {total - caught - survivors} equivalent, {survivors} survived"


def _mistakes(studied: Sequence[Studied]) -> list[str]:
    lines = [
        "## Mistakes",
        "",
        "Caught: refused on every seed. Recognised: taken for itself, and for nothing else, on every "
        f"seed ({len(SEEDS_OF_MISTAKES)} seeds). «Other mistakes» have no hint of their own. A misconception "
        "about formulas may lead to several answers; each is counted.",
        "",
        "| exercise | misconceptions | by checks | by hidden tests | recognised | other mistakes | by checks "
        "| by hidden tests |",
        "|:--|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for each in studied:
        numbers = [
            len(each.misconceptions),
            sum(t.caught_by_checks for t in each.misconceptions),
            sum(t.caught_by_tests for t in each.misconceptions),
            sum(t.recognised_as_itself for t in each.misconceptions),
            len(each.others),
            sum(t.caught_by_checks for t in each.others),
            sum(t.caught_by_tests for t in each.others),
        ]
        lines.append(f"| {each.name} | {' | '.join(map(str, numbers))} |")
    missed = [
        f"- {each.name}: `{tried.name}` fits {_fits(tried)}"
        for each in studied
        for tried in each.misconceptions
        if not tried.recognised_as_itself
    ]
    return [*lines, "", *(["Not recognised:", "", *missed, ""] if missed else [])]


def _fits(tried: Tried) -> str:
    return "; ".join(sorted({", ".join(names) or "nothing" for names in tried.named})) or "nothing"


def _unseen(studied: Sequence[Studied]) -> list[str]:
    tried = [(each.name, one) for each in studied for one in each.unseen]
    if not tried:
        return []
    lines = [
        "## Mistakes by somebody who had not seen the misconceptions",
        "",
        "| exercise | answer | caught by checks | by hidden tests | recognised as |",
        "|:--|:--|:--|:--|:--|",
    ]
    return [
        *lines,
        *(
            f"| {name} | {one.name} | {_yes(one.caught_by_checks)} | {_yes(one.caught_by_tests)} "
            f"| {one.recognised or '–'} |"
            for name, one in tried
        ),
        "",
    ]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _mutants(studied: Sequence[Studied]) -> list[str]:
    lines = [
        "## Mutants",
        "",
        "The reference with one small change, by the operators of cosmic-ray.",
        "",
        "| exercise | mutants | by checks | by hidden tests | recognised | equivalent | survived |",
        "|:--|--:|--:|--:|--:|--:|--:|",
    ]
    equivalent = []
    for each in studied:
        caught = sum(t.caught_by_tests for t in each.mutants)
        right = [
            (t.name, why)
            for t in each.mutants
            if not t.caught_by_tests and (why := reason(each.assignment, each.exercise, t.name))
        ]
        equivalent += [f"- {each.name}: `{change}` — {why}" for change, why in right]
        numbers = [
            len(each.mutants),
            sum(t.caught_by_checks for t in each.mutants),
            caught,
            _named(each.mutants),
            len(right),
            len(each.survivors),
        ]
        lines.append(f"| {each.name} | {' | '.join(map(str, numbers))} |")
    return [*lines, "", "Equivalent, and why:", "", *equivalent, ""]


def _styles(studied: Sequence[Studied]) -> list[str]:
    lines = [
        "## Right answers",
        "",
        "| exercise | styles | seeds | refused |",
        "|:--|--:|--:|--:|",
    ]
    for each in studied:
        seeds = len(SEEDS_OF_STYLES) if each.kind == "function" else 1
        refused = sum(t.failed_sometimes for t in each.styles)
        lines.append(f"| {each.name} | {len(each.styles)} | {seeds} | {refused} |")
    return [*lines, "", "Formulas and derivations have no hidden inputs, so one seed is all.", ""]


def _pairs(studied: Sequence[Studied]) -> list[str]:
    lines = [
        "## Which test tells two misconceptions apart",
        "",
        f"Every pair with its tests is written to `{PAIRS.relative_to(ROOT)}`. Here: how many pairs only one "
        "test tells apart, and that test.",
        "",
        "| exercise | pairs | told apart by one test only | which tests | not told apart |",
        "|:--|--:|--:|:--|:--|",
    ]
    for each in studied:
        if not each.pairs:
            continue
        single = [pair.tests[0] for pair in each.pairs if len(pair.tests) == 1]
        twins = [f"{pair.one} = {pair.other}" for pair in each.pairs if not pair.tests]
        counts = [
            f"{name} ({len(list(group))})" for name, group in itertools.groupby(sorted(single))
        ]
        lines.append(
            f"| {each.name} | {len(each.pairs)} | {len(single)} | {', '.join(counts)} "
            f"| {', '.join(twins)} |"
        )
    return [*lines, ""]


if __name__ == "__main__":
    sys.exit(main())
