"""The sandbox: what a worker cannot read, reach, start or leave behind, tried from inside."""

import os
import platform
from pathlib import Path

import pytest
from engine_kit import descendants, worker_of, zygote_below
from seccompy import syscall_nr

import solutions
from autograder.sandbox import jail, layers
from autograder.sandbox.host import WorkerLostError
from autograder.worker import zygote
from glm2mlp.catalogue import COURSE

REFUSED = ("PermissionError", "FileNotFoundError", "OSError")


# Files


def paths_of(command, *options):
    """What follows these options in a command of bubblewrap."""
    return [Path(command[i + 1]).resolve() for i, each in enumerate(command) if each in options]


@pytest.mark.parametrize("whole", [False, True])
def test_no_bound_path_is_contains_or_lies_below_a_secret_folder(whole):
    secrets = [
        path.resolve() for path in (COURSE.folders[0] / "hidden", Path(solutions.__path__[0]))
    ]
    command = jail.command(0, whole=whole)
    bound = paths_of(command, "--ro-bind", "--ro-bind-try", "--dev-bind", "--bind")
    emptied = paths_of(command, "--tmpfs")

    assert len(bound) > 20
    for secret in secrets:
        assert secret.is_dir()
        seen = not any(secret.is_relative_to(path) for path in emptied)
        assert [path for path in bound if path.is_relative_to(secret)] == []
        assert [path for path in bound if seen and secret.is_relative_to(path)] == []


SECRETS = {
    "accounts": "/etc/passwd",
    "shadow": "/etc/shadow",
    "reference": str(Path(solutions.__path__[0]) / "softmax_regression.py"),
    "hidden tests": str(COURSE.path("hidden", "softmax_regression", "tests", "test_softmax.py")),
    "this test": __file__,
    "home": str(Path.home()),
    "processes": "/proc/self/status",
    "process 1": "/proc/1/environ",
    "kernel": "/sys/kernel",
    "memory": "/dev/mem",
    "terminal": "/dev/tty",
    "cache of the linker": "/etc/ld.so.cache",
    "huge pages": "/sys/kernel/mm/transparent_hugepage/enabled",
    "root": "/",
    "others' scratch": "/tmp",
}


@pytest.mark.parametrize("path", SECRETS.values(), ids=SECRETS)
def test_nothing_but_libraries_can_be_read(inside, path):
    assert inside.value(f"open({path!r}, 'rb').read(1)") in REFUSED
    assert inside.value(f"os.listdir({path!r})", "import os") in (*REFUSED, "NotADirectoryError")


def test_course_key_cannot_be_read(inside, tmp_path):
    key = tmp_path / "course.key"
    key.write_text("secret")

    for path in (key, f"/proc/1/root{key}", f"/proc/self/root{key}", f"../..{key}"):
        assert inside.value(f"open({str(path)!r}).read()") in REFUSED


@pytest.mark.parametrize(
    "module",
    [
        "solutions",
        "solutions.softmax_regression",
        "hidden",
        "hidden.softmax_regression.tests.test_softmax",
        "_course_glm2mlp",
        "autograder.courses",
        "autograder.testing",
        "autograder.grading.keys",
        "autograder.sandbox",
        "autograder.authoring",
    ],
)
def test_our_side_cannot_be_imported(inside, module):
    # Without the gate, which is no wall.
    setup = (
        "import sys, importlib\nsys.meta_path.pop(0)\n"
        "importlib.import_module = importlib.import_module.__self__._import_module"
    )

    assert inside.value(f"importlib.import_module({module!r})", setup) == "ModuleNotFoundError"


def test_our_side_was_never_loaded(inside):
    loaded = inside.value("sorted(sys.modules)", "import sys")

    ours = {name for name in loaded if name.partition(".")[0] in OURS}
    assert ours <= {"autograder", *(f"autograder.worker{part}" for part in PARTS)}


OURS = ("solutions", "autograder", "hidden", "_course_glm2mlp")
PARTS = ("", ".lockdown", ".memory", ".practice", ".shell", ".wire", ".worker", ".zygote")


