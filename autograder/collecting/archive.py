"""The files of a zip or a folder, read within bounds and never written where they say. Trusted side.

What stands in a name, a size or a mode of an entry was written by somebody else: names are only compared with
the roster, a size is believed after reading, links are not followed.
"""

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from autograder.reading.notebook import MAX_BYTES

MAX_NAME = 255  # what file systems hold; nor does a longer one keep a pattern busy
METADATA, TIMESTAMP = "submission_metadata.yml", "timestamp.txt"
# What systems and programs add of their own.
NOISE = {"__MACOSX", ".ipynb_checkpoints", "__pycache__"}


class RefusedError(Exception):
    """A file that is not taken; the text names it and says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """One file. `parts` is its path inside the zip or folder, `time` its own, which may be that of a copy."""

    parts: tuple[str, ...]
    origin: str
    time: datetime | None
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.parts[-1]


def entries(path: Path, refused: list[str]) -> Iterator[Entry]:
    """The notebooks in a zip or a folder, and what is told beside them, in the order of their names.

    What cannot be taken adds a line to `refused`; if nothing can be, RefusedError is raised.
    """
    found = _in_folder(path, refused) if path.is_dir() else _in_zip(path, refused)
    return (entry for entry in found if not _noise(entry.parts))


def _noise(parts: tuple[str, ...]) -> bool:
    return bool(NOISE & set(parts)) or parts[-1].startswith(".")


def _wanted(name: str) -> bool:
    return name.endswith(".ipynb") or name in (METADATA, TIMESTAMP)


def _in_folder(root: Path, refused: list[str]) -> Iterator[Entry]:
    for folder, folders, names in os.walk(root):
        folders.sort()
        links = [path for name in folders if (path := Path(folder, name)).is_symlink()]
        refused.extend(f"{path}: is a link; copy the files instead" for path in links)
        for name in sorted(names):
            path = Path(folder, name)
            if not _wanted(name):
                continue
            status = path.lstat()
            if not stat.S_ISREG(status.st_mode):
                refused.append(f"{path}: is a link or no file; copy the file itself")
                continue
            yield Entry(
                path.relative_to(root).parts,
                str(path),
                _modified(status.st_mtime),
                partial(_read, path),
            )


def _modified(seconds: float) -> datetime | None:
    """A file's own time; none if no calendar has it."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _read(path: Path) -> bytes:
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RefusedError(f"{path}: cannot be read: {error.strerror}") from None
    return _bounded(data, str(path))


def _bounded(data: bytes, origin: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise RefusedError(
            f"{origin}: is larger than {MAX_BYTES >> 20} MB; ask for a notebook without outputs"
        )
    return data


def _in_zip(path: Path, refused: list[str]) -> Iterator[Entry]:
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise RefusedError(f"{path}: there is no such file or folder") from None
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RefusedError(
            f"{path}: is no zip file that can be read ({error}); download it again"
        ) from None
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        parts = tuple(part for part in info.filename.replace("\\", "/").split("/") if part)
        origin = f"{path}: {info.filename!r}"
        if not parts or info.is_dir() or _noise(parts):
            continue
        if problem := _problem(info, parts):
            refused.append(f"{origin}: {problem}")
        elif _wanted(parts[-1]):
            yield Entry(parts, origin, _time(info), partial(_extract, archive, info, origin))


def _problem(info: zipfile.ZipInfo, parts: tuple[str, ...]) -> str:
    """Why an entry is not taken; nothing if it is."""
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in parts[0][1:2]:
        return "would lie outside of the folder; it is not unpacked"
    if any(len(part.encode()) > MAX_NAME for part in parts):
        return f"has a name of more than {MAX_NAME} bytes; rename it"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link; ask for the file itself"
    if parts[-1].lower().endswith((".zip", ".tar", ".gz", ".7z", ".rar")):
        return "is packed once more; unpack it, and collect its folder with --from folder"
    if not _wanted(parts[-1]):
        return ""
    if info.flag_bits & 1:
        return "is encrypted; ask for it without a password"
    if info.file_size > MAX_BYTES:
        return f"is larger than {MAX_BYTES >> 20} MB; ask for a notebook without outputs"
    return ""


def _time(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time)
    except ValueError:
        return None


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, origin: str) -> bytes:
    try:
        with archive.open(info) as file:
            return _bounded(file.read(MAX_BYTES + 1), origin)
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise RefusedError(f"{origin}: is damaged ({error}); download it again") from None
    except RuntimeError as error:  # what zipfile raises for a password
        raise RefusedError(f"{origin}: cannot be unpacked ({error})") from None
