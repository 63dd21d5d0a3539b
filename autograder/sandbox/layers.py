"""What this host's kernel and tools offer to keep student code in, and what each part holds. Trusted side."""

from dataclasses import dataclass

from autograder.sandbox import jail
from autograder.sandbox.terms import LAYERS
from autograder.worker.lockdown import landlock_abi

# What each layer holds, and what is no longer promised where it is missing and all others are there. The
# commands and docs/security.md say this; docs/attacks.md measures it.
HOLDS = {
    "namespaces": "no files but Python's own, no network, no other processes",
    "landlock": "a worker reads only libraries, writes only its scratch, signals nobody",
    "seccomp": "no new processes, threads, sockets or signals",
    "dumpable": "no process reads another one's memory, no crash is dumped",
    "no_new_privs": "no set-uid program helps",
    "limits": "bounded CPU time, memory and file sizes",
}
LOST = {
    "namespaces": (
        "that student code does not learn the machine's name and which files it has, and that what it "
        "writes cannot fill the machine's disk"
    ),
    "landlock": (
        "that students do not leave files for the next one, and cannot stop the grading with folders and "
        "links in their scratch"
    ),
    "seccomp": (
        "that student code starts no processes, threads or sockets, and that the kernel's rarer calls, "
        "where its faults are, stay closed to it"
    ),
    "dumpable": (
        "that a crash is not handed to the machine's core handler, with hidden inputs in its memory"
    ),
    "no_new_privs": (
        "that Landlock and seccomp can be loaded where bubblewrap, which sets it too, is missing"
    ),
    "limits": (
        "that a submission takes no more memory than it may, so it can take all that the machine has"
    ),
}


@dataclass(frozen=True)
class Layer:
    """One layer of the sandbox; if it does not work here, what is wrong with it and what to do about it."""

    name: str
    problem: str | None = None
    remedy: str | None = None

    @property
    def holds(self) -> str:
        """What it holds."""
        return HOLDS[self.name]

    @property
    def lost(self) -> str:
        """The sentence that says what is no longer promised without it."""
        return f"Without {self.name} it is not promised {LOST[self.name]}."


def probe() -> tuple[Layer, ...]:
    """All layers, each tried out on this host."""
    import seccompy

    walls = jail.works()
    landlock = landlock_abi()
    seccomp = seccompy.supported()
    return (
        Layer(
            "namespaces",
            walls,
            "install bubblewrap, and let ordinary users make user namespaces (on Ubuntu 24.04: "
            "an AppArmor profile for bwrap; in a container: its seccomp profile must allow unshare)"
            if walls
            else None,
        ),
        Layer(
            "landlock",
            None if landlock else "this kernel has no Landlock",
            None if landlock else "Linux 5.13 or newer, with landlock in the lsm= list",
        ),
        Layer(
            "seccomp",
            None if seccomp else "this kernel loads no seccomp filters",
            None if seccomp else "a kernel with CONFIG_SECCOMP_FILTER",
        ),
        Layer("dumpable"),
        Layer("no_new_privs"),
        Layer("limits"),
    )


def present(probed: tuple[Layer, ...]) -> tuple[str, ...]:
    """The names of the layers that work here, in their order."""
    working = {layer.name for layer in probed if layer.problem is None}
    return tuple(name for name in LAYERS if name in working)


def missing(probed: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The layers that do not work here."""
    return tuple(layer for layer in probed if layer.problem is not None)
