"""The wire: what may cross arrives as it was, and the rest is told by its kind."""

import json
import re
from typing import Any, NamedTuple

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_values import VALUES

from autograder.worker import wire


def sent(value: object, **options: Any) -> Any:
    """`value` as it arrives on the other side."""
    (arrived,) = wire.loads(*wire.dumps(value, **options))
    return arrived


def identical(a: Any, b: Any) -> bool:
    """Equal in value and in exact type, with NaN equal to itself and 0.0 different from -0.0."""
    if type(a) is not type(b):
        return False
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(identical, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(identical(a[key], b[key]) for key in a)
    if isinstance(a, np.ndarray | np.generic):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, float):
        return repr(a) == repr(b)
    return bool(a == b)


@given(VALUES)
def test_plain_values_arrive_as_they_were(value):
    assert identical(sent(value), value)


@given(st.sampled_from(">="), st.sampled_from("hilqHILQefdFD"), hnp.array_shapes(max_dims=3))
def test_byte_order_is_no_matter(order, code, shape):
    array = np.arange(np.prod(shape)).reshape(shape).astype(np.dtype(code).newbyteorder(order))

    arrived = sent(array)

    assert arrived.dtype.isnative
    assert np.array_equal(arrived, array)


def test_messages_of_a_frame_arrive_in_their_order_as_they_were_when_they_were_written():
    writer, message = wire.Writer(), {"a": [np.zeros(1)]}
    for value in (1, 2, 3):
        message["a"][0][:] = value
        writer.add(message)
        with pytest.raises(wire.UnsendableError):
            writer.add([np.ones(3), Foo()])

    arrived = wire.loads(*writer.end())

    assert identical(arrived, [{"a": [np.array([float(value)])]} for value in (1, 2, 3)])


@pytest.mark.parametrize(
    "kind", [np.int64, np.int32, np.uint64, np.float64, np.complex64, np.bool_]
)
def test_numbers_arrive_with_the_type_that_numpy_names_by_its_size(kind):
    (number,) = sent(np.ones(1, kind))

    assert type(number) is kind


def test_array_without_axes_arrives_as_a_scalar():
    assert identical(sent(np.array(2.5)), np.float64(2.5))


@pytest.mark.parametrize("code", ["g", ">g", "G"])
def test_long_doubles_arrive_as_doubles(code):
    arrived = sent(np.array([1.5, -2.25], dtype=code))

    assert arrived.dtype.itemsize == (16 if code == "G" else 8)
    assert np.array_equal(arrived, [1.5, -2.25])


@pytest.mark.parametrize(
    "array",
    [
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.arange(20)[::-3],
        np.arange(12).reshape(3, 4).T,
        np.broadcast_to(np.float32(3), (2, 3)),
        np.zeros((3, 0, 2)),
        np.ones((1,) * wire.MAX_DIMENSIONS),
    ],
    ids=["fortran", "strided", "transposed", "broadcast", "empty", "many axes"],
)
def test_memory_layout_is_no_matter(array):
    arrived = sent(array)

    assert arrived.dtype == array.dtype
    assert arrived.shape == array.shape
    assert np.array_equal(arrived, array)


def test_arrived_arrays_can_be_written_to():
    arrived = sent(np.zeros(3))

    arrived[0] = 1

    assert arrived.tolist() == [1, 0, 0]


class Parameters(NamedTuple):
    W: Any
    b: Any


def test_named_tuple_arrives_as_a_tuple():
    assert identical(sent(Parameters(np.ones(2), 3.0)), (np.ones(2), 3.0))
    assert identical(sent([Parameters(Parameters(1, 2), {})]), [((1, 2), {})])


def test_named_tuple_is_made_of_a_class_that_is_known_where_it_arrives():
    frame = wire.dumps(Parameters(np.ones(2), 3.0), wire.Lengths(1, 2))

    arrived = wire.loads(*frame, classes={"Parameters": Parameters})

    assert identical(arrived, [Parameters(np.ones(2), 3.0), (1, 2)])


@pytest.mark.parametrize("parts", [(1,), (1, 2, 3)])
def test_named_tuple_of_another_length_is_refused(parts):
    header = json.dumps([[["n", "Parameters", *parts]], []]).encode()

    with pytest.raises(wire.WireError):
        wire.loads(header, bytearray(), classes={"Parameters": Parameters})


def test_expression_arrives_as_its_tree():
    tree = ["exp", ["Symbol", "z"]]

    assert sent([1.0, Ellipsis], to_tree=lambda _: tree) == [1.0, wire.Expression(tree)]


@pytest.mark.parametrize("kind", ["Generator", "RandomState"])
def test_generator_is_made_where_it_arrives(kind):
    (made,) = wire.loads(*wire.dumps(wire.Rng(kind, 5)), allow_rng=True)

    assert type(made).__name__ == kind
    assert made.uniform() == wire.Rng(kind, 5).make().uniform()


