"""What is said of missing layers: from one place, the same everywhere."""

from pathlib import Path

from autograder.sandbox.layers import HOLDS, LOST, Layer
from autograder.sandbox.terms import LAYERS

SECURITY = Path(__file__).parents[2] / "docs" / "security.md"


def test_every_layer_says_what_it_holds_and_what_is_lost_without_it():
    assert tuple(HOLDS) == tuple(LOST) == LAYERS


def test_the_page_on_security_says_what_the_commands_say():
    text = SECURITY.read_text(encoding="utf-8")

    assert [name for name in LAYERS if f"- {Layer(name).lost}\n" not in text] == []
