"""Runs a command of an instructor's with tight limits, and tells what it leaves behind.

`python tests/attacks/command.py autograder grade …` is `autograder grade …` in which a submission may use
little, so that a class of attackers does not take hours. The last line that it prints is the number of
processes that were still there two seconds after the command had ended.
"""

import ctypes
import os
import sys
import time
from importlib.metadata import entry_points

from engine_kit import descendants

from autograder.sandbox.terms import Limits

PR_SET_CHILD_SUBREAPER = 36
# Of a cell and a call, CPU and wall clock; of a submission; memory. A busy machine needs the seconds.
TIGHT = (1.0, 8.0, 0.5, 8.0, 20.0, 20.0, 1 << 29)


def main(name: str, *arguments: str) -> int:
    """Run the command in a process of its own; return how it ended."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # whoever loses its parent is ours
    child = os.fork()
    if child == 0:
        Limits.__init__.__defaults__ = TIGHT
        sys.argv = [name, *arguments]
        (command,) = entry_points(group="console_scripts", name=name)
        sys.exit(command.load()())
    _, status = os.waitpid(child, 0)
    for _ in range(20):
        if not (left := _left()):
            break
        time.sleep(0.1)
    print(f"\n{left}")  # noqa: T201
    return os.waitstatus_to_exitcode(status)


def _left() -> int:
    """How many processes are there that the command started; those that have ended are buried."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return 0
    return len(descendants(os.getpid()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
