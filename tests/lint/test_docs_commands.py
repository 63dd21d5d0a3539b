"""The commands that pages of documentation show exist, with these options; `make guide` runs a guide's."""

import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from shell_blocks import Block, blocks, run

from autograder.cli import main

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(page: Path) -> Iterator[tuple[int, list[str]]]:
    """The words of each call of ours, by the line of its block."""
    for block in blocks(page):
        for line in block.commands.replace("\\\n", " ").splitlines():
            if line.strip().startswith("autograder "):
                yield block.line, shlex.split(line, comments=True)


SHOWN = [(page.name, line, words) for page in PAGES for line, words in commands(page)]


@pytest.mark.parametrize(
    ("page", "line", "words"), SHOWN, ids=[f"{p}:{n}:{i}" for i, (p, n, _) in enumerate(SHOWN)]
)
def test_command_is_understood(monkeypatch, page, line, words):
    called = import_module(f"autograder.commands.{words[1].replace('-', '_')}")
    monkeypatch.setattr(called, "run", lambda options: 0)

    assert main(words[1:]) == 0


def test_pages_show_commands_and_a_wrong_option_is_found(monkeypatch):
    assert {page for page, _, _ in SHOWN} >= {"README.md", "feedback.md", "instructor.md"}
    with pytest.raises(SystemExit):
        main(["grade", "softmax_regression", "--no-such-option"])


def test_runner_of_blocks_sees_those_that_fail(tmp_path):
    assert run(Block(1, "false\ntrue\n"), tmp_path).returncode != 0
    assert run(Block(1, "true\n"), tmp_path).returncode == 0


def written_by_hand(page: Path) -> bool:
    """Whether no program writes the page; a log of decisions has the numbers of its day."""
    return "Written by `make" not in page.read_text()[:300] and page.name != "decisions.md"


@pytest.mark.parametrize("page", [*filter(written_by_hand, PAGES)], ids=lambda page: page.name)
def test_measured_numbers_stand_on_generated_pages_only(page):
    """A copy of a number grows old where nobody measures it again."""
    for paragraph in page.read_text().split("\n\n"):
        if re.search(r"[Mm]easured|took|On paper|ready after", paragraph):
            assert not re.search(r"\d[\d.,]* ?(s|ms|seconds|minutes|hours|kB|MB|GB)\b", paragraph)


def test_nothing_is_installed_from_an_index_that_has_it_not():
    paths = [*PAGES, *sorted((ROOT / "autograder").rglob("*.py"))]
    told = re.compile(r"pip install (-q )?['\"]?glm2mlp-autograder")
    assert [path for path in paths if told.search(path.read_text())] == []
