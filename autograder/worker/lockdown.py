"""What a worker gives up before it sees a line of student code. Inside the sandbox; trusted until then.

Each function takes away one thing for good, and raises OSError where the kernel does not have it.
"""

import contextlib
import ctypes
import os
import resource
import signal
import struct

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2

# Landlock has the same system call numbers on every architecture.
LANDLOCK_CREATE_RULESET = 444
LANDLOCK_ADD_RULE = 445
LANDLOCK_RESTRICT_SELF = 446
LANDLOCK_CREATE_RULESET_VERSION = 1
LANDLOCK_RULE_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_FILE = (1 << bit for bit in (0, 1, 2, 3, 5))
MAKE_REG, TRUNCATE = 1 << 8, 1 << 14
READ_ONLY = READ_FILE | READ_DIR
# In its scratch a worker makes files, no folders or links: the zygote can empty it without care.
SCRATCH = READ_ONLY | WRITE_FILE | REMOVE_FILE | MAKE_REG | TRUNCATE
ALL_FILE_RIGHTS = {
    1: (1 << 13) - 1,
    2: (1 << 14) - 1,
    3: (1 << 15) - 1,
    4: (1 << 15) - 1,
    5: (1 << 16) - 1,
}
ALL_NETWORK_RIGHTS = 0b11  # bind and connect TCP, from ABI 4
ALL_SCOPES = 0b11  # abstract Unix sockets and signals, from ABI 6

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def _checked(result: int) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


def _prctl(option: int, argument: int, pointer: object = 0) -> None:
    _checked(
        libc.prctl(option, ctypes.c_ulong(argument), pointer, ctypes.c_ulong(0), ctypes.c_ulong(0))
    )


def landlock_abi() -> int:
    """The version of Landlock that this kernel has; 0 if none."""
    version = libc.syscall(
        ctypes.c_long(LANDLOCK_CREATE_RULESET),
        None,
        ctypes.c_size_t(0),
        ctypes.c_uint32(LANDLOCK_CREATE_RULESET_VERSION),
    )
    return max(0, int(version))


def end_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends, or end it now if `parent` is no more.

    In namespaces all processes end together; without them nothing else would end this one.
    """
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def set_limits(*, cpu_seconds: int, address_space: int, file_size: int) -> None:
    """Bound what the kernel counts for this process; none of it can be raised again."""
    # At the soft limit the kernel sends SIGXCPU, which tells the grader why; at the hard one SIGKILL.
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    for limit, value in (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        with contextlib.suppress(
            ValueError
        ):  # the host's own hard limit is lower: so much the better
            resource.setrlimit(limit, (value, value))


def no_new_privileges() -> None:
    """No set-uid program gives this process more rights than it has."""
    _prctl(PR_SET_NO_NEW_PRIVS, 1)


def not_dumpable() -> None:
    """No other process of the same user may trace this one or read its memory."""
    _prctl(PR_SET_DUMPABLE, 0)


def restrict_files(readable: list[str], scratch: str) -> None:
    """By Landlock: read below `readable`, make plain files in `scratch`, nothing else; no TCP, no signals."""
    abi = landlock_abi()
    if abi == 0:
        raise OSError("this kernel has no Landlock")
    handled = ALL_FILE_RIGHTS.get(abi, ALL_FILE_RIGHTS[5])
    attributes = struct.pack(
        "=QQQ", handled, ALL_NETWORK_RIGHTS if abi >= 4 else 0, ALL_SCOPES if abi >= 6 else 0
    )
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = _checked(
        libc.syscall(
            ctypes.c_long(LANDLOCK_CREATE_RULESET),
            attributes,
            ctypes.c_size_t(size),
            ctypes.c_uint32(0),
        )
    )
    for path, rights in [*((path, READ_ONLY) for path in readable), (scratch, SCRATCH)]:
        _allow_beneath(ruleset, path, rights & handled)
    _checked(
        libc.syscall(
            ctypes.c_long(LANDLOCK_RESTRICT_SELF), ctypes.c_int(ruleset), ctypes.c_uint32(0)
        )
    )
    os.close(ruleset)


def _allow_beneath(ruleset: int, path: str, rights: int) -> None:
    try:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    if not os.path.isdir(path):
        rights &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
    _checked(
        libc.syscall(
            ctypes.c_long(LANDLOCK_ADD_RULE),
            ctypes.c_int(ruleset),
            ctypes.c_int(LANDLOCK_RULE_PATH_BENEATH),
            struct.pack("=Qi", rights, beneath),
            ctypes.c_uint32(0),
        )
    )
    os.close(beneath)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def filter_system_calls(program: bytes) -> None:
    """Load a seccomp filter (made by the grader, see `autograder.sandbox.system_calls`)."""
    instructions = _Program(len(program) // 8, program)
    _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(instructions))
