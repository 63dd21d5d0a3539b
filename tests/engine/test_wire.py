"""The wire: what may cross arrives as it was, and nothing else gets through the decoder."""

import json
from typing import Any, NamedTuple

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from autograder.worker import wire
from hypothesis import given, settings
from hypothesis import strategies as st

settings.register_profile("engine", deadline=None, max_examples=100)
settings.load_profile("engine")


def sent(value: object, **options: Any) -> Any:
    """`value` as it arrives on the other side."""
    prefix, header, *buffers = wire.dumps(value, **options)
    block = b"".join(buffers)
    assert wire.lengths(prefix) == (len(header), len(block))
    return wire.loads(header, bytearray(block))


def loads(tree: object, *buffers: bytes, sizes: object = None, **options: Any) -> Any:
    """What the decoder makes of a frame with this tree and these buffers."""
    padded = b"".join(buffer + bytes(-len(buffer) % wire.ALIGNMENT) for buffer in buffers)
    sizes = [len(buffer) for buffer in buffers] if sizes is None else sizes
    return wire.loads(json.dumps([tree, sizes]).encode(), bytearray(padded), **options)


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


def is_plain(value: Any) -> bool:
    """Made of exact built-in types and NumPy arrays of numbers, and of nothing else."""
    if type(value) in (list, tuple):
        return all(map(is_plain, value))
    if type(value) is dict:
        return all(type(key) is str and is_plain(item) for key, item in value.items())
    if type(value) is np.ndarray or isinstance(value, np.generic):
        return value.dtype.str in wire.DTYPES
    return value is None or type(value) in (bool, int, float, str, bytes, wire.Expression)


# Values that may cross

DTYPES = st.sampled_from(sorted(wire.DTYPES.values(), key=str))
ARRAYS = DTYPES.flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=1, max_dims=5, min_side=0, max_side=3))
)
SCALARS = DTYPES.flatmap(lambda dtype: hnp.arrays(dtype, ()).map(lambda array: array[()]))
SIMPLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**1024) + 1, 2**1024 - 1),
    st.floats(),
    st.text(max_size=20),
    st.binary(max_size=40),
    ARRAYS,
    SCALARS,
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(max_size=8), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(VALUES)
def test_plain_values_arrive_as_they_were(value):
    assert identical(sent(value), value)


@given(st.sampled_from(">="), st.sampled_from("hilqHILQefdFD"), hnp.array_shapes(max_dims=3))
def test_byte_order_is_no_matter(order, code, shape):
    array = np.arange(np.prod(shape)).reshape(shape).astype(np.dtype(code).newbyteorder(order))

    arrived = sent(array)

    assert arrived.dtype.isnative
    assert np.array_equal(arrived, array)


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


def test_expression_arrives_as_its_tree():
    tree = ["exp", ["Symbol", "z"]]

    assert sent([1.0, Ellipsis], to_tree=lambda _: tree) == [1.0, wire.Expression(tree)]


@pytest.mark.parametrize("kind", ["Generator", "RandomState"])
def test_generator_is_made_where_it_arrives(kind):
    _, header, *_ = wire.dumps([wire.Rng(kind, 5)])

    (made,) = wire.loads(header, bytearray(), allow_rng=True)

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
    ("value", "told"),
    [
        (Foo(), "a Foo"),
        ([1, Foo()], "a Foo"),
        ({"a": {1, 2}}, "a set"),
        ({1: 2}, "keys"),
        ({MyFloat(1): 2}, "keys"),
        (MyFloat(1), "a MyFloat"),
        (MyList(), "a MyList"),
        (np.ones(2).view(MyArray), "a MyArray"),
        (np.ma.masked_array([1.0]), "a MaskedArray"),
        (np.array([None]), "dtype object"),
        (np.array(["text"]), "dtype str"),
        (np.str_("text"), "dtype str"),
        (np.array(["2026-01-01"], dtype="M8[D]"), "dtype datetime64"),
        (np.zeros(2, dtype=[("a", "f8")]), "dtype void"),
        (len, "a builtin_function_or_method"),
        (iter([]), "a list_iterator"),
        (1 << 1024, "thousand bits"),
        ("\ud800", "not Unicode"),
        (bytearray(b"x"), "a bytearray"),
        (wire.Expression, "a type"),
    ],
    ids=repr,
)
def test_what_may_not_cross_is_told_by_its_kind(value, told):
    with pytest.raises(wire.UnsendableError, match=told):
        wire.dumps(value)


