"""docs/security.md promises what tests hold, and says of missing layers what the commands say."""

import ast
import re
from pathlib import Path

from autograder.sandbox.layers import HOLDS, LOST, Layer
from autograder.sandbox.terms import LAYERS

ROOT = Path(__file__).parents[2]
SECURITY = ROOT / "docs" / "security.md"


def test_every_layer_says_what_it_holds_and_what_is_lost_without_it():
    assert tuple(HOLDS) == tuple(LOST) == LAYERS


def test_the_page_on_security_says_what_the_commands_say():
    text = SECURITY.read_text(encoding="utf-8")

    assert [name for name in LAYERS if f"- {Layer(name).lost}\n" not in text] == []


def test_every_promise_names_tests_that_exist():
    promises = SECURITY.read_text(encoding="utf-8").split("\n## ")[3]
    assert promises.startswith("Promises\n")
    rows = [line.split("|")[1:3] for line in promises.splitlines() if line.startswith("| ")]
    rows = [row for row in rows if row[0].strip() != "promise"]

    assert len(rows) > 20
    for promise, tests in rows:
        named = re.findall(r"`([^`]+)`", tests)
        assert [each for each in named if not _exists(*each.split("::"))] == [], promise
        assert named, promise


def _exists(path, name=""):
    """Whether this is a file of tests in JavaScript, or a test in Python."""
    file = ROOT / path
    if not file.is_file() or not name:
        return file.is_file() and path.endswith(".js")
    defined = (
        node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)
    )
    return name.startswith("test_") and name in defined


def test_a_test_that_does_not_exist_is_found():
    here = "tests/lint/test_promises.py"

    assert _exists(here, "test_a_test_that_does_not_exist_is_found")
    assert not _exists(here, "test_that_nobody_wrote")
    assert not _exists(
        "tests/engine/test_of_nothing.py", "test_a_test_that_does_not_exist_is_found"
    )
