"""docs/nothing-lost.md, from what the study found."""

import re
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studies.accidents import Happened
from studies.little_class import ASSIGNMENT, class_of_six

if TYPE_CHECKING:
    from studies.nothing_lost import Struck


def nothing_lost_page(
    struck: "Sequence[Struck]", happened: Sequence[Happened], seconds: float
) -> str:
    """The page: moments by kind, accidents, what did not hold, and how it was measured."""
    wrong = [*(one for one in struck if one.wrong), *(one for one in happened if one.wrong)]
    students = ", ".join(f"*{name}*" for name in class_of_six())
    return "\n".join(
        [
            "# Nothing lost",
            "",
            f"Written by `make kill` on {datetime.now(UTC):%Y-%m-%d}, in {seconds / 60:.0f} minutes; all "
            "numbers are measured,",
            "none are typed.",
            "",
            f"`autograder grade {ASSIGNMENT}` was killed with SIGKILL at **{len(struck)} moments**, and "
            f"{len(happened)} accidents",
            f"happened to it. It did not come out as it should in **{len(wrong)}** of them.",
            "",
            *_moments(struck),
            *_accidents(happened),
            *_wrong(struck, happened),
            "## Method",
            "",
            f"- The class: {students}. One of them sleeps for a second, one ends its worker.",
            "- Moments are drawn from a seed, spread evenly over the time that an undisturbed run takes,",
            "  start and gradebook included. A moment behind the end is drawn again, a fifth earlier.",
            "- Then the same command runs again, at once. Reports, autograded notebooks, releases and all",
            "  other files but the run log have to be those of the undisturbed run, byte for byte, with",
            "  their modes; the gradebook has to hold the same rows (its ids are random). No other file may",
            "  be there. What stood in reports/ when the grader was killed has to be whole, and may not be",
            "  graded again. All processes have to be gone within a minute.",
            "- Where only a grading process or the sandbox dies, the same batch has to end well.",
            "- A worker alone is never killed: nobody could tell that from an answer that ends its own",
            "  process, and it is told as such.",
            "- SIGKILL is not a power cut: what a process wrote is in the hands of the kernel. After a power",
            "  cut a report may be missing, and is graded again.",
            "",
        ]
    )


def _moments(struck: "Sequence[Struck]") -> list[str]:
    lines = [
        "| killed | moments | part of the batch | reports there (median) | came out wrong |",
        "|:--|--:|:--|--:|--:|",
    ]
    for name in dict.fromkeys(one.kind.name for one in struck):
        group = [one for one in struck if one.kind.name == name]
        parts = [one.fraction for one in group]
        reports = statistics.median(one.reports for one in group)
        wrong = sum(bool(one.wrong) for one in group)
        lines.append(
            f"| {name} | {len(group)} | {min(parts):.0%} – {max(parts):.0%} | {reports:g} | {wrong} |"
        )
    return [*lines, ""]


def _accidents(happened: Sequence[Happened]) -> list[str]:
    lines = [
        "## Accidents",
        "",
        "After each the same command ran again and was compared as above.",
        "",
        "| accident | exit code | lines said | came out wrong |",
        "|:--|--:|--:|:--|",
    ]
    lines += [
        f"| {one.name} | {one.code} | {len(one.said)} | {'yes' if one.wrong else 'no'} |"
        for one in happened
    ]
    # Without the name of the folder, which is another one each time.
    said = {re.sub(r"/\S*/(?=course/)", "…/", line) for one in happened for line in one.said}
    return [*lines, "", "What was said:", "", "```", *sorted(said), "```", ""]


def _wrong(struck: "Sequence[Struck]", happened: Sequence[Happened]) -> list[str]:
    """What did not hold, word by word; nothing if all did."""
    told = [
        f"- {one.kind.name}, at {one.fraction:.0%}: {'; '.join(one.wrong)}"
        for one in struck
        if one.wrong
    ]
    told += [f"- {one.name}: {'; '.join(one.wrong)}" for one in happened if one.wrong]
    return ["## What did not hold", "", *told, ""] if told else []