def test_the_place_of_what_may_not_cross_is_told():
    reply = {"id": 1, "value": [Foo()]}

    with pytest.raises(wire.UnsendableError, match=r"^a list with a Foo in it$"):
        wire.dumps(reply)


@pytest.mark.parametrize("wrap", [lambda v: [v], lambda v: (v,), lambda v: {"a": v}])
def test_depth_is_bounded(wrap):
    value: Any = 0
    for _ in range(wire.MAX_DEPTH):
        value = wrap(value)

    assert identical(sent(value), value)
    with pytest.raises(wire.UnsendableError, match="deep"):
        wire.dumps(wrap(value))


def test_value_that_contains_itself_is_refused():
    value: list[Any] = []
    value.append(value)

    with pytest.raises(wire.UnsendableError, match="deep"):
        wire.dumps(value)


@pytest.mark.parametrize("value", [[0.5] * 400_000, bytes(wire.MAX_BUFFERS + 1)], ids=["list", "bytes"])
def test_size_is_bounded(value):
    with pytest.raises(wire.UnsendableError, match="too large"):
        wire.dumps(value)


# Frames that nobody of ours made


@pytest.mark.parametrize(
    ("header", "buffers"), [(wire.MAX_HEADER + 1, 0), (0, wire.MAX_BUFFERS + 1), (2**32 - 1, 2**64 - 1)]
)
def test_announced_lengths_are_bounded_before_anything_is_read(header, buffers):
    with pytest.raises(wire.WireError, match="too large"):
        wire.lengths(wire.PREFIX.pack(header, buffers))


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"\xff\xfe",
        b"nonsense",
        b"null",
        b"{}",
        b"[]",
        b"[1]",
        b"[1, [], []]",
        b"[1, []",
        b"[1, []] x",
        b"[" * wire.MAX_HEADER,
        b'{"a":' * (wire.MAX_HEADER // 5),
        b"[" + b"9" * 5000 + b", []]",
        b'["\xff", []]',
        b'["\\ud800", []]',
        b'[{"\\ud800": 1}, []]',
    ],
    ids=lambda header: header[:20].decode("latin-1"),
)
def test_header_that_is_no_frame_is_refused(header):
    with pytest.raises(wire.WireError):
        wire.loads(header, bytearray())


@pytest.mark.parametrize(
    "tree",
    [
        [],
        ["?"],
        [None],
        [1, 2],
        [["l"], 1],
        [{"l": 1}],
        ["L", 1],
        ["r", "Generator", 1],
        ["b"],
        ["b", 0, 0],
        ["b", 7],
        ["b", 0.0],
        ["b", "0"],
        ["b", None],
        ["b", [0]],
        ["e"],
        ["e", 1, 2],
        ["a"],
        ["a", 0],
        ["a", 0, "<f8"],
        ["a", 0, "<f8", [2], 1],
    ],
    ids=json.dumps,
)
def test_tag_that_is_not_ours_is_refused(tree):
    with pytest.raises(wire.WireError):
        loads(tree, bytes(16))


@pytest.mark.parametrize(
    "dtype",
    ["|O", "O", "<U4", "|S16", "<M8[s]", "|V8", "f8,f8", ">f8", "f8", "<f16", "", None, 0, ["<f8"], {"a": 1}],
    ids=json.dumps,
)
def test_dtype_that_may_not_cross_is_refused(dtype):
    with pytest.raises(wire.WireError):
        loads(["a", 0, dtype, [2]], bytes(16))


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ([3], 16),
        ([1], 16),
        ([], 16),
        ([-2], 16),
        ([-1, -2], 16),
        ([-1], 16),
        ([2.0], 16),
        ([True, 2], 16),
        (["2"], 16),
        ([None], 16),
        ([[2]], 16),
        ("2", 16),
        ("", 8),
        (2, 16),
        (None, 8),
        ({}, 8),
        ([0, 10**30], 0),
        ([10**30, 0], 0),
        ([2**63, 2**63], 0),
        ([2**32, 2**32], 0),
        ([2**61], 0),
        ([1] * (wire.MAX_DIMENSIONS + 1), 8),
        ([0] + [10**300] * 31, 0),
    ],
    ids=lambda value: json.dumps(value)[:30],
)
def test_shape_that_is_not_that_of_the_data_is_refused(shape, size):
    with pytest.raises(wire.WireError):
        loads(["a", 0, "<f8", shape], bytes(size))


