"""The test command itself: it survives what failing tests say, and draws the same examples in each run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from thinning import slow, some

TESTS = Path(__file__).parents[1]
FAILING = r"""
import sys
import pytest

def test_surrogate():
    raise ValueError("\ud800\udc00 \udcff")

def test_surrogate_in_a_comparison():
    assert {"\ud800": ["\udfff"]} == {}

def test_binary():
    sys.stdout.buffer.write(bytes(range(256)))
    sys.stderr.buffer.write(b"\xff\x00\x1b[2J" * 1000)
    assert bytes(range(256)) == b""

def test_megabytes():
    print("o" * 2_000_000)
    raise ValueError("m" * 2_000_000)

@pytest.fixture
def broken():
    raise ValueError("\ud800")

def test_fixture(broken): ...

@pytest.mark.parametrize("text", ["\ud800"])
def test_name(text):
    pytest.fail(text)

def test_skipped():
    pytest.skip("\ud800")

def test_passes(): ...
"""
DRAWING = """
from hypothesis import given, strategies as st

@given(st.integers())
def test_draws(number):
    with open("drawn", "a") as file:
        print(number, file=file)
"""


def pytest_of(folder: Path, test: str, *options: str) -> str:
    """What pytest says of a folder with one file of tests, under our conftest."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_it.py").write_text(test)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "conftest", "-ra", *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(TESTS), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("processes", some([1, 0]))
def test_whatever_a_failing_test_says_the_run_goes_on_and_names_it(tmp_path, processes):
    said = pytest_of(tmp_path, FAILING, f"-n{processes}")

    assert "5 failed, 1 passed, 1 skipped, 1 error in" in said
    for name in ("surrogate", "surrogate_in_a_comparison", "binary", "megabytes", "name"):
        assert f"FAILED test_it.py::test_{name}" in said
    assert "ERROR test_it.py::test_fixture" in said
    assert "INTERNALERROR" not in said
    if processes:
        assert "characters …]" in said
        assert len(said) < 200_000


def drawn(folder: Path, *options: str) -> list[str]:
    """The examples that a property draws."""
    (folder / "drawn").unlink(missing_ok=True)
    assert "1 passed" in pytest_of(folder, DRAWING, *options)
    return (folder / "drawn").read_text().splitlines()


@slow
@pytest.mark.parametrize("integration", some([True, False]))
def test_examples_are_the_same_in_each_run_unless_fresh_ones_are_asked_for(
    tmp_path, monkeypatch, integration
):
    monkeypatch.delenv("CI", raising=False)
    if integration:
        monkeypatch.setenv("CI", "true")
    fresh = ("--hypothesis-profile=fresh", "--hypothesis-seed")

    assert drawn(tmp_path) == drawn(tmp_path)
    one = drawn(tmp_path, *fresh, "1")
    assert drawn(tmp_path, *fresh, "1") == one
    assert drawn(tmp_path, *fresh, "2") != one
