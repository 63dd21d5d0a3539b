"""The machinery of the study of attacks: what one protection alone holds wins without it, and not with it."""

import pytest
from alone import ALONE
from corpus import ATTACKS
from thinning import slow

from autograder.sandbox.terms import LAYERS
from studies.attacks import Player
from studies.attacks_page import OFF, STAYS
from studies.weakened import BOUNDS


def test_every_protection_is_switched_off_or_said_to_stay():
    assert {*ALONE, *STAYS} == {*LAYERS, *BOUNDS}
    assert {*ALONE} < {*OFF}
    assert {*ALONE.values()} <= {attack.tries for attack in ATTACKS}


@slow
@pytest.mark.parametrize("off", ["namespaces", "bounds of the reader"])
def test_an_attack_wins_only_where_its_protection_is_off(off):
    without, with_all = (Player(each) for each in (off, "nothing"))
    try:
        assert without.play(ALONE[off])
        assert not with_all.play(ALONE[off])
    finally:
        without.stop()
        with_all.stop()
