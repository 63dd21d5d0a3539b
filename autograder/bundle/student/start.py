"""Starts the course: makes its environment once, then opens JupyterLab with a notebook.

python start.py                       the first assignment; later, what was open when you stopped
python start.py softmax_regression    this notebook
Options that begin with -- go to JupyterLab, for example --no-browser.

It needs nothing but Python's own library, and runs on Windows, macOS and Linux. Student side.
"""

from __future__ import (
    annotations,
)  # an old Python has to come as far as the message that it is too old

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(PROGRAMS / ("python.exe" if os.name == "nt" else "python"))
WORKSPACES = ENVIRONMENT / "workspaces"  # which notebooks were open
FIRST = "{first}"
INSTALLED = (
    ENVIRONMENT / "installed.txt"
)  # written when all is installed: names the wheel by its hash
LOG = HERE / "install.log"

# JupyterLab without what only instructors need, or what asks the internet at each start.
SETTINGS = {
    "etc/jupyter/labconfig/page_config.json": {
        "disabledExtensions": {
            f"@jupyter/nbgrader:{name}": True
            for name in (
                "assignment-list",
                "course-list",
                "create-assignment",
                "formgrader",
                "menu",
            )
        }
    },
    "etc/jupyter/jupyter_server_config.d/student.json": {
        "ServerApp": {
            "jpserver_extensions": {
                f"nbgrader.server_extensions.{name}": False
                for name in ("assignment_list", "course_list", "formgrader")
            }
        }
    },
    "share/jupyter/lab/settings/overrides.json": {
        "@jupyterlab/apputils-extension:notification": {
            "checkForUpdates": False,
            "fetchNews": "false",
        },
        # Names need the room.
        "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
    },
}


def main(words: list[str]) -> int:
    """Start with these words of the command line; returns the exit code."""
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:2]))
        stop(f"Python 3.11 or newer is needed, and this is {found}: get it at python.org/downloads")
    names = [word for word in words if not word.startswith("-")]
    notebook = find_notebook(names[0] if names else FIRST)
    wheel = find_wheel()
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if not is_installed(digest):
        install(wheel)
        write_settings()
        INSTALLED.write_text(digest, encoding="ascii")
    resumes = not names and WORKSPACES.is_dir()
    page = "lab" if resumes else f"lab/tree/{notebook}"
    return run_lab(page, [word for word in words if word.startswith("-")])


def find_notebook(name: str) -> str:
    """The path of the notebook of this name, in a folder of the bundle."""
    paths = sorted(HERE.glob("*/*.ipynb"))
    if not paths:
        stop(f"There are no notebooks in {HERE}: unpack the whole zip, and start from there")
    # An assignment's solution, if it is there, has the same name.
    paths.sort(key=lambda path: path.parent.name == "assignments")
    by_name = {path.stem: path.relative_to(HERE).as_posix() for path in paths}
    stem = Path(name).stem
    if stem not in by_name:
        stop(f"There is no notebook {stem}; there are: {', '.join(by_name)}")
    return by_name[stem]


def find_wheel() -> Path:
    """The course's own package."""
    wheels = sorted(HERE.glob("glm2mlp-*.whl"))
    if not wheels:
        stop(
            f"There is no file glm2mlp-*.whl in {HERE}: unpack the whole zip, and start from there"
        )
    return wheels[-1]


def is_installed(digest: str) -> bool:
    """Whether all of it was installed, and the Python that it was made with is still there."""
    try:
        if INSTALLED.read_text(encoding="ascii") != digest:
            return False
        probe = [PYTHON, "-c", "import glm2mlp, jupyterlab"]
        return subprocess.run(probe, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def install(wheel: Path) -> None:
    """Make the environment anew, and install the course's package there with all that it needs."""
    print("Installing JupyterLab and the course's package in the folder .venv.")
    print(
        "Once, some minutes; this needs the internet. Each dot is a package, of about 120:",
        flush=True,
    )
    command = [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        said = (made.stdout + made.stderr).strip()
        stop(f"The environment cannot be made (this folder has to be writable):\n{said}")
    failed = install_by_pip(f"glm2mlp[nbgrader] @ {wheel.as_uri()}")
    print()
    if failed:
        stop(
            f"The packages could not be installed. pip's last words:\n{failed}\n"
            f"Is there a connection to the internet? Then start again. All that pip said is in {LOG.name}"
        )
    LOG.unlink()


def install_by_pip(requirement: str) -> str:
    """Install it with a dot for each package; returns why it failed, or nothing."""
    command = [PYTHON, "-m", "pip", "install", "--progress-bar", "off", "--retries", "2"]
    said: list[str] = []
    with subprocess.Popen(
        [*command, "--disable-pip-version-check", requirement],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            said.append(line)
            if line.startswith("Collecting "):
                print(".", end="", flush=True)
    LOG.write_text("".join(said), encoding="utf-8")
    return "".join(said[-4:]).strip() if pip.returncode else ""


def write_settings() -> None:
    """Write JupyterLab's settings into the environment; the user's own are left alone."""
    for name, content in SETTINGS.items():
        path = ENVIRONMENT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")


def run_lab(page: str, options: list[str]) -> int:
    """Run JupyterLab until it ends, and let it open this page."""
    print("JupyterLab opens in your browser; if it does not, open the last of the addresses below.")
    print("Leave this window open while you work. Ctrl+C in it ends JupyterLab.", flush=True)
    # The environment's programs first, so that a terminal in JupyterLab finds them too.
    path = os.pathsep.join((str(PROGRAMS), os.environ.get("PATH", "")))
    mine = {
        "PATH": path,
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTERLAB_WORKSPACES_DIR": str(WORKSPACES),
    }
    quiet = ["--log-level=ERROR", "--ServerApp.answer_yes=True"]
    lab = subprocess.Popen(
        [PYTHON, "-m", "jupyterlab", f"--LabApp.default_url=/{page}", *quiet, *options],
        cwd=HERE,
        env={**os.environ, **mine},
    )
    while True:
        try:
            return lab.wait()
        except KeyboardInterrupt:  # JupyterLab gets it too, and shuts down
            continue


def stop(why: str) -> NoReturn:
    """End with a message instead of a traceback."""
    print(f"start.py: {why}", file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        stop("stopped; start again to go on")
