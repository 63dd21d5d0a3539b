"""A sandbox around the whole grader, in which attacks may win: what they do ends with it.

Bubblewrap once more, with namespaces of its own: nothing of the host can be written or reached, and the end
of its first process is the end of all. Inside, the grader's own sandbox is built as everywhere; for that
the host has to let user namespaces be nested, which Linux does unless told otherwise. As root it becomes an
ordinary user inside, because limits on the number of processes do not hold for root.
"""

import os
import resource
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from autograder.sandbox import jail
from studies import ROOT

NOBODY = 65534
PROCESSES = 400  # more than there are
MEMORY = 3 << 30  # of one process
DISK = "1073741824"
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc")


def command(program: Sequence[str]) -> list[str]:
    """The command that runs a Python program of ours in it; the program calls `enter` first of all."""
    arguments = [
        jail.bubblewrap(),
        *(
            "--unshare-pid",
            "--unshare-net",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
        ),
        *("--die-with-parent", "--new-session", "--clearenv", "--hostname", "outside"),
    ]
    if os.geteuid() == 0:  # without a user namespace, to become somebody else inside
        arguments += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        arguments += ["--unshare-user"]
    for folder in SYSTEM:
        if os.path.islink(folder):
            arguments += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            arguments += ["--ro-bind", folder, folder]
    arguments += ["--proc", "/proc", "--dev", "/dev", "--size", DISK, "--perms", "1777"]
    arguments += ["--tmpfs", "/tmp"]  # noqa: S108 - below it may lie what comes next
    for folder in dict.fromkeys((sys.base_prefix, sys.prefix, str(ROOT), jail.HUGE_PAGES)):
        if not folder.startswith("/usr"):
            for parent in [*Path(folder).parents][-2::-1]:  # which anybody may pass through
                arguments += ["--perms", "0755", "--dir", str(parent)]
            arguments += ["--ro-bind-try", folder, folder]
    names = {"PATH": "/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}  # noqa: S108
    for name, value in {**names, "PYTHONDONTWRITEBYTECODE": "1"}.items():
        arguments += ["--setenv", name, value]
    return [*arguments, "--chdir", str(ROOT), "--", sys.executable, *program]


def processes_of_user() -> int:
    """How many processes and threads this user has: the limit on them counts those outside too."""
    count = 0
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            if process.name.isdigit() and process.stat().st_uid == os.geteuid():
                count += len(list((process / "task").iterdir()))
    return count


def enter(others: int) -> None:
    """Inside: bound what the kernel counts, be the first to go where memory is short, and be nobody.

    `others` are the processes that the user has outside.
    """
    Path("/proc/self/oom_score_adj").write_text("1000")
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        others = 0
    resource.setrlimit(resource.RLIMIT_NPROC, (others + PROCESSES,) * 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
