"""A sample of the study of broken derivations; the whole is `python tests/glm2mlp/derivation_study.py`."""

import random
from pathlib import Path

import pytest
from derivation_study import REASONS, page, study
from lecture_derivations import NAMES, derivation
from mutations import mutants
from thinning import slow, some

from glm2mlp.derivation import DerivationError
from glm2mlp.derivation.symbolic import equal

PAGE = Path(__file__).parents[2] / "docs" / "derivations.md"


@pytest.mark.parametrize("name", some(NAMES))
def test_broken_derivations_are_refused(name):
    result = study(name, sample=6)
    assert result.refused.total() + len(result.equivalent) == 6
    assert not result.missed


@slow
def test_each_change_that_is_said_to_leave_a_line_true_is_accepted_and_some_are_proven():
    left = set(REASONS)
    drawn = set(random.Random(0).sample(sorted(left), 15))
    for name in NAMES:
        for mutant in filter(None, mutants(derivation(name))):
            if f"{name} {mutant}" in REASONS:
                accepted = mutant.build()
                assert f"{name} {mutant}" not in drawn or all(accepted.proofs), mutant
                left.discard(f"{name} {mutant}")
    assert not left


@pytest.mark.parametrize("name", some(NAMES))
def test_sympy_proves_no_wrong_line(name):
    written = [
        m for m in mutants(derivation(name)) if m and m.line > 1 and f"{name} {m}" not in REASONS
    ]
    for mutant in random.Random(name).sample(written, min(3, len(written))):
        before, wrong = (mutant.lines[mutant.line - n].term for n in (2, 1))
        if before.op in ("argmin", "argmax") or before.shape != wrong.shape:
            continue
        try:
            mutant.build()
        except DerivationError as error:
            if error.step == mutant.line and wrong.op not in ("partial", "gradient"):
                assert not equal(before, wrong), mutant


def test_what_a_missed_line_would_look_like_on_the_page():
    result = study("logistic_regression.LOGIT", sample=1)
    assert "**1 were refused (100.00%)**" in page([result])
    result.missed.append("2: sign: a → b")
    text = page([result])
    assert "Of 2 wrong lines **1 were refused (50.00%)**" in text
    assert text.endswith("Missed: 2: sign: a → b\n")


@slow
def test_the_page_is_of_these_derivations():
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    for name in NAMES:
        assert any(row.startswith(f"| {name} | {len(derivation(name).lines)} |") for row in rows), (
            name
        )
