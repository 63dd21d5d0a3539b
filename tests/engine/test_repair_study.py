"""A sample of the study of damaged notebooks: each family once; `make study-repair` is the whole of it."""

from dataclasses import replace

import pytest
from thinning import slow

from studies.damage import FAMILIES, REVIEW
from studies.repairs import BASES, SOLVED, Compared, compare, falls_short, page

pytestmark = slow
# Each family with one base; over all families every base occurs.
SAMPLE = [(family, BASES[number % len(BASES)]) for number, family in enumerate(FAMILIES)]


@pytest.fixture(scope="module")
def compared() -> list[Compared]:
    return compare(SAMPLE, jobs=2)


def test_every_family_comes_out_as_it_says(compared):
    assert [(c.family.name, c.base, c.report.repairs) for c in compared if not c.as_it_should] == []
    assert list(falls_short(compared)) == []


def test_nobody_gains(compared):
    assert [(c.family.name, c.base) for c in compared if c.gains] == []


def test_the_undamaged_ones_are_read_without_repairs(compared):
    repairs = {repair for c in compared for repair in c.before.repairs}
    assert all("raised an error" in repair for repair in repairs)  # a forbidden import
    assert {c.before.status for c in compared} == {"graded"}


def test_bases_leave_something_to_gain(compared):
    points = {c.base: c.before.points for c in compared}
    assert len(points) == len(BASES)
    assert all(
        points[a, s] < points[a, (SOLVED,)] for a, s in points if s[-1] in ("fatma", "goran")
    )


def test_losing_in_silence_falls_short(compared):
    one = next(c for c in compared if c.same and c.family.comes == REVIEW)
    lost = replace(one, report=replace(one.report, status="graded", exercises={}))

    assert not lost.as_it_should
    assert list(falls_short([lost])) == [one.family.name]
    assert replace(lost, report=replace(lost.report, status="review", error="why")).as_it_should


def test_gaining_falls_short_whatever_else(compared):
    one = next(c for c in compared if c.before.points)

    assert list(falls_short([replace(one, before=replace(one.before, exercises={}))]))


def test_page_counts(compared):
    text = page(compared)

    assert f"{len(compared)} notebooks, made of" in text
    assert all(f"| *{family.name}*: " in text for family in FAMILIES)
    assert f"**{sum(c.gains for c in compared)}** of {len(compared)}" in text