def test_of_our_code_only_the_worker_is_there(inside):
    assert inside.value("os.listdir('/code')", "import os") == ["autograder"]
    assert inside.value("os.listdir('/code/autograder')") == ["worker"]
    site = inside.value("os.listdir('/site')")
    assert {"numpy", "sympy", "glm2mlp"} <= set(site)
    assert not {"solutions", "autograder", "nbgrader", "pytest", "tests"} & set(site)


def test_no_path_of_this_side_is_known_inside(inside):
    setup = "import os, sys, gc"
    known = inside.value("repr((sys.path, sys.argv, dict(os.environ), os.getcwd()))", setup)

    assert str(Path(solutions.__path__[0]).parent) not in known
    assert set(inside.value("dict(os.environ)")) <= {*jail.environment(), "PWD", "LC_CTYPE"}


def test_secrets_in_the_environment_stay_here(monkeypatch):
    monkeypatch.setenv("COURSE_TOKEN", "secret")

    assert "--clearenv" in jail.command(3)
    assert not any("secret" in part for part in jail.command(3))


def test_only_its_channel_is_open(inside):
    setup = """
import os, stat
def kind(fd):
    try:
        status = os.fstat(fd)
    except OSError:
        return None
    return "null" if status.st_rdev == os.stat("/dev/null").st_rdev else stat.S_IFMT(status.st_mode)
"""
    kinds = [kind for kind in inside.value("[kind(fd) for fd in range(1024)]", setup) if kind]

    assert kinds[:3] == ["null"] * 3
    assert [kind for kind in kinds if kind != "null"] == [0o140000]  # one socket


# Writing

PLACES = [
    "/x",
    "/tmp/x",
    "/site/x",
    "/code/x",
    "/usr/lib/x",
    "/dev/x",
    "/site/numpy/__init__.py",
    "../x",
]


@pytest.mark.parametrize("path", PLACES)
def test_nothing_is_written_outside_the_scratch(inside, path):
    assert inside.value(f"open({path!r}, 'ab')") in REFUSED


def test_scratch_can_be_used_and_holds_plain_files_only(inside):
    inside.run("import os\nopen('a', 'w').write('x')\nos.rename('a', 'b')")

    assert inside.value("(open('b').read(), os.listdir('.'))") == ("x", ["b"])
    for call in (
        "mkdir('d')",
        "symlink('b', 'c')",
        "link('b', 'c')",
        "mkfifo('f')",
        "chmod('b', 0)",
    ):
        assert inside.value(f"os.{call}") == "PermissionError"


def test_scratch_is_bounded(inside):
    fill = (
        "def fill(name):\n    with open(name, 'wb') as file:\n        file.write(bytes(40 << 20))"
    )
    inside.run(fill)

    assert inside.value("[fill(str(i)) for i in range(3)]") == "OSError"


def test_scratch_of_an_earlier_student_is_gone(spawn):
    earlier = spawn()
    earlier.run("import os\nopen('answer', 'w').write('x')")
    place = earlier.value("os.getcwd()")

    later = spawn()

    assert later.value("os.listdir('.')", "import os") == []
    assert later.value("os.getcwd()") != place
    assert later.value(f"os.stat({place!r})") == "FileNotFoundError"


def test_only_scratches_are_ever_emptied(tmp_path, monkeypatch):
    # Without namespaces (--unsafe) the scratches lie among other people's folders.
    monkeypatch.setattr(zygote, "SCRATCH", str(tmp_path))
    other = tmp_path / "exams-of-2026-27"
    other.mkdir()
    (other / "exam.pdf").write_text("x")
    assert len(other.name) == len("0123456789abcdef")

    zygote.empty_scratch()

    assert (other / "exam.pdf").exists()


# Processes, sockets, signals

