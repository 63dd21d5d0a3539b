"""Measures how fast a class is graded: `autograder grade` beside stock nbgrader and otter, and the floor.

`make bench` runs it and writes docs/performance.md and its picture. It stops where a grader does not give the
scores that the answers deserve; nothing here fails because something is slow.
"""
# ruff: noqa: T201

import argparse
import os
import tempfile
from pathlib import Path

from breakdown import breakdown
from courses import prepare
from measure import looked_at, timed
from performance import DOCUMENT, PICTURE, Measured, document, picture
from students import MIXTURE
from ways import Autograder


def main() -> None:
    """Measure, print, and with `--write` write the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--submissions", type=int, default=20 * MIXTURE, metavar="N", help="in our class"
    )
    parser.add_argument(
        "--peer-submissions",
        type=int,
        default=MIXTURE,
        metavar="N",
        help="in the class of nbgrader and otter, whose cost is linear (default: %(default)s, each kind of "
        "student once)",
    )
    parser.add_argument(
        "--runs", type=int, default=3, metavar="N", help="runs of each way, in turns"
    )
    parser.add_argument("--write", action="store_true", help=f"write {DOCUMENT.name}")
    options = parser.parse_args()
    if min(options.submissions, options.peer_submissions) < 2:
        parser.error("what a further submission costs needs two of them")
    with tempfile.TemporaryDirectory() as folder:
        ways, own_lines, tests = prepare(
            Path(folder), options.submissions, options.peer_submissions
        )
        results = [Measured(way.title, way.submissions) for way in ways]
        own, own_floor = (Measured(way.title, way.submissions) for way in own_lines)
        single = ways[1]
        assert isinstance(single, Autograder)
        for number in range(options.runs):
            for way, result in zip(ways, results, strict=True):
                result.load.append(os.getloadavg()[0])
                result.whole.append(timed(way, way.whole))
                result.alone.append(timed(way, [0]))
                took = f"{result.whole[-1].wall:.1f} s, one alone {result.alone[-1].wall:.1f} s"
                print(f"run {number + 1}: {way.title}: {took}", flush=True)
                if number + 1 == options.runs:
                    result.seen.append(looked_at(way, way.whole))
                    print(f"{way.title}: {result.peak:.0f} MB at most", flush=True)
                # Its CPU is compared with that of the floor, and the machine's speed changes.
                if way is single:
                    result.pairs.append((looked_at(way, way.whole), looked_at(way, [0])))
            ours, floor = own_lines
            own.pairs.append((looked_at(ours, ours.whole), looked_at(ours, [0])))
            own_floor.whole.append(timed(floor, floor.whole))
            own_floor.alone.append(timed(floor, [0]))
        parts = breakdown(single, results[1].further_cpu_by_role)
    text = document(results, (own, own_floor), parts, tests)
    print("\n" + text)
    if options.write:
        DOCUMENT.write_text(text, encoding="utf-8")
        PICTURE.write_text(picture(results), encoding="utf-8")


if __name__ == "__main__":
    main()
