"""What nbgrader's exchange does in a course of ours, by nbgrader_config.py. Trusted side.

Students write into the exchange themselves, and nbgrader believes what stands there: it copies a submission
under whatever name, with a warning, and what a link leads to, with the instructor's rights. Here a student's
work is what that student owns, links are left out, and one submission that cannot be copied stops no other.
"""

import errno
import glob
import os
import pwd
import stat
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback

from autograder.outcomes import printable
from autograder.roster import is_folder_name

Record = dict[str, Any]
NEVER = datetime.min  # in the place of a time that is none
BLOCK = 4096  # bytes that a file, link or folder counts at least: empty ones take room, too


class Collect(ExchangeCollect):  # type: ignore[misc]
    """nbgrader's own, more careful."""

    src_records: list[Record]
    _copied: Path

    def _path_to_record(self, path: str) -> Record:
        """What the name of a folder says; everybody can make one there, under any name."""
        try:
            record: Record = super()._path_to_record(path)
        except (ValueError, ArithmeticError, LookupError):  # what nbgrader's parser of times raises
            name = Path(path).name
            return {"username": name.partition("+")[0], "filename": name, "timestamp": NEVER}
        return record

    def _sort_by_timestamp(self, records: list[Record]) -> list[Record]:
        """The newest first, what others handed in last: nbgrader takes the first one."""
        return sorted(super()._sort_by_timestamp(records), key=self._is_foreign)

    def copy_files(self) -> None:
        """Copy the students' own work, each by itself."""
        records, self.src_records = self.src_records, []
        if not records:
            super().copy_files()  # says so
        for record in records:
            if record["timestamp"] == NEVER or not is_folder_name(record["username"]):
                self._leave_out(record, "its name holds no time, or no student's")
                continue
            if self._is_foreign(record):
                self._leave_out(
                    record,
                    f"{self._owner(record)} handed it in, not {record['username']}; if all have one Unix "
                    "user, set c.ExchangeCollect.check_owner = False",
                )
                continue
            try:
                with tempfile.TemporaryDirectory() as scratch:
                    # nbgrader deletes the submission of before, and then asks for this one.
                    self._copied = self._without_links(record, Path(scratch))
                    self.src_records = [record]
                    super().copy_files()
            except (
                Exception
            ) as error:  # also the time of what was collected before is the student's word
                self._leave_out(record, f"{type(error).__name__}: {error}")

    def do_copy(self, src: str, dest: str, log: Any = None) -> Any:  # noqa: ARG002 - nbgrader's
        """Copy the submission that `copy_files` is at."""
        return super().do_copy(str(self._copied), dest, log)

    def _without_links(self, record: Record, scratch: Path) -> Path:
        """Copy a submission to where nobody else can put a link. Raises OSError."""
        source, copied = Path(self.inbound_path, record["filename"]), scratch / "submission"
        left = 1000 * self.coursedir.max_dir_size
        # The student may put a link into the place of what was a file a moment ago: each is opened by its
        # name in a folder that is open already, and looked at then.
        for folder, folders, names, inside in os.fwalk(source, onerror=_raise):
            target = copied / Path(folder).relative_to(source)
            target.mkdir()
            left -= BLOCK * len((*folders, *names))
            if left < 0:
                raise OSError(errno.EFBIG, "holds more than a submission may have", folder)
            links = [name for name in (*folders, *names) if _is_link(name, inside)]
            for name in links:
                self._say(f"{record['filename']}: {name} is a link, and left out")
            for name in set(names).difference(links):
                left -= _copy_file(name, inside, target / name, left)
        return copied

    def _leave_out(self, record: Record, reason: str) -> None:
        self._say(f"{record['filename']}: is not collected: {reason}")

    def _say(self, text: str) -> None:
        """A line of the log; names in it may hold line breaks."""
        self.log.error(printable(text.replace("\n", " ")))

    def _is_foreign(self, record: Record) -> bool:
        return bool(self.check_owner) and self._owner(record) != record["username"]

    def _owner(self, record: Record) -> str:
        """Who owns the folder; of a link, who made it."""
        try:
            uid = Path(self.inbound_path, record["filename"]).lstat().st_uid
            return pwd.getpwuid(uid).pw_name
        except (OSError, KeyError):
            return "somebody unknown"


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """nbgrader's own, which stops where a student's submission has no secret, or one that is no text."""

    src_path: str

    def copy_files(self) -> None:
        """Release the pages, each by itself."""
        for folder in sorted(glob.glob(self.src_path)):
            self.src_path = glob.escape(folder)
            try:
                super().copy_files()
            except (OSError, ValueError) as error:
                self.log.error(f"{folder}: is not released: {error}")


def _raise(error: OSError) -> None:
    raise error


def _is_link(name: str, folder: int) -> bool:
    return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)


def _copy_file(name: str, folder: int, target: Path, most: int) -> int:
    """Copy a plain file of an open folder; returns its size. Raises OSError, also for one beyond `most`.

    No link is followed, no pipe waited for, and what grows meanwhile is copied as it was.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with os.fdopen(os.open(name, flags, dir_fd=folder), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "is no file", name)
        if status.st_size > most:
            raise OSError(errno.EFBIG, "is more than a submission may have", name)
        target.write_bytes(file.read(status.st_size))
        return status.st_size