FORBIDDEN = {
    "fork": "os.fork()",
    "spawn": "os.posix_spawn('/usr/bin/true', ['true'], {})",
    "exec": "os.execv(sys.executable, ['python'])",
    "shell": "subprocess.run(['true'])",
    "kill the zygote": "os.kill(2, 0)",
    "kill all": "os.kill(-1, 0)",
    "kill the group": "os.killpg(0, 0)",
    "pidfd": "os.pidfd_open(2)",
    "memfd": "os.memfd_create('x')",
    "TCP": "socket.socket()",
    "UDP": "socket.socket(type=socket.SOCK_DGRAM)",
    "IPv6": "socket.socket(socket.AF_INET6)",
    "Unix socket": "socket.socket(socket.AF_UNIX)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "pair": "socket.socketpair()",
    "priority": "os.nice(5)",
    "owner": "os.setuid(0)",
    "more files": "resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))",
    "more time": "resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))",
    "limits of the zygote": "resource.prlimit(2, resource.RLIMIT_CPU, (1, 1))",
    "time of the zygote": "os.sched_setaffinity(2, {0})",
    "signals by a file": "fcntl.fcntl(1, fcntl.F_SETOWN, 2)",
}


@pytest.mark.parametrize("call", FORBIDDEN.values(), ids=FORBIDDEN)
def test_no_process_socket_or_signal_can_be_made(inside, call):
    setup = "import ctypes, fcntl, os, resource, socket, subprocess, sys"

    assert inside.value(call, setup) in ("PermissionError", "OSError", "ValueError")


def test_no_thread_can_be_started(inside):
    assert (
        inside.value("threading.Thread(target=print).start()", "import threading") == "RuntimeError"
    )


CALLS = """
    accept accept4 acct add_key bind bpf chmod chown chroot clone connect epoll_create1 eventfd2
    execve execveat fanotify_init fchmod fchmodat fchown finit_module fork getsockopt
    init_module inotify_init1 io_setup io_uring_setup ioctl ipc kcmp kexec_load keyctl kill
    landlock_create_ruleset link linkat listen lookup_dcookie memfd_create memfd_secret mkdir
    mkdirat mknodat mlock mlockall mount move_mount mq_open msgget name_to_handle_at
    open_by_handle_at open_tree perf_event_open personality pidfd_getfd pidfd_open
    pidfd_send_signal pivot_root prctl process_madvise process_vm_readv process_vm_writev ptrace
    quotactl reboot recvmsg request_key rt_sigqueueinfo rt_tgsigqueueinfo sched_setaffinity
    sched_setattr sched_setscheduler seccomp semget sendmsg sendmmsg sethostname setns
    setpriority setresuid setuid shmat shmget shutdown signalfd4 socket socketpair splice swapon
    symlink symlinkat syslog tee tgkill timer_create timerfd_create tkill umount2 unshare
    userfaultfd utimensat vfork vmsplice
"""


def number(name: str) -> int | None:
    try:
        return syscall_nr(name)
    except (KeyError, ValueError):
        return None


def test_system_calls_that_are_not_needed_are_refused(inside):
    numbers = {name: found for name in CALLS.split() if (found := number(name)) is not None}
    setup = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def refused(number):
    ctypes.set_errno(0)
    return libc.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0, 0) == -1 and ctypes.get_errno()
"""
    answers = inside.value(f"[refused(n) for n in {list(numbers.values())}]", setup)

    assert {name for name, errno in zip(numbers, answers, strict=True) if errno != 1} == set()
    assert len(numbers) > 80


@pytest.mark.skipif(platform.machine() != "x86_64", reason="x32 is a second way into x86_64 only")
def test_other_ways_into_the_kernel_are_closed(inside):
    setup = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)"

    assert inside.value("libc.syscall(ctypes.c_long(39 | 1 << 30))", setup) == -1


def test_a_futex_is_one_of_its_own_memory(inside):
    setup = "import ctypes\nlibc = ctypes.CDLL(None)\nword = ctypes.c_int(0)"
    wake, private = 1, 128
    call = f"libc.syscall({number('futex')}, ctypes.byref(word), {{}}, 1, None)"

    assert inside.value(call.format(wake | private), setup) == 0
    assert inside.value(call.format(wake)) == -1


def test_zygote_survives_and_serves_on(sandbox, spawn):
    before = zygote_below(sandbox._process.pid)
    attack = """
