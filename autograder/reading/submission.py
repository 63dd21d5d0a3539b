"""Decides what of a submitted notebook runs, and as what. Trusted side.

All of a student's code cells will run, in their order; what is found out here is which of them are answers,
which are ours, and what went astray. A repair never chooses between two answers by their worth: the last
definition counts, as in Jupyter, and where a person could see it otherwise, the exercise is in doubt.
"""

import hashlib
import json
from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from autograder.reading.cells import Piece, Recogniser, recogniser
from autograder.reading.notebook import UnreadableError, parse, read_file, submitted_cells
from autograder.reading.patterns import (
    defined_names,
    fenced_code,
    imports,
    parameters,
)
from autograder.reading.written import written_answers
from autograder.release import Cell, Release

MAX_CELL = 900_000  # a frame holds a megabyte
MAX_NAME = 80  # of a function that is told
MAX_NUMBERS = 10  # of cells that are told together

Mode = Literal["given", "answer", "other"]


@dataclass(frozen=True)
class RunnableCell:
    """A code cell as it will run: `name` is its grade_id or its place, `mode` whose code it is."""

    name: str
    mode: Mode
    source: str


@dataclass(frozen=True)
class Submission:
    """What a notebook holds: cells to run in order, the written answers, and the repairs made.

    `doubts` says of exercises why a person should look at them if they do not earn all their points.
    """

    cells: tuple[RunnableCell, ...]
    written: dict[str, str]
    repairs: tuple[str, ...]
    doubts: dict[str, str] = field(default_factory=dict)

    def answers(self, exercise: str) -> tuple[str, ...]:
        """The sources of the cells that answer `exercise`, in order."""
        return tuple(cell.source for cell in self.cells if cell.name == exercise)


@dataclass(frozen=True)
class Reading:
    """A notebook as it was read: its pieces, which of them answer what, and what runs of it.

    `answered` names, for each exercise that is answered, the piece that counts, by its place in `pieces`;
    `ran` are the places of those of which the student's text runs, and `digest` is of the whole file.
    """

    pieces: tuple[Piece, ...]
    answered: dict[str, int]
    submission: Submission
    ran: frozenset[int]
    digest: str = ""


def read_submission(
    path: Path, release: Release, others: tuple[Release, ...] = (), content: bytes | None = None
) -> Submission:
    """The submission in the notebook at `path`; see `read_notebook`."""
    return read_notebook(path, release, others, content).submission


def read_notebook(
    path: Path, release: Release, others: tuple[Release, ...] = (), content: bytes | None = None
) -> Reading:
    """What stands in the notebook at `path`, or in `content` if that file was read elsewhere.

    `others` are the course's other assignments, so that a notebook in the wrong place is told as such.
    Raises UnreadableError.
    """
    data = read_file(path) if content is None else content
    cells = submitted_cells(parse(data, path), path)
    repairs: list[str] = []
    if path.stem != release.assignment.name:
        repairs.append(f"the notebook was handed in as «{path.name}»")
    known = recogniser(release)
    pieces = known.pieces(cells, repairs)
    _refuse_other_assignment(pieces, release, others, path)
    return replace(_Sorter(known, pieces, repairs).sort(), digest=hashlib.sha256(data).hexdigest())


def _refuse_other_assignment(
    pieces: list[Piece], release: Release, others: tuple[Release, ...], path: Path
) -> None:
    """A notebook that has more of another assignment's cells than of ours is in the wrong place."""
    present = {piece.claim for piece in pieces} | {piece.cell.grade_id for piece in pieces}
    for piece in pieces:
        present |= piece.cell.names

    def matches(candidate: Release) -> int:
        return len(present & candidate.tracked)

    own = matches(release)
    for other in others:
        if matches(other) > own:
            raise UnreadableError(
                f"{path}: is the notebook of «{other.assignment.name}», not of "
                f"«{release.assignment.name}»; hand in the right file"
            )
    if own == 0:
        found = "none of the assignment's cells" if pieces else "no cells at all"
        raise UnreadableError(f"{path}: has {found}; hand in the notebook of the assignment")


