"""CSV files that come from other systems and go to them. Trusted side."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 50 << 20
DELIMITERS = ",;\t|"
# Non-ASCII letters of languages by the 8-bit encoding in which Excel writes them.
ALPHABETS = {
    "cp1252": ("àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúü", "áàâãçéêíóôõú", "àèéìòù", "åäöæøé"),
    "cp1250": ("áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
}
# A spreadsheet takes a cell that begins so for a formula: https://owasp.org/www-community/attacks/CSV_Injection
# Of wide signs, too, in an East Asian one.
SIGNS = "=+@\uff1d\uff0b\uff20\uff0d-"
# Which sign separates cells, and what ends a row, depends on the spreadsheet and its country: what follows
# any of these may become a cell of its own, without the blanks and quotes before it.
SEPARATORS = ",;\t|\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
FORMULA = re.compile(rf'((?:^|[{SEPARATORS}])[\s"\0\ufeff]*)(?=[{SIGNS}])')
LED_IN = ("\t", "\r", "\n", "\0")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?", re.ASCII)


class TableError(Exception):
    """The file cannot be used; the text names the file, the place in it and the remedy."""


@dataclass(frozen=True)
class Table:
    """A CSV file with a row of headings; each row has as many cells as there are headings."""

    path: Path
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ","

    def column(self, *names: str) -> int | None:
        """The place of the first of these headings that is there; case and spaces do not matter."""
        known = [_plain(heading) for heading in self.headings]
        return next((known.index(_plain(name)) for name in names if _plain(name) in known), None)


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").casefold().split())


def read_table(path: Path) -> Table:
    """Read a CSV file in any encoding that Excel writes, whatever separates its cells. Raises TableError.

    Rows without any text are left out.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TableError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise TableError(f"{path}: is larger than {MAX_BYTES >> 20} MB; is it the right file?")
    try:
        text = _decoded(data)
        # Excel's own first line for where another sign separates cells: sep=;
        said, _, rest = text.partition("\n")
        own = said.strip().removeprefix("sep=") if said.startswith("sep=") else ""
        text, choice = (rest, own) if len(own) == 1 else (text, DELIMITERS)
        delimiter = max(choice, key=lambda sign: len(next(_rows(text, sign), ())))
        rows = list(_rows(text, delimiter))
    except UnicodeError:
        raise TableError(f"{path}: is not text; save it as «CSV UTF-8»") from None
    except csv.Error as error:
        raise TableError(f"{path}: is not CSV ({error}); export it again") from None
    if not rows:
        raise TableError(f"{path}: has no row with headings; export it again")
    width = len(rows[0])
    filled = [(row + [""] * width)[:width] for row in rows[1:]]
    return Table(path, tuple(rows[0]), tuple(map(tuple, filled)), delimiter)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows that have text in them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return (row for row in reader if any(cell.strip() for cell in row))


def _decoded(data: bytes) -> str:
    """The text of a file; raises UnicodeError if it is none.

    The two 8-bit encodings of Excel share most bytes: the one whose letters fit a language better is taken.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\0" in data[:2]:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    fits = {}
    for encoding, alphabets in ALPHABETS.items():
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            strange = [sign for sign in text.lower() if not sign.isascii()]
            fits[text] = max(sum(sign in letters for sign in strange) for letters in alphabets)
    if not fits or b"\0" in data:
        raise UnicodeError
    return max(fits, key=lambda text: fits[text])


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """The text of a CSV file in which no text is a formula; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    for first, *others in (headings, *rows):
        # With another separator the row is one cell, which a number at its beginning does not make harmless.
        cells = [_text(first) if isinstance(first, str) else first]
        cells += [harmless(cell) if isinstance(cell, str) else cell for cell in others]
        writer.writerow(cells)
    return out.getvalue()


def harmless(cell: str) -> str:
    """A text that no spreadsheet takes for a formula; numbers and a lone dash stay as they are."""
    return cell if cell == "-" or NUMBER.fullmatch(cell) else _text(cell)


def _text(cell: str) -> str:
    cell = FORMULA.sub(r"\1'", cell)
    return f"'{cell}" if cell.startswith(LED_IN) else cell
