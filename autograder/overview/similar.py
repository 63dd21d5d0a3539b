"""Finds near-identical answers that are not common, after the template is taken away. Trusted side.

Text only: nothing of an answer is run or parsed as Python. What is given out (signature, docstring), comments
and layout count for nothing, and names that the student chose are all one name. Runs of tokens that the
reference has too, or many students, say nothing about two of them. What is left decides which answers are
compared; so five thousand answers take no twelve million comparisons.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import Indel

from autograder.overview.gather import Answer
from autograder.reading.patterns import plain

LIKENESS = 0.9  # of two near-identical answers, at least
RUN = 10  # tokens that are looked up together
SHARED = 6  # uncommon runs that two answers have in common before they are compared
SHORTEST = 25  # tokens of an answer that can say anything
LONGEST, LONGEST_TEXT = 2000, 20_000  # tokens and characters of an answer that are looked at
# An answer, or a run of its tokens, that more students have is common: this share, but within these bounds.
COMMON_SHARE, COMMON_LEAST, COMMON_MOST = 0.02, 3, 30

# Of a quote that is not closed, no more than a line is looked at, however many there are.
TOKEN = re.compile(
    r"(?P<string>'''.*?'''|\"\"\".*?\"\"\""
    r"|'(?:\\.|[^'\\\n]){0,200}+'|\"(?:\\.|[^\"\\\n]){0,200}+\")"
    r"|(?P<comment>#[^\n]*)|(?P<name>\.?[^\W\d]\w*)|(?P<number>\d[\w.]*)|(?P<sign>[^\w\s])",
    re.DOTALL,
)

Tokens = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Students whose answers to `exercise` are near-identical, each to another one of the group.

    `likeness` is that of the pair that is least alike of those that were put together; `example` is one of
    the answers, `tokens` its length.
    """

    exercise: str
    students: tuple[str, ...]
    likeness: float
    tokens: int
    example: str


@dataclass(frozen=True)
class Compared:
    """What was found in the answers to one exercise, and how many could say nothing."""

    groups: tuple[Group, ...]
    answers: int
    short: int
    common: int


def common(students: int) -> int:
    """How many of so many students may have the same before it is common."""
    return min(COMMON_MOST, max(COMMON_LEAST, int(COMMON_SHARE * students)))


def compare(
    exercise: str, answers: Sequence[Answer], stub: str, reference: str, known: Iterable[str]
) -> Compared:
    """Group the near-identical answers; `known` are names that were given out, or are the language's."""
    kept = frozenset(known)
    given_out = tokens(stub, kept)
    forms: dict[Tokens, list[Answer]] = defaultdict(list)
    for answer in answers:
        forms[_without(given_out, tokens(answer.source, kept))].append(answer)
    short = sum(len(each) for form, each in forms.items() if len(form) < SHORTEST)
    limit = common(len(answers))
    long = {form: each for form, each in forms.items() if len(form) >= SHORTEST}
    usual = sum(len(each) for each in long.values() if len(each) > limit)
    given = _runs(tokens(reference, kept))
    groups = _groups(exercise, long, given, limit)
    return Compared(tuple(groups), len(answers), short, usual)


def names(code: str) -> set[str]:
    """The names in a code of ours, but for attributes."""
    found = (match for match in TOKEN.finditer(code) if match.lastgroup == "name")
    return {match[0] for match in found if not match[0].startswith(".")}


def tokens(source: str, known: frozenset[str]) -> Tokens:
    """The tokens of an answer, without docstrings, comments and layout; a name of one's own is `v`."""
    return tuple(_tokens(source, known))[:LONGEST]


def _tokens(source: str, known: frozenset[str]) -> Iterator[str]:
    before = ""
    for found in TOKEN.finditer(plain(source[:LONGEST_TEXT])):
        text = found[0]
        if found.lastgroup == "comment" or (found.lastgroup == "string" and before in ("", ":")):
            continue  # a string after a colon or at the beginning is a docstring
        own = found.lastgroup == "name" and not text.startswith(".") and text not in known
        before = "v" if own else text
        yield before


def _without(given_out: Tokens, form: Tokens) -> Tokens:
    """An answer from where it leaves the stub, whose signature is its beginning."""
    pairs = zip(given_out, form, strict=False)
    start = next((i for i, (a, b) in enumerate(pairs) if a != b), len(given_out))
    return form[start:]


def _runs(form: Tokens) -> set[Tokens]:
    return {form[i : i + RUN] for i in range(len(form) - RUN + 1)}


def _groups(
    exercise: str, forms: dict[Tokens, list[Answer]], given: set[Tokens], limit: int
) -> Iterator[Group]:
    """What hangs together: the same form, or forms that are alike."""
    order = list(forms)
    rare = _rare(order, forms, given, limit)
    pairs = {
        pair: likeness
        for pair in _candidates(rare)
        if (
            likeness := Indel.normalized_similarity(
                *(order[i] for i in pair), score_cutoff=LIKENESS
            )
        )
    }
    for members in _connected(len(order), pairs):
        told = [answer for i in members for answer in forms[order[i]]]
        if len(told) < 2 or all(len(rare[i]) < SHARED for i in members):
            continue
        likeness = min(
            (pairs[pair] for pair in combinations(members, 2) if pair in pairs), default=1.0
        )
        students = tuple(sorted(answer.student for answer in told))
        yield Group(exercise, students, likeness, len(order[members[0]]), told[0].source)


def _rare(
    order: list[Tokens], forms: dict[Tokens, list[Answer]], given: set[Tokens], limit: int
) -> list[set[Tokens]]:
    """Of each form the runs that were not given out, and that not many students have."""
    runs = [_runs(form) - given for form in order]
    students: Counter[Tokens] = Counter()
    for form, own in zip(order, runs, strict=True):
        students.update(dict.fromkeys(own, len(forms[form])))
    return [{run for run in own if students[run] <= limit} for own in runs]


def _candidates(rare: list[set[Tokens]]) -> Iterator[tuple[int, int]]:
    """Pairs of forms that share enough uncommon runs; no run has more than `common` forms."""
    holders: dict[Tokens, list[int]] = defaultdict(list)
    for i, own in enumerate(rare):
        for run in own:
            holders[run].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        shared.update(combinations(places, 2))
    return (pair for pair, count in shared.items() if count >= SHARED)


def _connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers below `count` in the groups that pairs make of them."""
    root = list(range(count))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = i = root[root[i]]
        return i

    for a, b in pairs:
        root[find(b)] = find(a)
    members: dict[int, list[int]] = defaultdict(list)
    for i in range(count):
        members[find(i)].append(i)
    return list(members.values())
