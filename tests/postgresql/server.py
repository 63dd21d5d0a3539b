"""A PostgreSQL server in a folder of its own, on loopback, with a password; it can be stopped and started."""

import os
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

PASSWORD = secrets.token_hex(8)
OWNER = "postgres"  # who runs the server where we are root, which PostgreSQL refuses


def _tools() -> Path:
    """Where initdb is: Debian keeps it out of PATH."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max(versions, key=lambda path: int(path.parts[-3])).parent


class Server:
    """One server. `folder` is made, and has to be readable for its owner."""

    def __init__(self, folder: Path) -> None:
        self._tools = _tools()
        self._data = folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        folder.mkdir()
        password = folder / "password"
        password.write_text(PASSWORD)
        if os.geteuid() == 0:
            for path in (folder, password):
                shutil.chown(path, OWNER)
        self._run("initdb", "--auth=scram-sha-256", "--username=glm2mlp", f"--pwfile={password}")

    def start(self) -> None:
        """Start and wait until it lets clients in."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        )
        self._run(
            "pg_ctl", "start", "--wait", "--silent", f"--options={options}", "--log=/dev/null"
        )

    def stop(self) -> None:
        """Stop at once, whoever is connected; not to be waited for by clients."""
        self._run("pg_ctl", "stop", "--mode=fast", "--silent")

    def url(self, database: str, driver: str = "postgresql+psycopg") -> str:
        """The address of a database."""
        return f"{driver}://glm2mlp:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def _run(self, tool: str, *arguments: str) -> None:
        subprocess.run(
            [self._tools / tool, f"--pgdata={self._data}", *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            user=OWNER if os.geteuid() == 0 else None,
            cwd="/",
        )
