"""Results as Gradescope reads them, and an autograder for it. Trusted side.

The format: https://gradescope-autograders.readthedocs.io/en/latest/specs/. Students read what a feedback page
says, and nothing else of a report.
"""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import autograder
from autograder.feedback.content import Page, Part, page
from autograder.feedback.markdown import part_to_markdown, plain
from autograder.files import write_atomically
from autograder.grades import Grade
from autograder.report import Report
from glm2mlp.course import Assignment

VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
# What the packages are built of, in a checkout of the course.
SOURCES = ("autograder", "solutions", "assignments", "hidden", "glm2mlp", "lectures")
FILES = ("course.toml", "pyproject.toml", "uv.lock", "README.md", "LICENSE", "LICENSE-text.md")
SUFFIXES = (
    ".py",
    ".md",
    ".toml",
    ".ini",
    ".txt",
    ".css",
    ".js",
    ".jinja",
    ".typed",
    ".csv",
    ".json",
)

SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, when the image of the autograder is built.
set -euo pipefail
apt-get update
apt-get install --yes bubblewrap python3 python3-pip python3-venv
python3 -m venv /autograder/uv
/autograder/uv/bin/pip install uv
cd /autograder/source
# With a Python of its own where the image's is older than 3.11.
UV_COMPILE_BYTECODE=1 /autograder/uv/bin/uv sync --frozen --no-dev --python '>=3.11'
"""

RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission. A container there may not let the sandbox have namespaces of its
# own: --unsafe grades all the same, with the layers that are there (see docs/instructor.md).
set -euo pipefail
home="${{AUTOGRADER_HOME:-/autograder}}"
export PATH="$home/source/.venv/bin:$PATH"
course="$(mktemp -d)"
trap 'rm -rf "$course"' EXIT
mkdir -p "$course/hand-in"
cp -r "$home/submission" "$course/hand-in/student"
autograder collect {assignment} "$course/hand-in" --from folder --course "$course" || true
if ! [ -d "$course/submitted" ]; then
  said='No notebook was found: hand in {assignment}.ipynb'
  printf '{{"score": 0, "output": "%s"}}' "$said" > "$home/results/results.json"
  exit
fi
autograder grade {assignment} --course "$course" --student student --unsafe --jobs 1
autograder export {assignment} --to gradescope --course "$course" --student student \\
  --visibility {visibility} --output "$course/results"
cp "$course/results/{assignment}/student/results.json" "$home/results/results.json"
"""


def results(
    report: Report, assignment: Assignment, grade: Grade, visibility: str = "visible"
) -> dict[str, Any]:
    """One submission's results.json: points by the gradebook, if it knows the submission, else by the report.

    What is pending has no score of its own, and the sum is said to be the least it can be.
    """
    said = page(report, assignment, grade)
    tests = [_test(part, visibility) for part in said.parts]
    found: dict[str, Any] = {
        "output": _summary(said),
        "output_format": "md",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "tests": tests,
    }
    if tests or report.status == "unreadable":
        found["score"] = round(said.points or 0.0, 4)
    return found


def _test(part: Part, visibility: str) -> dict[str, Any]:
    points = part.points
    test: dict[str, Any] = {
        "name": part.name,
        "max_score": part.max_points,
        "output": part_to_markdown(part),
        "output_format": "md",
        "visibility": visibility,
    }
    if points is not None:
        test["score"] = round(points, 4)
        test["status"] = "passed" if points >= part.max_points else "failed"
    return test


def _summary(said: Page) -> str:
    lines = []
    if said.problem:
        lines.append(f"Nothing could be graded: {plain(said.problem)}")
    if said.at_least:
        lines.append("At least: what is not graded yet has no points yet.")
    lines += said.dates
    lines += [f"Your notebook was mended: {plain(repair)}" for repair in said.repairs]
    return "\n\n".join(lines)


def to_json(found: dict[str, Any]) -> str:
    """The text of results.json."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def write_autograder(path: Path, assignment: str, visibility: str) -> None:
    """Write the zip that Gradescope makes an autograder of. Raises OSError, so without a checkout.

    It holds the hidden tests, since it grades there; no key: each grading draws inputs of its own.
    """
    root = Path(autograder.__path__[0]).parent
    missing = [name for name in (*SOURCES, *FILES) if not (root / name).exists()]
    if missing:
        raise FileNotFoundError(2, "needs a checkout of the course", str(root / missing[0]))
    files = [root / name for name in FILES]
    for name in SOURCES:
        files += [p for p in sorted((root / name).rglob("*")) if _is_source(p, root)]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.relative_to(root))
        for name, text in (("setup.sh", SETUP), ("run_autograder", RUN)):
            info = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            info.external_attr = 0o100755 << 16
            archive.writestr(info, text.format(assignment=assignment, visibility=visibility))
    write_atomically(path, buffer.getvalue())


def _is_source(path: Path, root: Path) -> bool:
    hidden = any(part.startswith((".", "__pycache__")) for part in path.relative_to(root).parts)
    return path.is_file() and path.suffix in SUFFIXES and not hidden
