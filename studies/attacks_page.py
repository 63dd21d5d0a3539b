"""The page of docs/ that the study of attacks writes: what was tried, and what each protection holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.sandbox.layers import HOLDS, LOST
from autograder.sandbox.terms import LAYERS
from glm2mlp.catalogue import ASSIGNMENTS
from studies import ROOT
from studies.weakened import BOUNDS

PAGE = ROOT / "docs" / "attacks.md"
NOTHING, ALL_LAYERS = "nothing", "all layers"
OFF = (NOTHING, *LAYERS, *BOUNDS, ALL_LAYERS)
# What is said of a bound of the grader: layers of the sandbox say it themselves.
OF_BOUNDS = {
    "watch": "The grader ends a worker that takes too much CPU or wall-clock time; without it the kernel's "
    "limit still ends what computes, a little later, and nothing ends what sleeps.",
    "bounds of the wire": "Lengths are checked before anything is received.",
    "bounds of the reader": "A notebook is a plain file of bounded size, found without following links.",
    "import rule": "A rule of the course and no wall: it holds who does not try to get around it.",
}
# Why a layer stays although no attack of the corpus is held by it alone.
STAYS = {
    "no_new_privs": "Bubblewrap sets it too. Where bubblewrap is missing, Landlock and "
    "seccomp cannot be loaded "
    "without it.",
}

# What a class meets, with everything on.
WAYS = ("autograder grade", "nbgrader autograde", "pages in Chromium")
Found = Mapping[tuple[str, str], Any]  # off, or way and assignment; what was tried → Played


def in_class(found: Found, assignment: str, way: str = WAYS[0]) -> list[Any]:
    """What was played in the class of an assignment."""
    return [each for (off, _), each in found.items() if off == f"{way} {assignment}"]


def page(found: Found, attacks: Sequence[Any]) -> str:
    """The page; what was not played is not counted."""
    families = list(dict.fromkeys(attack.family for attack in attacks))
    on = [each for (off, tries), each in found.items() if off not in OFF[1:] and tries]
    lines = [
        "# Attacks, and what holds them",
        "",
        "Written by `make attack`; all numbers are measured, none are typed.",
        "",
        f"{len(attacks)} hostile submissions (`tests/attacks/`). Each is graded beside innocent "
        "neighbours. It breaks a promise if it earns a point, learns what it looks for, changes a "
        "neighbour's report or a file of the course, leaves a process, takes more memory than it may (its "
        "own or the grader's), ends the grading, is put down to the grader, has other points in the "
        "gradebook than in its report, makes a feedback page that cannot be made, that holds a script or "
        "what a terminal obeys, or makes a page ask for what an innocent page does not.",
        "",
        f"**With everything on, {len(_broke(on))} of {len(on)} plays break a promise.**",
        "",
        "## What each family was played against",
        "",
        "The grading process meets the attacks on `softmax_regression` one by one, and their memory is "
        "measured. The commands grade a class of attackers for each assignment, with two innocent students; "
        "`nbgrader autograde` meets only plain files, as `autograder collect` brings them. Then Chromium "
        "opens all pages: formgrader's of each submission, with the real MathJax, the feedback by "
        "nbgrader and ours, the overview, and in JupyterLab the notebooks with formulas. Each cell: plays "
        "that broke a promise, of all plays.",
        "",
        f"| family | grading process | {' | '.join(WAYS)} |",
        f"|:--|--:|{'--:|' * len(WAYS)}",
        *(f"| {family} | {_parts(found, attacks, family)} |" for family in families),
        "",
        f"| assignment | {' | '.join(WAYS)} |",
        f"|:--|{'--:|' * len(WAYS)}",
        *(f"| `{name}` | {_ways(found, name)} |" for name in ASSIGNMENTS),
        "",
        *(
            f"- *{each.play.tries or 'the class as a whole'}*, {off}: {'; '.join(each.broken)}"
            for (off, _), each in found.items()
            if each.broken and off not in OFF
        ),
        "",
        "## With one protection off",
        "",
        "How many attacks broke a promise, of how many that were played, with one layer of the "
        "sandbox or one "
        "bound of the grader switched off and all others on. What broke was played again in a "
        "fresh sandbox, "
        "and counts if it broke again. «All layers» is the sandbox without any of its layers.",
        "",
        *_not_whole(found),
        f"| off | {' | '.join(families)} | all |",
        f"|:--|{'--:|' * (len(families) + 1)}",
    ]
    for off in OFF[1:]:
        cells = [_share(found, off, attacks, family) for family in (*families, None)]
        lines.append(f"| {off} | {' | '.join(cells)} |")
    for off in OFF[1:]:
        lines += ["", f"### Without {off}", "", *_told(found, off, attacks)]
    lines += ["", *_needs()]
    return "\n".join(lines) + "\n"


def _not_whole(found: Found) -> list[str]:
    played = sum(off in OFF for off, _ in found)
    whole = len(OFF) * sum(off == NOTHING for off, _ in found)
    if played >= whole:
        return []
    said = (
        f"This run was not whole: {played} of {whole} plays. A 0 says little where few were played."
    )
    return [said, ""]


def _played(found: Found, off: str, attacks: Sequence[Any], family: str | None) -> list[Any]:
    return [
        found[off, attack.tries]
        for attack in attacks
        if family in (None, attack.family) and (off, attack.tries) in found
    ]


def _broke(played: Sequence[Any]) -> list[Any]:
    return [each for each in played if each.broken and each.steady]


def _parts(found: Found, attacks: Sequence[Any], family: str) -> str:
    """The cells of a family: the grading process, then each way to grade the classes."""
    offs = [[NOTHING], *([f"{way} {name}" for name in ASSIGNMENTS] for way in WAYS)]
    return " | ".join(
        _of([each for off in group for each in _played(found, off, attacks, family)])
        for group in offs
    )


def _ways(found: Found, assignment: str) -> str:
    return " | ".join(_of(in_class(found, assignment, way)) for way in WAYS)


def _of(played: Sequence[Any]) -> str:
    return f"{len(_broke(played))} of {len(played)}" if played else "–"


def _share(found: Found, off: str, attacks: Sequence[Any], family: str | None) -> str:
    return _of(_played(found, off, attacks, family))


def _told(found: Found, off: str, attacks: Sequence[Any]) -> list[str]:
    """What a protection is for, and what happened without it."""
    if off in HOLDS:
        lines = [f"It holds: {HOLDS[off]}. Without it it is not promised {LOST[off]}."]
    else:
        lines = [OF_BOUNDS[off]] if off in OF_BOUNDS else []
    played = _played(found, off, attacks, None)
    if not _broke(played) and off in STAYS:
        lines += ["", f"It holds nothing alone, and stays: {STAYS[off]}"]
    lines += ["", *(f"- {_row(each)}" for each in _broke(played))]
    once = [each for each in played if each.broken and not each.steady]
    lines += [f"- not counted, since it did so once only: {_row(each)}" for each in once]
    return [line for i, line in enumerate(lines) if line or i]


def _row(each: Any) -> str:
    told = (text.replace(str(ROOT), "…").replace("|", "\\|") for text in each.broken)
    said = "; ".join(text.replace("\n", " ")[:120] for text in told)
    return f"*{each.play.tries}*: {said}"


def _needs() -> list[str]:
    return [
        "## How it is measured, and what that needs",
        "",
        "With a layer off an attack may win, so the whole grader runs in a sandbox of its own "
        "(`studies/outer_sandbox.py`): namespaces by bubblewrap, nothing of the host writable, "
        "no network, an "
        "ordinary user, bounds on processes and memory. It ends after an attack that may have "
        "left anything. "
        "The grader's own sandbox is built inside it; the host has to let user namespaces be "
        "nested (Linux does, "
        "to a depth of 32, where ordinary users may make them at all).",
        "",
        "The grader has no switches for its own bounds: `studies/weakened.py` takes them away "
        "from outside. "
        "`--every N` plays every N-th attack; `--raw FILE` keeps the results, and goes on where it was.",
    ]
