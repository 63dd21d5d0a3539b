"""Writes the sample class: `python -m sample.make_class DIR` makes `DIR/submitted/`. Trusted side.

The same seed gives the same bytes. What the students did stands in `stories.py`, what they have to earn
for it in `expected.toml`.
"""

import argparse
import os
import random
import shutil
from pathlib import Path

from sample.stories import STORIES, Submitted

DEFAULT_SEED = 2025


def make_class(directory: Path, seed: int = DEFAULT_SEED) -> None:
    """Write all submissions below `directory/submitted`; what these students had there is replaced."""
    for student, told in STORIES.items():
        shutil.rmtree(directory / "submitted" / student, ignore_errors=True)
        for assignment, story in told.items():
            submitted = Submitted(assignment, random.Random(f"{seed}/{student}/{assignment}"))  # noqa: S311
            story(submitted)
            _write(submitted, directory / "submitted" / student / assignment)


def _write(submitted: Submitted, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, text in submitted.files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for name, target in submitted.links.items():
        os.symlink(target, folder / name)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m sample.make_class", description=__doc__)
    parser.add_argument("directory", type=Path, metavar="DIR", help="the course directory")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="(default: %(default)s)")
    arguments = parser.parse_args()
    make_class(arguments.directory, arguments.seed)


if __name__ == "__main__":
    main()
