"""What this host's kernel and tools offer to keep student code in. Trusted side."""

from dataclasses import dataclass

from autograder.sandbox import jail
from autograder.sandbox.host import LAYERS
from autograder.worker.lockdown import landlock_abi


@dataclass(frozen=True)
class Layer:
    """One layer of the sandbox: what it holds, what is wrong with it here, and what to do about it."""

    name: str
    holds: str
    problem: str | None = None
    remedy: str | None = None


def probe() -> tuple[Layer, ...]:
    """All layers, each tried out on this host."""
    import seccompy

    walls = jail.works()
    landlock = landlock_abi()
    seccomp = seccompy.supported()
    return (
        Layer(
            "namespaces",
            "no files but Python's own, no network, no other processes",
            walls,
            "install bubblewrap, and let ordinary users make user namespaces (on Ubuntu 24.04: "
            "an AppArmor profile for bwrap; in a container: its seccomp profile must allow unshare)"
            if walls
            else None,
        ),
        Layer(
            "landlock",
            "a worker reads only libraries, writes only its scratch, signals nobody",
            None if landlock else "this kernel has no Landlock",
            None if landlock else "Linux 5.13 or newer, with landlock in the lsm= list",
        ),
        Layer(
            "seccomp",
            "no new processes, threads, sockets or signals",
            None if seccomp else "this kernel loads no seccomp filters",
            None if seccomp else "a kernel with CONFIG_SECCOMP_FILTER",
        ),
        Layer("dumpable", "no process reads another one's memory"),
        Layer("no_new_privs", "no set-uid program helps"),
        Layer("limits", "bounded CPU time, memory and file sizes"),
    )


def present(probed: tuple[Layer, ...]) -> tuple[str, ...]:
    """The names of the layers that work here, in their order."""
    working = {layer.name for layer in probed if layer.problem is None}
    return tuple(name for name in LAYERS if name in working)


def missing(probed: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The layers that do not work here."""
    return tuple(layer for layer in probed if layer.problem is not None)
