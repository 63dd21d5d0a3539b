"""Damages good notebooks, grades them and compares points; `make study-repair` writes docs/repairs.md."""

import argparse
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track

from autograder.authoring.cells import solved_cells
from autograder.batch import grade_all
from autograder.grading.task import Task
from autograder.report import Report
from autograder.sandbox import layers
from glm2mlp.catalogue import ASSIGNMENTS, COURSE
from sample.notebook import Notebook
from studies import ROOT
from studies.damage import FAMILIES, REVIEW, SAME, Family

PAGE = ROOT / "docs" / "repairs.md"
SOLVED = "solved"
# Right in four ways, and, so that a repair has something to gain, wrong in two.
STYLES: tuple[tuple[str, ...], ...] = (
    (SOLVED,),
    ("plain", "fatma"),
    ("plain",),
    ("loops",),
    ("plain", "goran"),
    ("own",),
)
BASES = tuple((assignment, styles) for styles in STYLES for assignment in ASSIGNMENTS)
EACH = 18  # notebooks of a family: half of the bases, each assignment three times
SHARE = 0.98  # of the notebooks that hold their answers, so many must get the points of the undamaged one

Base = tuple[str, tuple[str, ...]]
Points = Mapping[str, float | None]


@dataclass(frozen=True)
class Compared:
    """A damaged notebook's report beside that of the undamaged one."""

    family: Family
    base: Base
    report: Report
    before: Report

    @property
    def gains(self) -> bool:
        """Whether any exercise has more points than before."""
        return any(
            (_points(self.report)[n] or 0) > (p or 0) for n, p in _points(self.before).items()
        )

    @property
    def same(self) -> bool:
        """Whether every exercise has the points that it had."""
        return _points(self.report) == _points(self.before)

    @property
    def reviewed(self) -> bool:
        """Whether a person is told to look at it, and why."""
        return self.report.status == "review" and bool(self.report.error)

    @property
    def told(self) -> bool:
        """Whether the report tells of a repair, where there was something to mend."""
        return bool(self.report.repairs) or not self.family.told

    @property
    def as_it_should(self) -> bool:
        """Whether came what must come of it."""
        right = self.same or (self.family.comes == REVIEW and self.reviewed)
        return right and not self.gains and self.told


def base_notebook(base: Base) -> Notebook:
    """An undamaged notebook: of the sample class, or solved by the reference."""
    assignment, styles = base
    notebook = Notebook(assignment, random.Random(str(base)))  # noqa: S311
    if styles == (SOLVED,):
        sources = {cell.grade_id: cell.source for cell in solved_cells(ASSIGNMENTS[assignment])}
        for cell in notebook.cells:
            cell["source"] = sources[cell["id"]]
    else:
        notebook.fill(*styles)
    return notebook


def damaged(family: Family, base: Base) -> bytes:
    """The file that comes of a base."""
    notebook = base_notebook(base)
    rng = random.Random(f"{family.name}/{base}")  # noqa: S311
    return family.damage(notebook, rng) or notebook.text().encode()


def compare(pairs: Sequence[tuple[Family, Base]], jobs: int) -> list[Compared]:
    """Grade a damaged notebook for each pair, in the real sandbox, and each base that occurs."""
    with tempfile.TemporaryDirectory() as folder:
        tasks = {
            (None, base): _task(
                Path(folder), f"base-{number}", base, base_notebook(base).text().encode()
            )
            for number, base in enumerate(dict.fromkeys(base for _, base in pairs))
        }
        tasks |= {
            (family, base): _task(Path(folder), f"{number}", base, damaged(family, base))
            for number, (family, base) in enumerate(pairs)
        }
        graded = grade_all(
            [*tasks.values()], course=COURSE, jobs=jobs, layers=layers.present(layers.probe())
        )
        reports = {
            result.report.student: result.report
            for result in track(graded, "grading", len(tasks), transient=True)
        }
    found = {pair: reports[task.student] for pair, task in tasks.items()}
    return [
        Compared(family, base, found[family, base], found[None, base]) for family, base in pairs
    ]


def _task(folder: Path, student: str, base: Base, content: bytes) -> Task:
    assignment = base[0]
    path = folder / "submitted" / student / assignment / f"{assignment}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    # The hidden inputs of a base are those of its damaged copies.
    return Task(student, assignment, str(path), str(folder / f"{student}.json"), BASES.index(base))


def _points(report: Report) -> Points:
    """The points by exercise; none at all for a notebook that could not be read."""
    names = [exercise.name for exercise in ASSIGNMENTS[report.assignment].exercises]
    results = report.exercises
    return {name: results[name].points if name in results else 0.0 for name in names}


def whole_study() -> list[tuple[Family, Base]]:
    """Each family with half of the bases; the next family with the other half."""
    return [
        (family, base)
        for number, family in enumerate(FAMILIES)
        for base in BASES[number % 2 * EACH :][:EACH]
    ]