# Values that may not cross


class Foo:
    def __array__(self, *_: Any, **__: Any) -> Any:
        return np.ones(3)


class MyFloat(float):
    pass


class MyList(list):
    pass


class MyArray(np.ndarray):
    pass


@pytest.mark.parametrize(
    "array",
    [np.ones(2).view(MyArray), np.ma.masked_array([1.0, 1.0])],
    ids=lambda array: type(array).__name__,
)
def test_array_of_another_class_arrives_as_a_plain_one(array):
    assert identical(sent(array), np.ones(array.shape))


def test_text_arrives_as_a_literal_would():
    assert sent("".join(["so", "ftmax"])) is "softmax"  # noqa: F632 - this is what students write


def test_text_of_numpy_arrives_as_text():
    assert identical(sent(np.str_("a")), "a")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Foo(), "a Foo"),
        ([1, Foo()], "a Foo"),
        ({"a": {1, 2}}, "a set"),
        ({1: 2}, "keys"),
        ({MyFloat(1): 2}, "keys"),
        (MyFloat(1), "a MyFloat"),
        (MyList(), "a MyList"),
        (np.array([None]), "dtype object"),
        (np.array(["text"]), "dtype str"),
        (np.array(["2026-01-01"], dtype="M8[D]"), "dtype datetime64"),
        (np.zeros(2, dtype=[("a", "f8")]), "dtype void"),
        (len, "a builtin_function_or_method"),
        (iter([]), "a list_iterator"),
        (1 << 1024, "thousand bits"),
        ("\ud800", "not Unicode"),
        (bytearray(b"x"), "a bytearray"),
        (wire.Expression, "a type"),
    ],
    # Without addresses: each process that runs tests has to find the same ones.
    ids=lambda value: re.sub(" at 0x[0-9a-f]+", "", repr(value)),
)
def test_what_may_not_cross_is_told_by_its_kind(value, told):
    with pytest.raises(wire.UnsendableError, match=told):
        wire.dumps(value)


def test_the_place_of_what_may_not_cross_is_told():
    reply = {"id": 1, "value": [Foo()]}

    with pytest.raises(wire.UnsendableError, match=r"^a list with a Foo in it$"):
        wire.dumps(reply)


def test_other_entries_of_a_dict_cross_beside_one_that_may_not():
    row = {"a": Foo(), "b": [np.ones(2), Foo()], "c": np.arange(3)}
    reply = {"value": {"row": row, "set": {1}, "keys": {1: 2}, "one": 1}}

    arrived = sent(reply)["value"]

    assert arrived["row"]["a"] == wire.Unsendable("a Foo")
    assert arrived["row"]["b"] == wire.Unsendable("a Foo")
    assert arrived["row"]["c"].tolist() == [0, 1, 2]
    assert arrived["set"] == wire.Unsendable("a set")
    assert arrived["keys"] == wire.Unsendable("a dict whose keys are not all text")
    assert arrived["one"] == 1


def test_dicts_deep_in_a_value_are_refused_as_a_whole():
    row: Any = {"a": Foo()}
    for _ in range(3):
        row = [row]

    with pytest.raises(wire.UnsendableError, match="a list with a Foo in it"):
        wire.dumps({"value": row})


@pytest.mark.parametrize("text", [None, 3, ["t"]], ids=repr)
def test_a_description_is_text(text):
    with pytest.raises(wire.WireError):
        wire.loads(json.dumps([[["u", text]], []]).encode(), bytearray())


@pytest.mark.parametrize("tree", [None, 3, "z", {"a": 1}], ids=repr)
def test_an_expression_is_a_tree(tree):
    with pytest.raises(wire.WireError, match="no tree"):
        wire.loads(json.dumps([[["e", tree]], []]).encode(), bytearray())


@pytest.mark.parametrize("wrap", [lambda v: [v], lambda v: (v,), lambda v: {"a": v}])
def test_depth_is_bounded(wrap):
    value: Any = 0
    for _ in range(wire.MAX_DEPTH - 3):
        value = wrap(value)

    assert identical(sent([[[value]]]), [[[value]]])
    with pytest.raises(wire.UnsendableError, match="deep"):
        wire.dumps([[[wrap(value)]]])


def test_value_that_contains_itself_is_refused():
    value: list[Any] = []
    value.append(value)

    with pytest.raises(wire.UnsendableError, match="deep"):
        wire.dumps(value)


@pytest.mark.parametrize(
    "value", [[0.5] * 400_000, bytes(wire.MAX_BUFFERS + 1)], ids=["list", "bytes"]
)
def test_size_is_bounded(value):
    with pytest.raises(wire.UnsendableError, match="too large"):
        wire.dumps(value)
