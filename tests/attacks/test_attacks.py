"""No attack gains a point, learns a secret, or touches a neighbour or the grader."""

from collections import Counter
from typing import get_args

import pytest
from attack import Family
from corpus import ATTACKS
from engine_kit import SOFTMAX
from thinning import some

PLAYED = [attack for attack in ATTACKS if attack.suits(SOFTMAX)]


@pytest.mark.parametrize(
    "attack",
    some(PLAYED, kind=lambda attack: attack.family),
    ids=lambda attack: f"{attack.family}: {attack.tries}",
)
def test_attack_breaks_no_promise(attack, scene):
    assert scene.play(attack).broken == []


def test_every_family_is_there_and_no_attack_twice():
    families = Counter(attack.family for attack in ATTACKS)

    assert families.keys() == {*get_args(Family)}
    assert len({attack.tries for attack in ATTACKS}) == len(ATTACKS) >= 80
