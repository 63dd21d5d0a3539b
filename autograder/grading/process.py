"""A grading process: takes submissions from standard input, one after the other. Trusted side.

`python -m autograder.grading.process` is started by the batch, one per core, each with a sandbox of its
own. Both ends speak JSON Lines: a task in, its result out.
"""

import json
import os
import sys
from pathlib import Path

from autograder.grading.incoming import Incoming


def main() -> None:
    """Serve until standard input ends."""
    results = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing else that prints may be taken for a result
    tasks = Incoming(os.fdopen(os.dup(0), encoding="utf-8"))
    folders, layers, core = json.loads(sys.argv[1])
    if core is not None:
        # The grader and its worker take turns; on one core neither waits for the other to wake up.
        os.sched_setaffinity(0, {core})
    # Imported only now: it takes a second, in which the batch may end.
    from autograder.grading.serving import serve
    from glm2mlp.course import read_course

    serve(tasks, results, read_course(*map(Path, folders)), tuple(layers))


if __name__ == "__main__":
    main()