class _Sorter:
    """Finds for each piece what it is, and writes down what had to be mended."""

    def __init__(self, recogniser: Recogniser, pieces: list[Piece], repairs: list[str]) -> None:
        self.recogniser = recogniser
        self.release = recogniser.release
        self.functions = recogniser.functions
        self.pieces = pieces
        self.repairs = repairs
        self.doubts: dict[str, str] = {}
        # The exercises that each piece answers, by its place; the last piece counts.
        self.answers = [self._answered_by(piece) for piece in pieces]
        self._add_what_stands_in_text()
        self.answered = {name: place for place, names in enumerate(self.answers) for name in names}

    def sort(self) -> Reading:
        """Decide for all pieces."""
        self._tell_duplicates()
        runnable: list[RunnableCell] = []
        ran: set[int] = set()
        first = self._given_first()
        placed = {cell.grade_id for cell in first}
        for place, piece in enumerate(self.pieces):
            known = self._known(piece)
            if known is not None and known.role == "given" and known.grade_id not in placed:
                placed.add(known.grade_id)
                runnable.append(_given(known))
            if runs := self._runs(place, piece, known):
                ran.add(place)
            runnable += runs
        runnable += self._aliases(runnable)
        written, places = written_answers(self.recogniser, self.pieces, self.answers, self.repairs)
        self._tell_lost({*self.answered, *written, *(cell.name for cell in runnable)})
        submission = Submission(
            (*map(_given, first), *runnable), written, tuple(self.repairs), self.doubts
        )
        answered = self.answered | places
        return Reading(tuple(self.pieces), answered, submission, frozenset(ran))

    # What a piece answers

    def _known(self, piece: Piece) -> Cell | None:
        """The cell of ours that a piece is; the seed is the student's."""
        known = self.recogniser.ours.get(piece.claim or "")
        return None if known is None or known.role == "seed" else known

    def _answered_by(self, piece: Piece) -> frozenset[str]:
        """The exercises for which there is something in a piece that will run."""
        known = self._known(piece)
        if self.recogniser.is_untouched(piece) or (known and known.role in ("prose", "written")):
            return frozenset()
        if known is None and piece.cell.cell_type != "code":
            return frozenset()
        return piece.cell.names & self.functions

    def _add_what_stands_in_text(self) -> None:
        """An answer in a Markdown or raw cell counts where there is no other, nor its untouched stub.

        Beside the stub it may as well be a note, or somebody else's: that is for a person to say.
        """
        found = set().union(*self.answers)
        stubs = {piece.claim for piece in self.pieces if self.recogniser.is_untouched(piece)}
        for place, piece in enumerate(self.pieces):
            if self._known(piece) is None and piece.cell.cell_type != "code":
                names = (piece.cell.functions & self.functions) - found
                self.answers[place] = names - stubs
                if names & stubs:
                    self._doubt(
                        names & stubs,
                        f"cell {piece.cell.number}: a text that defines {_list(names & stubs)} was not "
                        "run, since the stub is untouched",
                    )

    # What runs

    def _given_first(self) -> list[Cell]:
        """Our locked cells that were lost, or moved below an answer that needs them, in our order."""
        order = {cell.grade_id: number for number, cell in enumerate(self.release.cells)}
        places: dict[str, int] = {}
        for place, piece in enumerate(self.pieces):
            places.setdefault(piece.claim or "", place)
        last = [max((order[name] for name in names), default=-1) for names in self.answers]
        needed: list[Cell] = []
        first: list[Cell] = []
        for cell in self.release.with_role("given"):
            needed.append(cell)
            at = places.get(cell.grade_id)
            if at is None:
                self.repairs.append(f"the locked cell «{cell.grade_id}» was lost: ours was run")
            elif any(number > order[cell.grade_id] for number in last[:at]):
                self.repairs.append(
                    f"the locked cell «{cell.grade_id}» was moved below answers: it was run first"
                )
            else:
                continue
            first = [*needed]  # it may need the locked cells before it
        return first

    def _runs(self, place: int, piece: Piece, known: Cell | None) -> list[RunnableCell]:
        """The piece as it will run; nothing if it does not run."""
        number, names = piece.cell.number, self.answers[place]
        if known is not None and known.role in ("given", "test", "show"):
            return self._in_locked(piece, known, names)
        if known is not None and known.role == "answer":
            if self.recogniser.is_untouched(piece):
                return self._stub(place, piece, known)
            if piece.changed:
                self.doubts.setdefault(
                    known.grade_id, f"cell {number}: its text was put together or taken apart"
                )
            if piece.cell.cell_type != "code":
                self._doubt(
                    {known.grade_id},
                    f"cell {number}: the answer «{known.grade_id}» was a {piece.cell.cell_type} cell: "
                    "it was run as code",
                )
            return self._sized(piece, known.grade_id, "answer")
        if known is not None:
            return []
        if names:
            told = f"cell {number}: an answer found by what it defines: {_list(names)}"
            if piece.changed or piece.cell.cell_type != "code":
                self._doubt(names, told)
            else:
                self.repairs.append(told)
            return self._sized(piece, min(names), "answer")
        if piece.cell.cell_type == "code" and piece.source.strip():
            return self._sized(piece, f"cell {number}", "other")
        return []

    def _stub(self, place: int, piece: Piece, known: Cell) -> list[RunnableCell]:
        """An untouched stub, which would only undo an answer that stands elsewhere."""
        elsewhere = self.answered.get(known.grade_id)
        if elsewhere is None:
            return self._sized(piece, known.grade_id, "answer")
        answer = self.pieces[elsewhere]
        if elsewhere < place and answer.claim != known.grade_id:
            self.repairs.append(
                f"cell {piece.cell.number}: the stub of «{known.grade_id}» stood below its answer in "
                f"cell {answer.cell.number}: it was not run"
            )
        return []

    def _in_locked(self, piece: Piece, known: Cell, names: Set[str]) -> list[RunnableCell]:
        """What a student wrote into a locked cell, if it defines or imports anything."""
        if self.recogniser.is_untouched(piece):
            return []
        number = piece.cell.number
        brings = imports(piece.source) if piece.cell.cell_type == "code" else set()
        if not piece.cell.names - known.names and brings <= imports(known.source):
            if known.role == "given":
                self.repairs.append(
                    f"cell {number}: the locked cell «{known.grade_id}» was changed: ours was run"
                )
            return []
        told = f"cell {number}: something stood in the locked cell «{known.grade_id}»: it was run"
        self._doubt(names, told)
        return self._sized(
            piece, min(names, default=f"cell {number}"), "answer" if names else "other"
        )

    def _sized(self, piece: Piece, name: str, mode: Mode) -> list[RunnableCell]:
        source = piece.source if piece.cell.cell_type == "code" else fenced_code(piece.source)
        if len(json.dumps(source)) > MAX_CELL:  # as it crosses the wire
            self.repairs.append(
                f"cell {piece.cell.number} is larger than {MAX_CELL // 1000} kB: it was not run"
            )
            return []
        return [RunnableCell(name, mode, source)]

    def _aliases(self, runnable: list[RunnableCell]) -> list[RunnableCell]:
        """A second name for functions that stand in the right cell under a wrong one.

        Only where nothing in the notebook has the right name, and one function alone has its parameters, or
        as many and there is no other function in the cell. A name that only looks right is no slip.
        """
        defined = set().union(*(defined_names(cell.source) for cell in runnable))
        taken = defined & {cell.grade_id for cell in self.release.cells}
        found = []
        for cell in self.release.with_role("answer"):
            name = cell.grade_id
            if name in defined:
                continue
            signature = parameters(cell.source)[name]
            functions = {
                function: own
                for answer in runnable
                if answer.name == name and answer.mode == "answer"
                for function, own in parameters(answer.source).items()
                if function not in taken and function.isascii() and len(function) <= MAX_NAME
            }
            candidates = [function for function, own in functions.items() if own == signature]
            if len(functions) == 1 and len(signature) == len(*functions.values()):
                candidates = [*functions]
            if len(candidates) == 1:
                self._doubt(
                    {name},
                    f"the answer «{name}» was called «{candidates[0]}»: it has both names now",
                )
                found.append(RunnableCell(name, "answer", f"{name} = {candidates[0]}"))
        return found

    # What is told

    def _tell_duplicates(self) -> None:
        numbers: dict[str, list[int]] = {}
        for piece in self.pieces:
            known = self._known(piece)
            if known is not None and known.tracked:
                numbers.setdefault(known.grade_id, []).append(piece.cell.number)
        for name, cells in numbers.items():
            if len(cells) > 1:
                self.repairs.append(
                    f"cells {_numbers(cells)} all have the id «{name}»: all were looked at"
                )
        for name in sorted(self.functions):
            places = [i for i, names in enumerate(self.answers) if name in names]
            texts = {self.pieces[i].cell.plain for i in places}
            own = [i for i in places if self.pieces[i].claim == name]
            if len(texts) > 1 and (own[-1:] != places[-1:] or len(own) > 1):
                cells = [self.pieces[i].cell.number for i in places]
                self.doubts.setdefault(
                    name,
                    f"«{name}» is defined in cells {_numbers(cells)}: the last one counts",
                )

    def _tell_lost(self, found: set[str]) -> None:
        lost = [
            cell.grade_id
            for cell in self.release.with_role("answer", "written")
            if cell.grade_id not in found
        ]
        if lost:
            self._doubt(lost, f"no cell was found that answers {_list(lost)}")

    def _doubt(self, names: Iterable[str], told: str) -> None:
        """Tell a repair that a person should look at if these exercises do not earn all their points."""
        self.repairs.append(told)
        for name in names:
            self.doubts.setdefault(name, told)


def _given(cell: Cell) -> RunnableCell:
    return RunnableCell(cell.grade_id, "given", cell.source)


def _numbers(cells: list[int]) -> str:
    """The numbers of cells; of very many the first ones and the last."""
    told = list(map(str, cells))
    if len(told) > MAX_NUMBERS:
        told[MAX_NUMBERS - 1 : -1] = ["…"]
    return ", ".join(told)


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in sorted(names))
