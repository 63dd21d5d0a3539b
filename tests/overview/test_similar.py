"""Near-identical answers are found whatever was renamed; common and short ones say nothing."""

from autograder.overview.gather import Answer
from autograder.overview.similar import SHORTEST, common, compare, names

STUB = '''def softmax(Z):
    """Turn logits into probabilities."""
    raise NotImplementedError()  # replace this line with your code'''
REFERENCE = '''def softmax(Z):
    """Turn logits into probabilities."""
    E = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return E / np.sum(E, axis=-1, keepdims=True)'''
KNOWN = {"def", "return", "for", "in", "np", "zip", "softmax", "Z", "raise", "NotImplementedError"}
ROUNDABOUT = '''def softmax(Z):
    """Turn logits into probabilities."""
    rows = np.atleast_2d(Z)
    tops = np.stack([row.max() for row in rows])
    powers = np.exp(rows.T - tops)
    sums = np.add.reduce(powers, axis=0)
    return np.reshape((powers / sums).T, np.shape(Z))'''
OTHER = """def softmax(Z):
    result = []
    for row in np.reshape(Z, (-1, Z.shape[-1])):
        power = 2.718281828 ** (row - row.max())
        result.append(power / power.sum())
    return np.array(result).reshape(Z.shape)"""


def found(*sources: str, exercise: str = "softmax"):
    answers = [Answer(f"s{i}", source) for i, source in enumerate(sources)]
    return compare(exercise, answers, STUB, REFERENCE, KNOWN)


def students(*sources: str) -> list[tuple[str, ...]]:
    return [group.students for group in found(*sources).groups]


def test_the_same_text_is_found():
    (group,) = found(ROUNDABOUT, OTHER, ROUNDABOUT).groups
    assert group.students == ("s0", "s2")
    assert group.likeness == 1


def test_names_comments_docstring_and_layout_count_for_nothing():
    changed = (
        ROUNDABOUT.replace("powers", "p")
        .replace("rows", "Zs")
        .replace("    tops", "\n    # the largest\n    tops")
        .replace('"""Turn logits into probabilities."""', "'mine'")
        .replace(", axis=0", ",\n        axis = 0")
    )
    assert changed != ROUNDABOUT
    assert students(ROUNDABOUT, changed) == [("s0", "s1")]


def test_a_small_change_leaves_them_near_identical():
    changed = ROUNDABOUT.replace("np.add.reduce(powers, axis=0)", "powers.sum(axis=0)")
    (group,) = found(ROUNDABOUT, changed).groups
    assert 0.9 <= group.likeness < 1


def test_two_ways_of_their_own_are_not_found():
    assert students(ROUNDABOUT, OTHER) == []


def test_the_shape_of_the_reference_says_nothing():
    assert students(REFERENCE, REFERENCE.replace("E", "powers")) == []


def test_what_many_write_says_nothing_and_is_counted():
    many = [ROUNDABOUT] * (common(20) + 1)
    told = found(*many, *[OTHER] * 2, *[REFERENCE] * 10)
    assert [group.students for group in told.groups] == [("s4", "s5")]
    assert told.common == len(many) + 10


def test_short_answers_say_nothing_and_are_counted():
    told = found(*["def softmax(Z):\n    return np.sqrt(Z) + 17"] * 2)
    assert (told.groups, told.short) == ((), 2)


def test_stub_is_subtracted():
    """A signature and a docstring that were given out make no answer long."""
    body = "    return (Z + 1) * (Z + 2) * (Z + 3)"
    assert found(STUB.partition("    raise")[0] + body).short == 1
    assert found(OTHER).short == 0


def test_common_is_a_share_within_bounds():
    assert [common(students) for students in (2, 20, 500, 5000)] == [3, 3, 10, 30]


def test_nothing_is_run_or_parsed():
    broken = OTHER + "\n    %magic (((\n    '''\n" + '""" \'' * 2000
    assert students(broken, broken) == [("s0", "s1")]


def test_names_of_our_code_are_no_attributes():
    assert names("import numpy as np\nx.mean = W @ X  # comment") == {
        *("import", "numpy", "as", "np", "x", "W", "X")
    }


def test_hidden_in_a_large_class_two_are_found():
    """Five hundred who write as they like, but for two."""
    class_ = [
        f"def softmax(Z):\n    return Z ** {i}" + f" + np.f{i}(Z, {i})" * 8 for i in range(500)
    ]
    class_[77] = ROUNDABOUT
    class_[333] = ROUNDABOUT.replace("tops", "maxima")
    assert students(*class_) == [("s333", "s77")]
    assert SHORTEST > 8
