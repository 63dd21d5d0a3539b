"""What `nbgrader collect` does in a course of ours, by nbgrader_config.py. Trusted side.

Students write into the exchange themselves, and nbgrader believes what stands there: it copies a submission
under whatever name, with a warning, and what a link leads to, with the instructor's rights. Here a student's
work is what that student owns, links are left out, and one submission that cannot be copied stops no other.
"""

import pwd
import shutil
import tempfile
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

Record = dict[str, Any]


class Collect(ExchangeCollect):  # type: ignore[misc]
    """nbgrader's own, more careful."""

    src_records: list[Record]
    _copied: Path

    def _sort_by_timestamp(self, records: list[Record]) -> list[Record]:
        """The newest first, what others handed in last: nbgrader takes the first one."""
        return sorted(super()._sort_by_timestamp(records), key=self._is_foreign)

    def copy_files(self) -> None:
        """Copy the students' own work, each by itself."""
        records, self.src_records = self.src_records, []
        if not records:
            super().copy_files()  # says so
        for record in records:
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
            except (OSError, RuntimeError) as error:
                self._leave_out(record, str(error))

    def do_copy(self, src: str, dest: str, log: Any = None) -> Any:  # noqa: ARG002 - nbgrader's
        """Copy the submission that `copy_files` is at."""
        return super().do_copy(str(self._copied), dest, log)

    def _without_links(self, record: Record, scratch: Path) -> Path:
        """Copy a submission to where nobody else can put a link. Raises OSError and RuntimeError."""
        source, copied = Path(self.inbound_path, record["filename"]), scratch / "submission"
        if self.get_size(str(source)) > 1000 * self.coursedir.max_dir_size:
            raise RuntimeError(f"is larger than {self.coursedir.max_dir_size} kB")
        shutil.copytree(source, copied, symlinks=True)
        for path in copied.rglob("*"):
            if path.is_symlink():
                self.log.error(f"{record['filename']}: {path.name} is a link, and left out")
                path.unlink()
        return copied

    def _leave_out(self, record: Record, reason: str) -> None:
        self.log.error(f"{record['filename']}: is not collected: {reason}")

    def _is_foreign(self, record: Record) -> bool:
        return bool(self.check_owner) and self._owner(record) != record["username"]

    def _owner(self, record: Record) -> str:
        """Who owns the folder, or what it leads to."""
        try:
            uid = Path(self.inbound_path, record["filename"]).stat().st_uid
            return pwd.getpwuid(uid).pw_name
        except (OSError, KeyError):
            return "somebody unknown"
