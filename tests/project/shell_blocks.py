"""The shell commands of a page of documentation, as a reader would type them."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    line: int
    commands: str


def blocks(page: Path) -> list[Block]:
    """Its blocks marked `sh`, by the line that they begin in."""
    text = page.read_text(encoding="utf-8")
    return [Block(text.count("\n", 0, m.start()) + 2, m[1]) for m in BLOCK.finditer(text)]


def run(block: Block, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a block as a whole in `folder`, with this environment's programs first; the first error ends it."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.commands],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path, **environment},
        check=False,
    )
