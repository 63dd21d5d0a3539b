"""Each layer of the sandbox is in force, and holds alone."""

import socket
from contextlib import closing
from dataclasses import replace

import pytest
from engine_kit import ROOMY, status, worker_of

from autograder.sandbox import jail, layers
from autograder.sandbox.host import Sandbox, WorkerLostError
from autograder.sandbox.terms import LAYERS, SandboxError

# Limits


def test_limits_are_in_force(spawn):
    inside = spawn(replace(ROOMY, memory=100 << 20))

    assert inside.value("len(bytearray(10 << 20))") == 10 << 20
    with pytest.raises(WorkerLostError) as lost:
        inside.value("bytearray(200 << 20)")
    assert lost.value.outcome == "memory"


def test_memory_is_counted_without_the_libraries(spawn):
    # What NumPy and SymPy take is not the student's.
    inside = spawn(replace(ROOMY, memory=64 << 20))

    assert inside.value("np.ones((1000, 1000)).sum()", "import numpy as np") == 10**6


def test_time_of_the_kernel_is_a_timeout(spawn):
    # The grader's own watch is set not to see it: RLIMIT_CPU is the second line.
    inside = spawn(replace(ROOMY, submission_cpu=-4))

    with pytest.raises(WorkerLostError) as lost:
        inside.run("while True: pass")
    assert lost.value.outcome == "timeout"


def test_more_files_than_allowed_are_an_error(inside):
    assert inside.value("[open('/dev/null') for _ in range(100)]") == "OSError"


# Each layer holds alone


def prctl(inside, option: int) -> int:
    return inside.value(f"ctypes.CDLL(None).prctl({option}, 0, 0, 0, 0)", "import ctypes")


@pytest.fixture
def with_layers(spawn, sandbox, monkeypatch):
    """A worker behind the walls, with some more layers and not the others."""

    def with_layers(*names):
        monkeypatch.setattr(sandbox, "layers", ("namespaces", *names))
        return spawn()

    return with_layers


def test_seccomp_alone(with_layers, sandbox):
    inside = with_layers("no_new_privs", "seccomp")

    assert status(worker_of(sandbox))["Seccomp"] == "2"
    assert inside.value("os.fork()", "import os") == "PermissionError"
    assert inside.value("os.kill(os.getppid(), 0)") == "PermissionError"


def test_landlock_alone(with_layers, sandbox):
    assert with_layers().value("open('/etc/ld.so.cache', 'rb').read(1) != b''") is True
    inside = with_layers("no_new_privs", "landlock")

    assert status(worker_of(sandbox))["Seccomp"] == "0"
    assert inside.value("open('/etc/ld.so.cache', 'rb')") == "PermissionError"
    assert inside.value("open('/tmp/x', 'w')") == "PermissionError"
    assert inside.value("os.listdir('/')", "import os") == "PermissionError"


def test_dumpable_alone(with_layers):
    assert prctl(with_layers(), 3) == 1
    assert prctl(with_layers("dumpable"), 3) == 0


def test_no_new_privileges_alone(with_layers):
    assert prctl(with_layers("no_new_privs"), 39) == 1


def test_limits_alone(with_layers):
    names = "[name for name in dir(resource) if name.startswith('RLIMIT_')]"
    limits = f"{{name: resource.getrlimit(getattr(resource, name)) for name in {names}}}"

    found = with_layers("limits").value(limits, "import resource")

    assert found["RLIMIT_CORE"] == (0, 0)
    assert found["RLIMIT_NOFILE"] == (64, 64)
    assert found["RLIMIT_FSIZE"] == (jail.SCRATCH_BYTES,) * 2
    assert 0 < found["RLIMIT_AS"][1] < 1 << 40
    assert 0 < found["RLIMIT_CPU"][1] <= ROOMY.submission_cpu + 10


def test_namespaces_alone(with_layers, sandbox):
    inside = with_layers()

    assert inside.value("(os.getuid(), os.uname().nodename)", "import os") == (65534, "sandbox")
    assert inside.value("os.getpid()") != worker_of(sandbox)
    assert inside.value("open('/etc/passwd')") == "FileNotFoundError"
    assert inside.value("socket.if_nameindex()", "import socket") in ([], [(1, "lo")])
    assert int(status(worker_of(sandbox))["CapEff"], 16) == 0


def test_loopback_of_the_host_is_another_one(with_layers):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        address = server.getsockname()

        answer = with_layers().value(f"socket.create_connection({address})", "import socket")

    assert answer in ("ConnectionRefusedError", "OSError")


def test_all_layers_are_on_at_once(sandbox, spawn):
    spawn()

    found = status(worker_of(sandbox))

    assert sandbox.layers == LAYERS
    assert (found["Seccomp"], found["NoNewPrivs"], int(found["CapEff"], 16)) == ("2", "1", 0)


# What the host offers


def test_this_host_has_every_layer():
    assert layers.missing(layers.probe()) == ()
    assert layers.present(layers.probe()) == LAYERS


def test_missing_layer_is_named_with_a_remedy(monkeypatch):
    monkeypatch.setattr(jail, "works", lambda: "no permission")

    probed = layers.probe()

    (missing,) = layers.missing(probed)
    assert (missing.name, missing.problem) == ("namespaces", "no permission")
    assert "user namespaces" in missing.remedy
    assert layers.present(probed) == LAYERS[1:]


@pytest.mark.parametrize("tool", ["/bin/false", "/nowhere/bwrap"])
def test_sandbox_that_does_not_start_says_so(monkeypatch, tool):
    monkeypatch.setattr(jail, "bubblewrap", lambda: tool)

    with pytest.raises(SandboxError):
        Sandbox().start()
