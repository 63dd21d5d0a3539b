"""Each process that runs tests has to find the same ones, under the same names."""

import re

import pytest

# What repr writes differently in another process: an address, and the order of a set of texts.
CHANGING = re.compile(r" at 0x[0-9a-f]{6}|\{'[^':]*', ")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse names that are not the same in every process: `make test` would fail now and then."""
    if changing := [item.nodeid for item in items if CHANGING.search(item.name)]:
        raise pytest.UsageError("give these tests other ids: " + ", ".join(changing))
