"""Plays all attacks; `make attack` writes docs/attacks.md.

On one assignment the grading process meets them with each protection switched off in turn. On every
assignment a class of them is graded by the commands that an instructor uses, and its pages are opened in
Chromium, with everything on.
"""

import argparse
import json
import os
import queue
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from glm2mlp.catalogue import ASSIGNMENTS
from studies import ROOT, outer_sandbox
from studies.attacks_page import NOTHING, OFF, PAGE, WAYS, in_class, page

sys.path += [str(ROOT / "tests" / "attacks"), str(ROOT / "tests" / "engine")]

from alone import ALONE
from corpus import ATTACKS
from engine_kit import SOFTMAX

PLAYER, CLASS = "tests/attacks/play.py", "tests/attacks/hostile_class.py"
PORTION = 40  # attacks that one sandbox plays, if none of them wins


class Play(NamedTuple):
    """An attack by what it tries, with one protection off; or by a command, on an assignment."""

    off: str
    tries: str


@dataclass(frozen=True)
class Played:
    """What an attack broke, and whether it did so every time."""

    play: Play
    broken: tuple[str, ...]
    steady: bool = True


class Player:
    """Plays attacks in an outer sandbox, which ends when an attack has won and may have left something."""

    def __init__(self, off: str) -> None:
        self.off = off
        self._process: subprocess.Popen[str] | None = None

    def play(self, tries: str) -> tuple[str, ...]:
        """The promises that the attack broke."""
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(tries) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        broken = json.loads(line) if line else ["the sandbox around it all has ended"]
        if broken:
            self._settle(process)
        return tuple(broken)

    def stop(self) -> None:
        """End the sandbox and all that is in it."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _settle(self, process: "subprocess.Popen[str]") -> None:
        """Let go of a player that has ended itself."""
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            return
        self.stop()

    def _start(self) -> "subprocess.Popen[str]":
        program = [PLAYER, self.off, str(outer_sandbox.processes_of_user())]
        process = subprocess.Popen(
            outer_sandbox.command(program),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            process.kill()
            _, said = process.communicate()
            raise SystemExit(f"attacks cannot be played here: {said.strip().splitlines()[-1:]}")
        return process


def play_all(plays: Sequence[Play], jobs: int) -> Iterator[Played]:
    """Play them; what breaks a promise is played once more in a new sandbox."""
    portions: dict[str, list[Play]] = defaultdict(list)
    for play in plays:
        portions[play.off].append(play)
    done: queue.Queue[Played | BaseException] = queue.Queue()
    with ThreadPoolExecutor(jobs) as pool:
        for each in portions.values():
            for i in range(0, len(each), PORTION):
                pool.submit(_portion, each[i : i + PORTION], done)
        for _ in plays:
            played = done.get()
            if isinstance(played, BaseException):
                pool.shutdown(cancel_futures=True)
                raise played
            yield played


def _portion(plays: Sequence[Play], done: "queue.Queue[Played | BaseException]") -> None:
    player, again = Player(plays[0].off), Player(plays[0].off)
    try:
        for play in plays:
            done.put(_twice(play, player, again))
    except BaseException as error:
        done.put(error)
    finally:
        player.stop()
        again.stop()


def _twice(play: Play, player: Player, again: Player) -> Played:
    broken = player.play(play.tries)
    if not broken:
        return Played(play, ())
    repeated = again.play(play.tries)
    return Played(play, repeated or broken, steady=bool(repeated))


def study(off: Sequence[str] = OFF, every: int = 1) -> list[Play]:
    """Each attack with each protection off; or every N-th, and those that one protection holds alone."""
    attacks = [attack for attack in ATTACKS if attack.suits(SOFTMAX)]
    chosen = [a for i, a in enumerate(attacks) if i % every == 0 or a.tries in ALONE.values()]
    return [
        Play(name, attack.tries)
        for name in off
        for attack in (attacks if name == NOTHING else chosen)
    ]


def play_classes(assignments: Sequence[str], jobs: int, every: int) -> Iterator[list[Played]]:
    """Play the class of every assignment; what was played in each, nothing if it did not come to its end."""
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda name: _class(name, every), assignments)


def _class(assignment: str, every: int) -> list[Played]:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, CLASS, assignment, folder, str(every)],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "engine"))),
            },
            stdout=subprocess.PIPE,
            text=True,
            check=False,  # it fails too if a promise was broken
        )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if {way for way, _, _ in rows} != {*WAYS}:
        print(f"the class of {assignment} did not come to its end", file=sys.stderr)  # noqa: T201
        return []
    return [
        Played(Play(f"{way} {assignment}", tries), tuple(broken)) for way, tries, broken in rows
    ]


def main() -> int:
    """Run the study; exit code 1 if an attack breaks a promise with everything on."""
    parser = argparse.ArgumentParser(prog="python -m studies.attacks", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    parser.add_argument("--off", action="append", choices=OFF, help="only with this off")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th attack")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--raw", help="add each result to this file, and play only what it lacks")
    options = parser.parse_args()
    plays = study(options.off or OFF, options.every)
    played = _known(options.raw)
    left = [play for play in plays if play not in played]
    on_class = [] if options.off else [n for n in ASSIGNMENTS if not in_class(played, n)]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn()) as bar:
        task = bar.add_task("attacks", total=len(left))
        for each in play_all(left, options.jobs):
            played[each.play] = each
            _note(options.raw, each)
            bar.advance(task)
        task = bar.add_task("classes", total=len(on_class))
        for graded in play_classes(on_class, options.jobs, options.every):
            for each in graded:
                played[each.play] = each
                _note(options.raw, each)
            bar.advance(task)
    for each in played.values():
        if each.broken:
            print(f"{each.play.off}: {each.play.tries}: {'; '.join(each.broken)}")  # noqa: T201
    unplayed = [name for name in on_class if not in_class(played, name)]
    if options.write and not unplayed:
        PAGE.write_text(page(played, ATTACKS), encoding="utf-8")
    broken = any(each.broken for each in played.values() if each.play.off not in OFF[1:])
    return int(broken or bool(unplayed))


def _known(path: str | None) -> dict[Play, Played]:
    """What was played before."""
    if path is None or not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return {Play(*row[:2]): Played(Play(*row[:2]), tuple(row[2]), row[3]) for row in rows}


def _note(path: str | None, each: Played) -> None:
    if path is not None:
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps([*each.play, each.broken, each.steady]) + "\n")


if __name__ == "__main__":
    sys.exit(main())