@pytest.mark.parametrize(
    "sizes",
    [[-1], [17], [2**70], [1.0], [True], ["16"], [None], [[16]], None, 16, [16, 1], [0, 0, 17]],
    ids=json.dumps,
)
def test_buffers_that_are_not_in_the_frame_are_refused(sizes):
    header = json.dumps([["b", 0], sizes]).encode()

    with pytest.raises(wire.WireError):
        wire.loads(header, bytearray(16))


@pytest.mark.parametrize("index", [-1, True, False])
def test_buffers_are_named_by_their_number_only(index):
    with pytest.raises(wire.WireError):
        loads(["b", index], bytes(16), bytes(16))


def test_one_buffer_is_not_many_values():
    # 64 MB that a header of 1 MB names 40 000 times would be more than any machine has.
    tree = ["l", *([["a", 0, "|b1", [1 << 10]]] * 3)]

    with pytest.raises(wire.WireError):
        loads(tree, bytes(1 << 10))


def test_a_key_stands_once():
    with pytest.raises(wire.WireError):
        wire.loads(b'[{"id": 1, "id": 2}, []]', bytearray())


@pytest.mark.parametrize(
    "tree", ["\ud800", ["\ud800"], ["Symbol", "\ud800"], ["exp", ["\udfff", 1]]], ids=json.dumps
)
def test_text_in_expressions_is_unicode(tree):
    # It gets into messages and so into reports, which are UTF-8.
    with pytest.raises(wire.WireError):
        loads(["e", tree])


def test_third_truth_values_become_true():
    array = loads(["a", 0, "|b1", [4]], bytes([0, 1, 7, 255]))

    assert array.view(np.uint8).tolist() == [0, 1, 1, 1]


@pytest.mark.parametrize("depth", [wire.MAX_DEPTH + 1, 300])
@pytest.mark.parametrize("wrap", [lambda v: ["l", v], lambda v: ["t", v], lambda v: {"a": v}])
def test_depth_is_bounded_on_arrival(wrap, depth):
    tree: Any = 0
    for _ in range(depth):
        tree = wrap(tree)

    with pytest.raises(wire.WireError):
        loads(tree)


# Anything at all

JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 40),
        st.integers(),
        st.floats(),
        st.sampled_from(["l", "t", "a", "b", "e", "r", *wire.DTYPES, "|O", "id", ""]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.sampled_from(["id", "value", "a"]), inner, max_size=2),
        st.tuples(st.just("a"), st.integers(-1, 2), st.sampled_from(sorted(wire.DTYPES)), inner).map(list),
        st.tuples(st.sampled_from("ltbe"), inner).map(list),
    ),
    max_leaves=15,
)


def arrives_plain_or_not_at_all(header: bytes, block: bytes) -> bool:
    try:
        return is_plain(wire.loads(header, bytearray(block)))
    except wire.WireError:
        return True


@given(JUNK, st.lists(st.integers(-1, 40), max_size=3), st.binary(max_size=64))
def test_any_tree_arrives_plain_or_is_refused(tree, sizes, block):
    assert arrives_plain_or_not_at_all(json.dumps([tree, sizes]).encode(), block)


@given(VALUES, st.data())
def test_damaged_frame_arrives_plain_or_is_refused(value, data):
    _, header, *buffers = wire.dumps(value)
    damaged = bytearray(header)
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    block = b"".join(buffers)

    assert arrives_plain_or_not_at_all(bytes(damaged), block[: data.draw(st.integers(0, len(block)))])


@given(st.binary(max_size=200))
def test_any_bytes_arrive_plain_or_are_refused(header):
    assert arrives_plain_or_not_at_all(header, bytes(32))
