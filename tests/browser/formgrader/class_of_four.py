"""Makes the course that formgrader opens, `class_of_four.py COURSE`: three students graded, one to come.

Ada is right, Ben's softmax overflows, Eve puts scripts wherever a notebook has room for them; all of them
wrote the answer that a person grades. Dan hands in after that, for formgrader's own button. Prints the
points that the reports have, as JSON.
"""

import sys
from pathlib import Path
from typing import Any

from notebooks import NAME, UNSTABLE_SOFTMAX, cell_of, code_cell, hand_in, solved

from autograder.cli import main

WRITTEN = "explain_convex_regions"
STUDENTS = """\
First name,Last name,Email address,Username,Roles
Ada,Lovelace,ada@example.cz,ada,Student
Ben,Okri,ben@example.cz,ben,Student
Dan,Dvořák,dan@example.cz,dan,Student
Eve,<i>Adams</i>,eve@example.cz,eve,Student
"""
# Whatever of this works asks for an address with «eve-was-here» in it; the test sees each request.
FETCH = "fetch('/eve-was-here')"
SCRIPT = f"<script>{FETCH}</script>"
# MathJax takes it for a good address, and the browser for one of the page's own host.
RUN = f"http:/formgrader?path=submitted/eve/{NAME}&eve-was-here"
TRICKS = f"""\
{SCRIPT}

<img src="x" onerror="{FETCH}">
<svg onload="{FETCH}"></svg>
<iframe srcdoc="<script>parent.{FETCH}</script>"></iframe>
<details open ontoggle="{FETCH}"></details>
<img src="/eve-was-here.png">

![a picture](/formgrader?path=submitted/eve/{NAME}&eve-was-here)
[a link](/formgrader?path=submitted/eve/{NAME}&eve-was-here)
[another](javascript:{FETCH})
$\\href{{/formgrader?eve-was-here}}{{x}}$

Half a formula \\$$\\mmlToken{{mglyph}}[src="{RUN}",width="9"]{{}}$, `$\\mmlToken{{mglyph}}[src="{RUN}"]{{}}$`

$$\\mmlToken{{mglyph}}[src="{RUN}",width="100",height="100"]{{}}$$
$\\let\\x\\mmlToken \\x{{mglyph}}[src="{RUN}"]{{}}$ $\\ce{{\\mmlToken{{mglyph}}[src="{RUN}"]{{}}}}$

The lecture has $\\operatorname{{softmax}}(z)_k = \\frac{{e^{{z_k}}}}{{\\sum_j e^{{z_j}}}}$, and thus

\\begin{{align}} \\log p_k &= z_k - \\log \\sum_j e^{{z_j}} \\\\ &\\le 0 \\end{{align}}
"""


def answered(text: str) -> dict[str, Any]:
    """A notebook with all functions right and this written answer."""
    notebook = solved()
    cell_of(notebook, WRITTEN)["source"] = text
    return notebook


def ben() -> dict[str, Any]:
    """One function is wrong."""
    notebook = answered(
        "The logits are linear in x, so a mixture of points has the mixture of logits."
    )
    cell_of(notebook, "softmax")["source"] = UNSTABLE_SOFTMAX
    return notebook


def eve() -> dict[str, Any]:
    """Right answers among scripts in texts, code, outputs, metadata and attachments."""
    notebook = answered(f"Mine is convex. {TRICKS}")
    cell_of(notebook, "softmax")["source"] += f"\n# </pre></textarea></div>{SCRIPT}\n"
    shown = {"text/html": TRICKS, "application/javascript": FETCH}
    for cell in notebook["cells"]:
        cell["metadata"]["name"] = SCRIPT
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "display_data", "data": shown, "metadata": {}}]
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{FETCH}\"></svg>"
    notebook["cells"] += [
        {
            "cell_type": "markdown",
            "id": "prose",
            "metadata": {},
            "source": f"{TRICKS}\n![p](attachment:p.svg)",
            "attachments": {"p.svg": {"image/svg+xml": svg}},
        },
        {
            "cell_type": "raw",
            "id": "raw",
            "metadata": {"raw_mimetype": "text/html"},
            "source": TRICKS,
        },
        code_cell(f"%%html\n{TRICKS}"),
    ]
    notebook["metadata"]["title"] = f"</title>{SCRIPT}"
    return notebook


def make(course: Path) -> None:
    """Write the course and grade it."""
    students = course.parent / "students.csv"
    students.write_text(STUDENTS)
    assert main(["new-course", str(course), "--roster", str(students)]) == 0
    written = "A mixture of points has the mixture of logits, so where k is largest at both ends it stays so."
    hand_in(course, "ada", answered(written), "2026-11-20 10:00:00 UTC")
    hand_in(course, "ben", ben())
    folder = hand_in(course, "eve", eve()).parent
    for name in ("nbgrader_config.py", ".jupytext.py"):
        (folder / name).write_text(f"open({str(course / 'eve-was-here')!r}, 'w')\n")
    assert main(["grade", NAME, "--course", str(course)]) == 0
    hand_in(course, "dan", ben())


if __name__ == "__main__":
    make(Path(sys.argv[1]).resolve())
