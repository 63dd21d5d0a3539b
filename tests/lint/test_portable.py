"""What runs on students' machines uses nothing that only one system has.

`make lint` looks for calls, by mypy for Windows and for macOS; here is tested that it would find them.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STUDENT_SIDE = [
    ROOT / "autograder" / "bundle" / "student" / "start.py",
    *sorted((ROOT / "glm2mlp" / "src" / "glm2mlp").rglob("*.py")),
]
OPENING = {"open", "read_text", "write_text"}
TOLD = {"utf-8", "ascii", "rb", "wb"}


def without_encoding(source: str) -> list[int]:
    """The lines that read or write text as the machine encodes it: on Windows mostly not in UTF-8."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in OPENING
        and not TOLD & {arg.value for arg in call.args if isinstance(arg, ast.Constant)}
        and "encoding" not in {keyword.arg for keyword in call.keywords}
    ]


@pytest.mark.parametrize("path", STUDENT_SIDE, ids=lambda path: path.stem)
def test_text_files_name_their_encoding(path):
    assert without_encoding(path.read_text(encoding="utf-8")) == []


def test_text_file_without_encoding_is_found():
    assert without_encoding("open('x')\nopen('x', 'rb')\nPath().read_text(encoding='utf-8')\n") == [
        1
    ]


@pytest.mark.parametrize(
    "line", ["os.fork()", "os.getuid()", "signal.alarm(1)", "fcntl.flock(0, 2)"]
)
def test_lint_for_windows_finds_a_call_that_windows_has_not(tmp_path, line):
    done = mypy_for_windows(tmp_path, line)
    assert "has no attribute" in done.stdout, done.stderr


def test_lint_for_windows_accepts_what_all_systems_have(tmp_path):
    assert mypy_for_windows(tmp_path, "os.getcwd()").returncode == 0


def mypy_for_windows(tmp_path, line: str) -> subprocess.CompletedProcess[str]:
    probe = tmp_path / "probe.py"
    probe.write_text(f"import fcntl\nimport os\nimport signal\n\n{line}\n")
    command = [sys.executable, "-m", "mypy", "--platform", "win32", "--config-file", ""]
    return subprocess.run(
        [*command, "--cache-dir", str(ROOT / ".mypy_cache" / "probe"), str(probe)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_messages_of_the_start_are_ascii_as_every_terminal_shows_them():
    assert all(
        (ROOT / "autograder" / "bundle" / "student" / name).read_text(encoding="utf-8").isascii()
        for name in ("start.py", "start.bat", "start.sh", "README.txt")
    )
