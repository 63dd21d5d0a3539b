"""start.py says what is missing, installs once, and hands the rest to JupyterLab."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from thinning import slow

# Does as JupyterLab would, but that it only says how it was called.
PYTHON = """\
#!/bin/sh
[ "$1" = -c ] && exit 0
printf '%s\\n' "$*" "$PWD" "$PATH"
"""
OLD = """\
import runpy, sys
sys.version_info = (3, 9, 7)
sys.argv = ["start.py"]
runpy.run_path("start.py", run_name="__main__")
"""


@pytest.fixture
def unpacked(folder, tmp_path) -> Path:
    """An unpacked bundle."""
    return shutil.copytree(folder, tmp_path / "my course")


def start(unpacked: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(unpacked, sys.executable, "start.py", *words, **environment)


def run(unpacked: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=unpacked,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def pretend_installed(unpacked: Path) -> None:
    (unpacked / ".venv" / "bin").mkdir(parents=True)
    program(unpacked / ".venv" / "bin" / "python", PYTHON)
    (wheel,) = unpacked.glob("*.whl")
    (unpacked / ".venv" / "installed.txt").write_text(
        hashlib.sha256(wheel.read_bytes()).hexdigest()
    )


def program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """What it said when it gave up, in one line."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_second_start_installs_nothing_and_opens_the_first_assignment(unpacked):
    pretend_installed(unpacked)
    done = start(unpacked, "--no-browser")
    assert done.returncode == 0, done.stderr
    assert "Installing" not in done.stdout
    called, where, path = done.stdout.splitlines()[-3:]
    assert called.startswith("-m jupyterlab --LabApp.default_url=/lab/tree/assignments/logistic_")
    assert called.endswith(" --no-browser")
    assert where == str(unpacked)
    assert path.split(os.pathsep)[0] == str(unpacked / ".venv" / "bin")


def test_later_start_opens_what_was_open(unpacked):
    pretend_installed(unpacked)
    (unpacked / ".venv" / "workspaces").mkdir()
    assert "default_url=/lab " in start(unpacked).stdout
    assert (
        "default_url=/lab/tree/lectures/6_training.ipynb " in start(unpacked, "6_training").stdout
    )


def test_assignment_goes_before_the_solution_of_the_same_name(unpacked):
    pretend_installed(unpacked)
    (unpacked / "solutions").mkdir()
    (unpacked / "solutions" / "mse_as_mle.ipynb").write_text("{}")
    assert "/lab/tree/assignments/mse_as_mle.ipynb " in start(unpacked, "mse_as_mle.ipynb").stdout


def test_exit_code_is_that_of_jupyterlab(unpacked):
    pretend_installed(unpacked)
    program(unpacked / ".venv" / "bin" / "python", '#!/bin/sh\n[ "$1" = -c ] || exit 3\n')
    assert start(unpacked).returncode == 3


def test_unknown_notebook_is_named_with_those_that_there_are(unpacked):
    said = refusal(start(unpacked, "softmax"))
    assert "no notebook softmax; there are: 1_logistic_regression," in said


def test_missing_wheel_is_named(unpacked):
    next(unpacked.glob("*.whl")).unlink()
    assert "no file glm2mlp-*.whl" in refusal(start(unpacked))


def test_missing_notebooks_are_named(unpacked):
    shutil.rmtree(unpacked / "assignments")
    shutil.rmtree(unpacked / "lectures")
    assert "unpack the whole zip" in refusal(start(unpacked))


def test_old_python_is_told_so(unpacked):
    said = refusal(run(unpacked, sys.executable, "-c", OLD))
    assert "Python 3.11 or newer is needed, and this is 3.9" in said


def test_folder_that_cannot_be_written_is_told_so(unpacked):
    (unpacked / ".venv").write_text("in the way, as for want of rights")
    assert "The environment cannot be made" in refusal(start(unpacked))


@slow
def test_new_wheel_is_installed_and_without_internet_it_says_so_and_is_not_taken_for_installed(
    unpacked,
):
    pretend_installed(unpacked)
    (unpacked / ".venv" / "installed.txt").write_text("another")
    said = refusal(start(unpacked, PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull))
    assert "connection to the internet" in said
    assert "No matching distribution" in (unpacked / "install.log").read_text()
    assert not (unpacked / ".venv" / "installed.txt").exists()


@pytest.mark.parametrize("name", ["start-linux.sh", "start-macos.command"])
def test_start_file_takes_a_python_that_is_new_enough(unpacked, tmp_path, name):
    programs = tmp_path / "programs"
    programs.mkdir()
    program(programs / "python3", "#!/bin/sh\nexit 1\n")
    program(programs / "python3.12", '#!/bin/sh\n[ "$1" = -c ] || echo "3.12: $*"\n')
    only_these = {"PATH": f"{programs}{os.pathsep}/usr/bin:/bin"}
    done = run(tmp_path, "/bin/sh", str(unpacked / name), "mse_as_mle", **only_these)
    assert done.stdout == "3.12: start.py mse_as_mle\n"


def test_start_file_without_python_says_where_to_get_it(unpacked, tmp_path):
    (tmp_path / "programs").mkdir()
    dirname = shutil.which("dirname")
    (tmp_path / "programs" / "dirname").symlink_to(dirname)
    done = run(unpacked, "/bin/sh", "start-linux.sh", PATH=str(tmp_path / "programs"))
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
