"""The first process in the sandbox: it imports what answers may need, then forks one worker at a time.

Inside the sandbox, but no student code ever runs in this process. It takes orders from the grader over a
socket (JSON, one message each) and holds nothing that is secret: no test, no reference, no key.
"""

import array
import gc
import json
import os
import re
import signal
import socket
import sys
import time
from ctypes import c_int, c_size_t, c_void_p
from typing import Any

from autograder.worker import lockdown

SCRATCH = "/tmp"  # noqa: S108 - the sandbox's own, in memory
# Without namespaces SCRATCH is the host's own, with other people's folders in it.
SCRATCH_NAME = re.compile("worker-[0-9a-f]{32}")
MAX_LEFTOVERS = 1000
ROOM = 64 << 20  # bytes; what is imported takes some 50 million
ARENA, SMALL_OBJECT = 1 << 20, 400  # bytes; see Objects/obmalloc.c
HUGE_PAGE = 1 << 21
MANY = 8  # workers; what huge pages cost, some 0.3 s, is not repaid by fewer
MADV_COLLAPSE = 25  # madvise(2)


def make_room() -> list[bytes]:
    """Let Python's memory for small objects lie in one piece; as long as the result is held, all of it stays.

    Python asks for a megabyte at a time and gives back what is empty. Piece by piece between the imports it
    would lie all over the place, and huge pages hold only what lies together.
    """
    objects = [bytes(SMALL_OBJECT) for _ in range(ROOM // SMALL_OBJECT)]
    return list({id(each) // ARENA: each for each in objects}.values())


def import_libraries() -> None:
    """Import, and use once, what workers would otherwise import and set up one by one."""
    import numpy as np
    import numpy.testing
    import sympy  # noqa: F401

    from autograder.worker import practice, worker

    rng = np.random.default_rng(0)
    np.linalg.solve(rng.normal(size=(3, 3)), np.ones(3))
    np.random.RandomState(0).permutation(3)
    worker.warm_up()
    practice.practise()


def settle() -> None:
    """Leave all that was imported as it is: no collector looks at it."""
    gc.collect()
    gc.freeze()


def use_huge_pages() -> None:
    """Let huge pages hold what was imported: a worker's fork, its first writes and its end are quicker.

    Where the kernel knows no such request, before Linux 6.1, all stays in small pages.
    """
    gc.unfreeze()
    for number in {id(thing) // HUGE_PAGE for thing in gc.get_objects()}:
        start = c_void_p(number * HUGE_PAGE)
        lockdown.libc.madvise(start, c_size_t(HUGE_PAGE), c_int(MADV_COLLAPSE))
    gc.freeze()


def bring(libraries: list[str]) -> None:
    """Import what the next worker needs and those before it did not."""
    from autograder.worker import worker

    worker.bring(libraries)
    settle()


def cpu_seconds(pid: int) -> float:
    """The CPU time of another process, by its clock (see clock_getcpuclockid(3))."""
    return time.clock_gettime((~pid << 3) | 2)


def spawn(order: dict[str, Any], channel: int, control: socket.socket) -> int:
    """Fork a worker that is locked down as ordered and talks to the grader over `channel`."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        os.close(channel)
        return pid
    try:
        lockdown.end_with(parent)
        control.close()
        _become_worker(order, channel)
    finally:
        os._exit(70)


def _become_worker(order: dict[str, Any], channel: int) -> None:
    from autograder.worker import worker

    scratch = os.path.join(SCRATCH, f"worker-{os.urandom(16).hex()}")
    os.mkdir(scratch, 0o700)
    os.chdir(scratch)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    server = worker.Worker(socket.socket(fileno=channel))
    layers = order["layers"]
    lockdown.set_limits(**order["limits"])
    if "dumpable" in layers:
        lockdown.not_dumpable()
    if "no_new_privs" in layers:
        lockdown.no_new_privileges()
    if "landlock" in layers:
        lockdown.restrict_files(order["readable"], scratch)
    if "seccomp" in layers:
        lockdown.filter_system_calls(bytes.fromhex(order["system_calls"]))
    server.serve()


def reap(pid: int, patience: float) -> dict[str, Any]:
    """End the worker; say how it had ended, if it had or does so within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not (waited := os.wait4(pid, os.WNOHANG))[0] and time.monotonic() < deadline:
        time.sleep(0.001)
    done, status, usage = waited
    ended_itself = done == pid
    if not ended_itself:
        os.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
    return {
        "signal": os.WTERMSIG(status) if ended_itself and os.WIFSIGNALED(status) else None,
        "exit": os.WEXITSTATUS(status) if ended_itself and os.WIFEXITED(status) else None,
        "cpu": usage.ru_utime + usage.ru_stime,
        "clean": empty_scratch(),
    }


def empty_scratch() -> bool:
    """Delete what workers left; False if there is so much that a new sandbox is the quicker way."""
    removed = 0
    for folder in os.scandir(SCRATCH):
        if not folder.is_dir(follow_symlinks=False) or not SCRATCH_NAME.fullmatch(folder.name):
            continue
        for entry in os.scandir(folder.path):
            removed += 1
            if removed > MAX_LEFTOVERS:
                return False
            os.unlink(entry.path)
        os.rmdir(folder.path)
    return True


def receive(control: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """The next order and the descriptors that came with it; None when the grader is gone."""
    descriptors = array.array("i")
    message, ancillary, _, _ = control.recvmsg(1 << 16, socket.CMSG_SPACE(4))
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(data[:4])
    return (json.loads(message) if message else None), list(descriptors)


def main() -> None:
    """Serve the grader until it closes its end."""
    lockdown.end_with(os.getppid())  # whose end closes the socket, too, and is noticed there
    control = socket.socket(fileno=int(sys.argv[1]))
    room = make_room()
    import_libraries()
    del room
    settle()
    control.send(json.dumps({"landlock": lockdown.landlock_abi(), "pid": os.getpid()}).encode())
    worker = workers = 0
    while True:
        order, descriptors = receive(control)
        if order is None:
            break
        answer: dict[str, Any] = {}
        if order["do"] == "spawn":
            workers += 1
            if workers == MANY:
                use_huge_pages()
            worker = spawn(order, descriptors[0], control)
        elif order["do"] == "bring":
            bring(order["libraries"])
            workers = 0
        elif order["do"] == "cpu":
            answer["cpu"] = cpu_seconds(worker)
        elif order["do"] == "reap":
            answer = reap(worker, order["patience"])
        control.send(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