import ctypes, fcntl, os, signal
libc = ctypes.CDLL(None)
for target in (0, -1, 1, 2, 2):
    libc.kill(target, 9)
    libc.syscall(200, target, 9)
    libc.syscall(234, target, target, 9)
for descriptor in range(64):
    for command, argument in ((8, 2), (10, 9), (4, 0o20000)):
        libc.fcntl(descriptor, command, argument)
os.closerange(0, 64)
os._exit(0)
"""
    with pytest.raises(WorkerLostError):
        spawn().run(attack)

    assert spawn().value("1 + 1") == 2
    assert zygote_below(sandbox._process.pid) == before


def test_ended_worker_leaves_no_process(sandbox, spawn):
    spawn()
    first = worker_of(sandbox)

    spawn()

    assert not Path(f"/proc/{first}").exists()
    assert len(descendants(zygote_below(sandbox._process.pid))) == 1


def test_zygote_is_left_with_no_descriptor_of_a_worker(sandbox, spawn):
    zygote = zygote_below(sandbox._process.pid)
    spawn()
    before = len(list(Path(f"/proc/{zygote}/fd").iterdir()))

    for _ in range(5):
        spawn()

    assert len(list(Path(f"/proc/{zygote}/fd").iterdir())) == before


# What the kernel tells


LIBC = "import ctypes, os, threading\nlibc = ctypes.CDLL(None, use_errno=True)"


def test_how_the_machine_is_doing_is_not_told(inside):
    asked = "(libc.sysinfo(ctypes.create_string_buffer(1 << 10)), ctypes.get_errno())"

    assert inside.value(asked, LIBC) == (-1, 1)  # EPERM
    assert inside.value("os.getloadavg()", LIBC) == "OSError"


def test_a_worker_is_not_told_its_number(spawn):
    calls = ["os.getpid()", "os.getppid()", "os.getpgrp()", "threading.get_native_id()"]

    for _ in range(2):
        assert spawn().value(f"[{', '.join(calls)}]", LIBC) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "call",
    [
        "os.getpgid(number)",
        "os.getsid(number)",
        "os.getpriority(os.PRIO_PROCESS, number)",
        "os.sched_getscheduler(number)",
        "len(os.sched_getaffinity(number))",
        "os.sched_getparam(number).sched_priority",
    ],
)
def test_which_numbers_processes_have_is_not_told(inside, call):
    asked = f"""{LIBC}
def told(number):
    try:
        return {call}
    except OSError as error:
        return error.errno
"""
    numbers = inside.value("[told(number) for number in range(1, 2000)]", asked)

    assert len(set(numbers)) == 1
    assert type(inside.value("told(0)")) is int


def test_libraries_work_without_what_is_not_told(spawn):
    inside = spawn(imports=("numpy", "scipy", "matplotlib"))
    setup = "import numpy as np, random, tempfile, uuid, scipy.linalg as linalg"
    works = [
        "np.sort(np.arange(10**6)[::-1])[0] == 0",
        "np.random.default_rng().normal(size=3).shape == (3,)",
        "linalg.eigh(np.eye(50))[0].shape == (50,)",
        "random.SystemRandom().random() < 1",
        "uuid.uuid1() != uuid.uuid1()",
        "os.cpu_count() >= 1",
    ]

    assert inside.value(f"[bool({'), bool('.join(works)})]", f"{setup}\n{LIBC}") == [True] * 6


def test_sandbox_that_does_not_start_in_time_is_told(tmp_path, monkeypatch):
    tool = tmp_path / "bwrap"
    tool.write_text("#!/bin/sh\nexec sleep 60\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(jail, "PROBE_SECONDS", 0.2)

    (layer, *_) = layers.probe()

    assert layer.problem == "bubblewrap did not end within 0.2 s; on a busy host, try again later"
    assert layer.remedy