def page(compared: Sequence[Compared]) -> str:
    """The page that docs/ shows."""
    whole = [each for each in compared if each.family.comes == SAME]
    lost = [each for each in compared if each.family.comes == REVIEW]
    same, gains = sum(each.same for each in whole), sum(each.gains for each in compared)
    silent = sum(not each.told for each in compared)
    text = f"""\
# Notebooks that come damaged

Written by `make study-repair`; all numbers are measured, none are typed.

{len(compared)} notebooks, made of {len(BASES)} by {len(FAMILIES)} kinds of damage and graded in the sandbox
beside the undamaged ones, with the same hidden inputs. The undamaged ones are, for each assignment, the
reference's solution and {len(STYLES) - 1} of the sample class: three right styles, and two with many
mistakes, by which a repair could make more points than were earned.

- Answers are all there ({len(whole)} notebooks): **{same} ({same / len(whole):.1%}) have the points of the
  undamaged one**, exercise by exercise; {_reviewed(whole)} of the others are in review, with the reason.
- An answer is destroyed or cannot be told from a draft ({len(lost)} notebooks): {sum(e.same for e in lost)}
  have the same points, of the others {_reviewed(lost)} of {sum(not e.same for e in lost)} are in review.
- More points than before, in any exercise: **{gains}** of {len(compared)}.
- Something was mended and the report does not tell it: {silent}.

«In review» counts reports with this status: an exercise that was mended in a way that may be wrong does not
have all of its points, so a person should look. The points stand.
"""
    lines = text.split("\n")
    for group in dict.fromkeys(family.group for family in FAMILIES):
        lines += [
            f"## {group.capitalize()}",
            "",
            "| what happened | notebooks | same points | fewer, review | fewer, silent | more | in review |",
            "|:--|--:|--:|--:|--:|--:|--:|",
        ]
        told: list[str] = []
        for family in FAMILIES:
            mine = [each for each in compared if each.family is family]
            if family.group == group and mine:
                lines.append(_row(family, mine))
                told += [f"- *{family.name}*: {text}" for text in _told(mine)]
        lines += ["", "Told in the reports (in how many):", "", *told, ""]
    return "\n".join(lines).rstrip() + "\n"


def _reviewed(compared: Sequence[Compared]) -> int:
    """How many do not have the same points, and a person is told."""
    return sum(each.reviewed for each in compared if not each.same)


def _row(family: Family, compared: Sequence[Compared]) -> str:
    fewer = [each for each in compared if not each.same and not each.gains]
    numbers = [
        len(compared),
        sum(each.same for each in compared),
        sum(each.reviewed for each in fewer),
        sum(not each.reviewed for each in fewer),
        sum(each.gains for each in compared),
        sum(each.reviewed for each in compared),
    ]
    return f"| *{family.name}*: {family.does} | {' | '.join(map(str, numbers))} |"


def _told(compared: Sequence[Compared]) -> Iterator[str]:
    """The repairs, where numbers and names are left out, and in how many reports they stand."""
    counts = Counter(
        kind for each in compared for kind in {_kind(repair) for repair in each.report.repairs}
    )
    for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{kind} ({count})"
    if not counts:
        yield "nothing: there is nothing to mend"


def _kind(repair: str) -> str:
    names = re.sub(r"«[^»]*»(, «[^»]*»)*", "…", repair)
    return re.sub(r"\d+(, \d+)*", "N", names)


def main() -> int:
    """Run the study; exit code 1 if a family falls short."""
    parser = argparse.ArgumentParser(prog="python -m studies.repairs", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    parser.add_argument("--family", action="append", help="only this one (may be given again)")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    chosen = [
        pair for pair in whole_study() if not options.family or pair[0].name in options.family
    ]
    compared = compare(chosen, options.jobs)
    for each in compared:
        if not each.as_it_should:
            print(f"{each.family.name}, {each.base}: {_shortfall(each)}")  # noqa: T201
    if options.write:
        PAGE.write_text(page(compared), encoding="utf-8")
    return int(any(falls_short(compared)))


def falls_short(compared: Sequence[Compared]) -> Iterator[str]:
    """The families of which less than SHARE came out as it should, or in which anybody gains."""
    for family in FAMILIES:
        mine = [each for each in compared if each.family is family]
        if sum(each.as_it_should for each in mine) < SHARE * len(mine) or any(
            e.gains for e in mine
        ):
            yield family.name


def _shortfall(each: Compared) -> str:
    before, after = _points(each.before), _points(each.report)
    changed = [f"{n}: {before[n]} → {after[n]}" for n in before if before[n] != after[n]]
    told = (each.report.status, each.report.error, each.report.repairs)
    return f"{'; '.join(changed) or 'not told'} {told}"


if __name__ == "__main__":
    sys.exit(main())
