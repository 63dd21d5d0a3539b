"""What a sandbox is asked for: layers, limits, and the error if there is none to be had. Trusted side.

Whoever only hands over work imports this, and not what runs it.
"""

from dataclasses import dataclass

LAYERS = ("namespaces", "landlock", "seccomp", "dumpable", "no_new_privs", "limits")


class SandboxError(Exception):
    """The sandbox does not start or has died: a fault of ours or of the host, never the student's."""


@dataclass(frozen=True)
class Limits:
    """What a submission may use: seconds of CPU and of wall clock, bytes of memory."""

    cell_cpu: float = 30.0
    cell_wall: float = 120.0
    call_cpu: float = 10.0
    call_wall: float = 40.0
    submission_cpu: float = 120.0
    submission_wall: float = 600.0
    memory: int = 1 << 30
