"""Fuzzes what reads hostile data, one target after the other; `make fuzz` writes docs/fuzzing.md."""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from studies import ROOT
from studies.fuzzing.seeds import WORDS, seeds

PAGE = ROOT / "docs" / "fuzzing.md"
SECONDS = 20  # of one input; more is a finding
LONGEST = 1 << 16  # bytes of an input
SHORT = 0.005  # of the runs, in CI
SEED = 2026
DONE = re.compile(r"#(\d+)\s+DONE\s+cov: (\d+) ft: (\d+) corp: (\d+)/")
TARGETS = {
    "frame": (1_000_000, "bytes of a worker to `read_frame` and `loads`, both ends"),
    "tree": (2_000_000, "headers and buffers to `loads`, both ends"),
    "reply": (100_000, "replies to `WorkerProcess` and `StudentSession`"),
    "notebook": (100_000, "files to `read_notebook` and `mended_notebook`"),
    "report": (100_000, "files to `read_report`"),
}


@dataclass(frozen=True)
class Fuzzed:
    """What one target came to: inputs, seconds, branches seen, inputs kept, and a finding if any."""

    target: str
    inputs: int
    seconds: float
    branches: int = 0
    kept: int = 0
    finding: str = ""


def fuzz(target: str, runs: int, folder: Path) -> Fuzzed:
    """Run one target; the inputs that it kept and what it found stay in `folder`."""
    start, kept, words = folder / "seeds", folder / "kept", folder / "words"
    for each in (start, kept):
        each.mkdir(parents=True)
    for number, data in enumerate(seeds(target)):
        (start / str(number)).write_bytes(data)
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS))
    options = [
        *(f"-runs={runs}", f"-timeout={SECONDS}", f"-max_len={LONGEST}", f"-seed={SEED}"),
        *("-rss_limit_mb=0", f"-dict={words}", f"-artifact_prefix={folder}/", "-verbosity=1"),
    ]
    begun = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", "studies.fuzzing.guided", target, kept, start, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    seconds = time.monotonic() - begun
    done = DONE.search(run.stderr)
    if run.returncode or done is None:
        return Fuzzed(target, 0, seconds, finding=run.stderr[-3000:])
    inputs, branches, _, count = map(int, done.groups())
    return Fuzzed(target, inputs, seconds, branches, count)


def _escaped(word: str) -> str:
    """As libFuzzer's dictionaries write it."""
    return "".join(c if c.isalnum() else f"\\x{ord(c):02x}" for c in word)


def fuzzing_page(results: Sequence[Fuzzed]) -> str:
    """docs/fuzzing.md."""
    rows = [
        f"| {one.target} | {TARGETS[one.target][1]} | {one.inputs:,} | {one.seconds:.0f} | "
        f"{one.branches} | {one.kept} | {'yes' if one.finding else 'none'} |"
        for one in results
    ]
    decoder = sum(one.inputs for one in results if one.target in ("frame", "tree", "reply"))
    notebooks = sum(one.inputs for one in results if one.target == "notebook")
    lines = [
        "# Fuzzing",
        "",
        f"Written by `make fuzz` on {datetime.now(UTC):%Y-%m-%d}; all numbers are measured, none are typed.",
        "",
        f"{decoder:,} inputs to the wire's decoder and what is done with its values, "
        f"{notebooks:,} notebooks. The fuzzer is Atheris",
        "(libFuzzer for Python): it sees the branches of the readers, and keeps inputs that reach new ones.",
        "",
        "| target | what is fed to what | inputs | s | branches | inputs kept | findings |",
        "|:--|:--|--:|--:|--:|--:|:--|",
        *rows,
        "",
        (ROOT / "studies" / "fuzzing" / "method.md").read_text(encoding="utf-8"),
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line; the exit code says whether nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m studies.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", default=[*TARGETS], metavar="TARGET")
    parser.add_argument("--short", action="store_true", help=f"{SHORT:.0%} of the inputs")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    options = parser.parse_args(arguments)
    results = []
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for name in options.targets:
            runs = int(TARGETS[name][0] * (SHORT if options.short else 1))
            one = fuzz(name, runs, Path(folder, name))
            results.append(one)
            said = one.finding or f"{one.inputs:,} inputs, {one.branches} branches"
            print(f"{name}: {one.seconds:.0f} s: {said}", flush=True)  # noqa: T201
    if options.write:
        PAGE.write_text(fuzzing_page(results), encoding="utf-8")
    return int(any(one.finding for one in results))


if __name__ == "__main__":
    sys.exit(main())
