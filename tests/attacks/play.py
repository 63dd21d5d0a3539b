"""Plays attacks with one protection switched off, inside the outer sandbox: what it is asked, line by line.

`python tests/attacks/play.py OFF OTHERS`: the name of an attack in, what it broke out, both as JSON. OFF is
a layer of the sandbox, a bound of the grader, «nothing» or «all layers»; OTHERS are the user's processes
outside.
"""

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

from glm2mlp.catalogue import COURSE
from studies import outer_sandbox
from studies.weakened import BOUNDS

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "engine")]
SECONDS = 300  # the longest that an attack which is held may take
# Promises that were broken without leaving anything behind.
LEAVES_NOTHING = ("it learned", "it earns", "it was read", "a worker took", "a crash")


def main() -> None:
    """Serve until standard input ends."""
    off, others = sys.argv[1], int(sys.argv[2])
    outer_sandbox.enter(others)
    from corpus import ATTACKS
    from engine_kit import StrictProcess
    from scene import Scene

    from autograder.sandbox.terms import LAYERS

    class Process(StrictProcess):
        """The grading process, with what is missing."""

        if off in BOUNDS:
            program = ("-m", "studies.weakened", off)

    signal.signal(signal.SIGALRM, _too_long)
    attacks = {attack.tries: attack for attack in ATTACKS}
    layers = () if off == "all layers" else tuple(name for name in LAYERS if name != off)
    process = Process(COURSE, layers)
    scene = Scene(Path(tempfile.mkdtemp()), process)
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        attack = attacks[json.loads(line)]
        signal.alarm(SECONDS)
        try:
            broken = scene.play(attack).broken
        except BaseException as error:  # an attack that won may have taken anything away
            broken = [f"grading does not go on: {type(error).__name__}: {error}"[:200]]
        signal.alarm(0)
        print(json.dumps(broken), flush=True)  # noqa: T201
        if any(not promise.startswith(LEAVES_NOTHING) for promise in broken):
            os._exit(0)  # what follows is played in a new sandbox
    process.stop()


def _too_long(*_: object) -> None:
    raise TimeoutError(f"not ended after {SECONDS} s")


if __name__ == "__main__":
    main()
