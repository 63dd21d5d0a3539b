"""Hosts of a test's own: network namespaces, each with an address, joined by a bridge in one more of them."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

# A host has a name of its own, a home and a scratch folder in its own memory, and does not see the folder $2.
SETTLE = """\
hostname "$1"
mount -t tmpfs tmpfs "$2"
mkdir "$2/home" "$2/tmp"
export HOME="$2/home" TMPDIR="$2/tmp"
shift 2
exec "$@"
"""


class Network:
    """Hosts with a cable each to one switch. Everything is gone after `remove`."""

    def __init__(self, *hosts: str) -> None:
        self._mark = f"glm2mlp-{os.getpid()}"
        self._hosts = hosts
        try:
            self._make()
        except BaseException:
            self.remove()
            raise

    def _make(self) -> None:
        _ip("netns", "add", self._mark)
        _ip("-n", self._mark, "link", "add", "name", "switch", "type", "bridge")
        _ip("-n", self._mark, "link", "set", "switch", "up")
        for host in self._hosts:
            namespace = self._namespace(host)
            _ip("netns", "add", namespace)
            cable = ("link", "add", "name", host, "type", "veth", "peer", "name", "eth0")
            _ip("-n", self._mark, *cable, "netns", namespace)
            _ip("-n", self._mark, "link", "set", "dev", host, "master", "switch", "up")
            _ip("-n", namespace, "address", "add", f"{self.address(host)}/24", "dev", "eth0")
            for interface in ("eth0", "lo"):
                _ip("-n", namespace, "link", "set", "dev", interface, "up")

    def address(self, host: str) -> str:
        """Where the others reach it."""
        return f"10.83.0.{1 + self._hosts.index(host)}"

    def on(self, host: str) -> list[str]:
        """What to put before a command that runs on a host, in the folders of this one."""
        return ["ip", "netns", "exec", self._namespace(host), "env", f"TEST_HOST={self._mark}"]

    def on_another_machine(self, host: str, hidden: Path) -> list[str]:
        """The same, with a name, a home and a scratch folder of its own, and without the folder `hidden`."""
        settled = ["unshare", "--mount", "--uts", "sh", "-e", "-c", SETTLE, "sh"]
        return [*self.on(host), *settled, host, str(hidden)]

    def cut(self, host: str) -> None:
        """Pull the cable: nothing reaches the host, and nobody is told."""
        _ip("-n", self._mark, "link", "set", "dev", host, "down")

    def remove(self) -> None:
        """Take the hosts away; what still runs there goes on, and has no network."""
        for name in (self._mark, *map(self._namespace, self._hosts)):
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)

    def left(self) -> list[str]:
        """The namespaces that are there, and the command lines of what runs in them or was started there."""
        names = subprocess.run(["ip", "netns", "list"], check=True, capture_output=True, text=True)
        found = [line for line in names.stdout.splitlines() if self._mark in line]
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if f"TEST_HOST={self._mark}".encode() in (process / "environ").read_bytes():
                    found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        return found

    def _namespace(self, host: str) -> str:
        return f"{self._mark}-{host}"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)
