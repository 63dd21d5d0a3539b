"""A class of attackers is graded by an instructor's commands, and nobody gains or suffers by it."""

from attack import Attack
from corpus import ATTACKS
from engine_kit import SOFTMAX, solved
from hostile_class import HostileClass
from thinning import slow

ONE_OF_EACH_FAMILY = {a.family: a for a in ATTACKS if a.suits(SOFTMAX) and not a.place}.values()
RIGHT = Attack(
    "forging results",
    "right answers, which an attacker may not earn by",
    content=lambda _, assignment: solved(assignment),
)


@slow
def test_no_command_breaks_a_promise(tmp_path):
    hostile = HostileClass(tmp_path / "course", SOFTMAX, [*ONE_OF_EACH_FAMILY, RIGHT])

    for broken in (hostile.grade(), hostile.autograde()):
        assert broken.pop(RIGHT.tries)[0].startswith(
            "it earns 20.0"
        )  # so that the rest says something
        assert {tries: told for tries, told in broken.items() if told} == {}
        assert len(broken) == 1 + len(ONE_OF_EACH_FAMILY)
