"""Writes the sample class: `python -m sample.make_class DIR` makes `DIR/submitted/`. Trusted side.

The same seed gives the same bytes. What the students did stands in `stories.py`, what they have to earn
for it in `expected/`.
"""

import argparse
import random
import shutil
from collections.abc import Collection
from pathlib import Path

from glm2mlp.catalogue import ASSIGNMENTS
from sample.stories import STORIES
from sample.submitted import Submitted

DEFAULT_SEED = 2025


def make_class(
    directory: Path, seed: int = DEFAULT_SEED, assignments: Collection[str] = tuple(ASSIGNMENTS)
) -> None:
    """Write all submissions below `directory/submitted`; what these students had there is replaced."""
    for student, told in STORIES.items():
        folder = directory / "submitted" / student
        shutil.rmtree(folder, ignore_errors=True)
        for assignment in assignments:
            if assignment in told:
                rng = random.Random(f"{seed}/{student}/{assignment}")  # noqa: S311
                submitted = Submitted(student, assignment, rng)
                told[assignment](submitted)
                _write(submitted, folder / assignment)


def _write(submitted: Submitted, folder: Path) -> None:
    if submitted.link:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.symlink_to(submitted.link)
        return
    folder.mkdir(parents=True)
    for name, content in submitted.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    for name, target in submitted.links.items():
        (folder / name).symlink_to(target)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m sample.make_class", description=__doc__)
    parser.add_argument("directory", type=Path, metavar="DIR", help="the course directory")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="(default: %(default)s)")
    arguments = parser.parse_args()
    make_class(arguments.directory, arguments.seed)


if __name__ == "__main__":
    main()
