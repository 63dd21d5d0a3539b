"""Leaving the sandbox, by the kernel's ways; each tells what it could do."""

from functools import partial
from pathlib import Path

from attack import Attack, first

CALL = """
import ctypes, fcntl, os, socket, time
libc = ctypes.CDLL(None, use_errno=True)
def works(function, *args):
    try:
        result = function(*args)
    except (OSError, ValueError, AttributeError):
        return False
    return result != -1
def syscall(number, *args):
    return works(libc.syscall, ctypes.c_long(number), *args)
"""


def leaving(tries: str, *attempts: str) -> Attack:
    tried = ", ".join(f"{attempt!r}: {attempt}" for attempt in attempts)
    answer = f"tell([name for name, done in {{{tried}}}.items() if done])"
    return Attack("escaping", tries, (CALL,), first(answer), looks=True)


def _folder_to(path: Path, neighbour: Path) -> None:
    path.parent.rmdir()
    path.parent.symlink_to(neighbour.parent)


placed = partial(Attack, "escaping", vandal=True, refused=True)

ATTACKS = (
    leaving(
        "tracing", "works(libc.ptrace, 0, 0, 0, 0)", "works(libc.ptrace, 16, os.getppid(), 0, 0)"
    ),
    leaving(
        "a signal to another process",
        "works(os.kill, os.getppid(), 0)",
        "works(os.kill, 1, 0)",
        "works(os.pidfd_open, os.getppid())",
    ),
    leaving(
        "signals for a descriptor, to another process",
        "works(fcntl.fcntl, 3, 8, os.getppid())",
        "works(fcntl.fcntl, 3, 15, b'\\1\\0\\0\\0' + os.getppid().to_bytes(4, 'little'))",
        "works(fcntl.ioctl, 3, 0x8901, os.getppid().to_bytes(4, 'little'))",
        "works(libc.timer_create, 0, None, ctypes.byref(ctypes.c_long()))",
    ),
    leaving(
        "urgent data on the worker's own socket",
        "works(lambda: -1 if libc.recv(3, b' ', 1, 1) < 0 and ctypes.get_errno() == 1 else 0)",
        "works(lambda: -1 if libc.send(3, b' ', 1, 1) < 0 and ctypes.get_errno() == 1 else 0)",
    ),
    leaving(
        "new namespaces",
        "works(libc.unshare, 0x10000000)",
        "works(libc.unshare, 0x40000000)",
        "works(libc.setns, 0, 0)",
    ),
    leaving(
        "mounting",
        "works(libc.mount, b'none', b'/tmp', b'tmpfs', 0, None)",
        "works(libc.umount2, b'/tmp', 2)",
        "works(os.chroot, '/tmp')",
    ),
    leaving(
        "another program",
        "works(os.posix_spawn, '/usr/bin/true', ['true'], {})",
        "works(os.memfd_create, 'x')",
        "works(os.pidfd_open, 1)",
    ),
    leaving(
        "sockets to the network",
        "works(socket.create_connection, ('127.0.0.1', 9), 0.1)",
        "works(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9)))",
        "works(lambda: socket.socket(socket.AF_INET6).close() or 0)",
    ),
    leaving(
        "sockets of this machine",
        "works(lambda: socket.socket(socket.AF_UNIX).bind('\\0marmalade') or 0)",
        "works(lambda: socket.socketpair() and 0)",
        "works(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW) and 0)",
    ),
    leaving(
        "links out of the scratch",
        "works(lambda: os.symlink('/etc/passwd', 'a') or 0)",
        "works(lambda: os.link('/etc/passwd', 'b') or 0)",
        "works(lambda: os.mkfifo('c') or 0)",
        "works(lambda: os.mknod('d') or 0) and works(lambda: os.chmod('d', 0o6777) or 0)",
    ),
    leaving(
        "other people's files",
        "works(open, '/etc/passwd')",
        "works(open, '/etc/shadow')",
        "works(os.listdir, '/home')",
        "works(os.listdir, '/root')",
    ),
    leaving(
        "newer ways into the kernel",
        "syscall(425, 1, 0)",
        "syscall(321, 0, 0, 0)",
        "syscall(298, 0, 0, -1, -1, 0)",
        "syscall(250, 0, -3, 0, 0, 0)",
        "syscall(323, 0)",
    ),
    leaving("the other system calls of this machine", "syscall(39 | 1 << 30)"),
    leaving(
        "another owner",
        "works(os.setuid, 0) and os.getuid() != os.geteuid()",
        "works(libc.prctl, 38, 0, 0, 0, 0)",
        "works(libc.personality, 0x0400000)",
    ),
    leaving(
        "messages in the kernel, for a later worker or one beside it",
        "works(lambda: os.posix_fadvise(os.open(os.__file__, 0), 0, 0, os.POSIX_FADV_DONTNEED) or 0)",
        "works(libc.mincore, ctypes.c_void_p(id(0) & ~4095), 4096, ctypes.create_string_buffer(1))",
        "works(libc.madvise, ctypes.c_void_p(id(0) & ~4095), 4096, 21)",
        "works(lambda: fcntl.flock(os.open(os.__file__, 0), fcntl.LOCK_EX) or 0)",
        "works(lambda: os.pipe()[0])",
        "works(libc.syscall, 202, ctypes.byref(ctypes.c_int(0)), 1, 1, None)",
    ),
    leaving(
        "clocks of other processes",
        "works(time.clock_gettime, (~os.getppid() << 3) | 2)",
        "works(time.clock_gettime, (~1 << 3) | 2)",
        "works(time.clock_getres, (~1 << 3) | 2)",
    ),
    placed(
        "a link to a neighbour's notebook in the place of its own",
        place=lambda path, neighbour: path.symlink_to(neighbour),
    ),
    placed(
        "a link to a device without an end",
        place=lambda path, neighbour: path.symlink_to("/dev/zero"),
    ),
    placed("a link to itself", place=lambda path, neighbour: path.symlink_to(path)),
    placed(
        "a link to the course's key",
        place=lambda path, neighbour: path.symlink_to(path.parents[3] / "course.key"),
    ),
    placed(
        "a pipe in the place of a notebook",
        place=lambda path, neighbour: __import__("os").mkfifo(path),
    ),
    placed("a folder in the place of a notebook", place=lambda path, neighbour: path.mkdir()),
    placed(
        "a folder that is a link to a neighbour's",
        place=_folder_to,
    ),
)
