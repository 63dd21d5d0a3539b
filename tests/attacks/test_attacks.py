"""No attack gains a point, learns a secret, or touches a neighbour or the grader."""

from collections import Counter

import pytest
from corpus import ATTACKS

FAMILIES = {
    "forging results",
    "reading secrets",
    "carrying inputs out",
    "persistence",
    "exhaustion",
    "escaping",
    "confusing the reader",
    "oracle use",
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.family}: {attack.tries}")
def test_attack_breaks_no_promise(attack, scene):
    assert scene.play(attack).broken == []


def test_every_family_is_there_and_no_attack_twice():
    families = Counter(attack.family for attack in ATTACKS)

    assert families.keys() == FAMILIES
    assert len({attack.tries for attack in ATTACKS}) == len(ATTACKS) >= 80
