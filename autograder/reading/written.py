"""Finds the written answers of a submission, which nothing runs and a person reads. Trusted side."""

from collections.abc import Sequence, Set

from autograder.reading.cells import Piece, Recogniser
from autograder.release import Cell


def written_answers(
    recogniser: Recogniser,
    pieces: Sequence[Piece],
    answers: Sequence[Set[str]],
    repairs: list[str],
) -> tuple[dict[str, str], dict[str, int]]:
    """The written answers, and the places of the pieces in which something was written.

    `answers` are the exercises that each piece answers as code; what had to be mended goes into `repairs`.
    """
    texts: dict[str, str] = {}
    places: dict[str, int] = {}
    for cell in recogniser.release.with_role("written"):
        name = cell.grade_id
        own = [i for i, piece in enumerate(pieces) if piece.claim == name]
        filled = [i for i in own if not recogniser.is_untouched(pieces[i])]
        if not own:
            filled = _by_place(cell, recogniser, pieces, answers)
            if filled:
                repairs.append(
                    f"the written answer «{name}» was found by the place where it stands"
                )
        if filled:
            places[name] = filled[-1]
        if filled or own:
            texts[name] = pieces[(filled or own)[-1]].source
    return texts, places


def _by_place(
    cell: Cell, recogniser: Recogniser, pieces: Sequence[Piece], answers: Sequence[Set[str]]
) -> list[int]:
    """Where text of the student stands between the neighbours of a lost written answer."""
    order = [each.grade_id for each in recogniser.release.cells]
    at: dict[str, int] = {}
    for place, piece in enumerate(pieces):
        if piece.claim is not None:
            at.setdefault(piece.claim, place)
    number = order.index(cell.grade_id)
    before = next((at[name] for name in reversed(order[:number]) if name in at), -1)
    after = next((at[name] for name in order[number:] if name in at), len(pieces))
    return [
        place
        for place in range(before + 1, after)
        if pieces[place].claim is None
        and pieces[place].cell.cell_type != "code"
        and pieces[place].source.strip()
        and not answers[place]
    ]
