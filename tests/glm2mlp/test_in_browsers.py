"""The student package also runs in browsers (Pyodide): no processes, threads, sockets or signals there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from thinning import slow

PACKAGE = Path(__file__).parents[2] / "glm2mlp" / "src" / "glm2mlp"
# Modules that Pyodide lacks, or has only to be imported; and packages that are not installed there.
LACKING = {
    *("_posixsubprocess", "asyncio", "concurrent", "ctypes", "curses", "dbm", "fcntl", "grp"),
    *("mmap", "multiprocessing", "pwd", "readline", "resource", "select", "selectors", "signal"),
    *("socket", "socketserver", "sqlite3", "ssl", "subprocess", "syslog", "termios", "threading"),
    *("tkinter", "venv", "webbrowser"),
    *("IPython.terminal", "ipykernel", "ipywidgets", "jupyter", "jupyter_client", "jupyterlab"),
    *("nbclient", "nbformat", "nbgrader"),
}
# For JupyterLab's kernel and for a terminal; no notebook imports them.
NOT_THERE = {"glm2mlp.check_notebook", "glm2mlp.interactive.widgets"}
IMPORT_ALL = """
import builtins, importlib, pkgutil, sys
import matplotlib.pyplot, mpmath, numpy, scipy.special, sklearn.datasets, sympy

lacking, not_there = {lacking!r}, {not_there!r}
plain = builtins.__import__

def checked(name, globals=None, locals=None, fromlist=(), level=0):
    who = (globals or {{}}).get("__name__", "")
    if who.startswith("glm2mlp") and level == 0 and {{name, name.partition(".")[0]}} & lacking:
        raise ImportError(f"{{who}} imports {{name}}, which browsers lack")
    return plain(name, globals, locals, fromlist, level)

def missing(*arguments, **keywords):
    raise RuntimeError("browsers have no threads, processes, sockets or signals")

import os, signal, socket, subprocess, threading
for place, name in [(threading.Thread, "start"), (subprocess.Popen, "__init__"), (socket.socket, "__init__"),
                    (signal, "signal"), (os, "fork"), (os, "system")]:
    setattr(place, name, missing)

builtins.__import__ = checked
package = importlib.import_module("glm2mlp")
names = {{module.name for module in pkgutil.walk_packages(package.__path__, "glm2mlp.", onerror=missing)}}
for name in sorted(names - not_there):
    importlib.import_module(name)
print(len(names))
"""


@slow
def test_no_module_needs_what_browsers_lack():
    code = IMPORT_ALL.format(lacking=LACKING, not_there=NOT_THERE)
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30


def test_what_is_not_there_needs_widgets_or_starts_kernels():
    """So no exception is made without need."""
    users = {
        ".".join(("glm2mlp", *path.relative_to(PACKAGE).with_suffix("").parts))
        for path in PACKAGE.rglob("*.py")
        if re.search(
            r"^\s*(import|from) (ipywidgets|nbclient)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }
    assert users == NOT_THERE


@pytest.mark.parametrize("folder", ["lectures", "assignments"])
def test_no_notebook_imports_what_browsers_lack(folder):
    imports = re.compile(r"^\s*(?:import|from)\s+([\w.]+)", re.MULTILINE)
    for path in (PACKAGE.parents[2] / folder).glob("*.*"):
        if path.suffix in (".py", ".md"):
            names = imports.findall(path.read_text(encoding="utf-8"))
            assert not {name.partition(".")[0] for name in names} & LACKING, path
            assert not set(names) & NOT_THERE, path
