"""A grading process in which one of the grader's own bounds is missing: for the study of attacks only.

`python -m studies.weakened BOUND OPTIONS` is `autograder.grading.process` otherwise. The grader itself has
no such switches.
"""

import sys
from pathlib import Path
from typing import Any

from autograder.grading import process
from autograder.grading.student import StudentSession
from autograder.reading import notebook, submission
from autograder.sandbox import host
from autograder.worker import wire

HUGE = 1 << 62


def without_watch() -> None:
    """Nobody looks at the time that a worker takes; the kernel's limit on its CPU time stays."""
    host._Watch.look = lambda _: None  # type: ignore[method-assign]


def without_bounds_of_the_wire() -> None:
    """A frame may be as long as it likes."""
    wire.MAX_HEADER = wire.MAX_BUFFERS = HUGE


def without_bounds_of_the_reader() -> None:
    """Whatever stands in the place of a notebook is read, wherever it leads."""
    notebook.MAX_BYTES = notebook.MAX_CELLS = submission.MAX_CELL = HUGE
    submission.read_file = Path.read_bytes


def without_import_rule() -> None:
    """Answers may import what they like."""
    init = StudentSession.__init__
    everything = ("numpy", "scipy", "sympy", "mpmath", "IPython", "glm2mlp", "autograder")

    def with_everything(self: StudentSession, *args: Any) -> None:
        sandbox, cells, _, *others = args
        init(self, sandbox, cells, everything, *others)

    StudentSession.__init__ = with_everything  # type: ignore[method-assign]


BOUNDS = {
    "watch": without_watch,
    "bounds of the wire": without_bounds_of_the_wire,
    "bounds of the reader": without_bounds_of_the_reader,
    "import rule": without_import_rule,
}

if __name__ == "__main__":
    BOUNDS[sys.argv.pop(1)]()
    process.main()
