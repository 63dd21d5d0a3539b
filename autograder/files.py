"""Files that a killed process leaves whole or not at all, and that two processes may write. Trusted side."""

import fcntl
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from autograder.outcomes import printable

TOLD_AFTER = 2.0  # seconds of waiting for somebody else
MAX_COMMAND = 80  # characters of a command line that is told


def make_private(folder: Path) -> None:
    """Make a folder that only its owner can enter; one that is there stays as it is. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def told_when_slow(what: Callable[[], str]) -> Iterator[None]:
    """Say on standard error, once, what is waited for, if that takes more than TOLD_AFTER seconds."""

    def tell() -> None:
        sys.stderr.write(f"autograder: waiting for {printable(what())}\n")

    timer = threading.Timer(TOLD_AFTER, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def sole_writer(path: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """The file at `path`, made if it is not there, for one process at a time; others wait."""
    with _locked(path, mode, fcntl.LOCK_EX) as file:
        yield file


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Hold the file at `path` beside others that share it; who has it alone is waited for. Raises OSError."""
    with _locked(path, 0o666, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the file at `path` alone. Raises BlockingIOError if somebody has it now, and OSError."""
    with _locked(path, 0o666, fcntl.LOCK_EX | fcntl.LOCK_NB):
        yield


@contextmanager
def _locked(path: Path, mode: int, operation: int) -> Iterator[BinaryIO]:
    """The file at `path`, locked. The kernel lets go of it when its process ends, however it ends."""
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(path, flags, mode), "r+b") as file:
            with _named(path):
                _lock(file, path, operation)
            if _is_still(path, file):
                yield file
                return


def _lock(file: BinaryIO, path: Path, operation: int) -> None:
    try:
        fcntl.flock(file, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        if operation & fcntl.LOCK_NB:
            raise
        with told_when_slow(lambda: f"{path}{_held_by(file)}"):
            fcntl.flock(file, operation)


def _held_by(file: BinaryIO) -> str:
    """Which process holds the lock on a file, in words; nothing if that cannot be seen."""
    inode = str(os.fstat(file.fileno()).st_ino)
    try:
        for line in Path("/proc/locks").read_text().splitlines():
            _, kind, _, _, pid, place, *_ = line.replace("-> ", "").split()
            if kind == "FLOCK" and place.rpartition(":")[2] == inode and "->" not in line:
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
                said = " ".join(command.decode(errors="replace").split())[:MAX_COMMAND]
                return f", which process {pid} holds ({said})"
    except (OSError, ValueError):  # of another user, or in another namespace
        pass
    return ""


def _is_still(path: Path, file: BinaryIO) -> bool:
    """Whether the file that was waited for has its name still: who had it may have moved it away."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def write_atomically(
    path: Path, text: str | bytes, *, mode: int = 0o600, once: bool = False
) -> None:
    """Write `text` to `path` so that a reader sees the old file or the new one, never a part.

    What a killed writer left of its draft, the next one writes over. With `once` a file that is there already
    stays as it is. Raises OSError, with the name of the file.
    """
    draft = draft_of(path)
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with sole_writer(draft, mode) as file:
            try:
                if once and path.exists():
                    draft.unlink()
                    return
                file.truncate()
                # A name of a folder that is no UTF-8 comes as lone surrogates; as \udcXX JSON can hold them.
                data = text if isinstance(text, bytes) else text.encode(errors="backslashreplace")
                file.write(data)
                file.flush()
                os.replace(draft, path)
            except BaseException:
                draft.unlink(missing_ok=True)
                raise


def draft_of(path: Path) -> Path:
    """Where `write_atomically` drafts a file; what stands there is of a writer that was killed."""
    return path.with_name(f".{path.name}.part")


def append_line(path: Path, line: str) -> None:
    """Add a line at the end of `path`; a line that broke off there stays alone. Raises OSError."""
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _append(path, line)


def _append(path: Path, line: str) -> None:
    with path.open("a+b") as file:
        _lock(file, path, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        file.seek(max(end - 1, 0))
        broken = file.read(1) not in (b"", b"\n")
        file.write(("\n" * broken + line + "\n").encode())


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Give an OSError the name of the file: what a full disk raises has none."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
