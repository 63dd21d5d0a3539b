"""The decoder of the wire: whatever bytes arrive, they end as plain values or as a WireError."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_values import VALUES, is_plain

from autograder.worker import wire


def loads(tree: object, *buffers: bytes, sizes: object = None, **options: Any) -> Any:
    """What the decoder makes of a frame with this tree as its message, and these buffers."""
    padded = b"".join(buffer + bytes(-len(buffer) % wire.ALIGNMENT) for buffer in buffers)
    sizes = [len(buffer) for buffer in buffers] if sizes is None else sizes
    (message,) = wire.loads(json.dumps([[tree], sizes]).encode(), bytearray(padded), **options)
    return message


@pytest.mark.parametrize(
    ("header", "buffers"),
    [(wire.MAX_HEADER + 1, 0), (0, wire.MAX_BUFFERS + 1), (2**32 - 1, 2**64 - 1)],
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
        b"[1, []]",
        b'["text", []]',
        b'[{"0": 1}, []]',
        b"[[" + b"9" * 5000 + b"], []]",
        b'[["\xff"], []]',
        b'[["\\ud800"], []]',
        b'[[{"\\ud800": 1}], []]',
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
        ["n"],
        ["n", 1],
        ["n", None, 1],
        ["n", ["t"], 1],
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
    [
        "|O",
        "O",
        "<U4",
        "|S16",
        "<M8[s]",
        "|V8",
        "f8,f8",
        ">f8",
        "f8",
        "<f16",
        "",
        None,
        0,
        ["<f8"],
        {"a": 1},
    ],
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
    header = json.dumps([[["b", 0]], sizes]).encode()

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
        wire.loads(b'[[{"id": 1, "id": 2}], []]', bytearray())


@pytest.mark.parametrize(
    "tree", ["\ud800", ["\ud800"], ["Symbol", "\ud800"], ["exp", ["\udfff", 1]]], ids=json.dumps
)
def test_text_in_expressions_is_unicode(tree):
    # It gets into messages and so into reports, which are UTF-8.
    with pytest.raises(wire.WireError):
        loads(["e", tree])


def test_expressions_are_bounded_in_depth():
    """By a number of ours: Python's own bound is another one in each version, and where it is called."""
    tree = ["Symbol", "z"]
    for _ in range(wire.MAX_TREE_DEPTH - 1):
        tree = ["exp", tree]

    assert loads(["e", tree]) == wire.Expression(tree)
    for deeper in (["exp", tree], ["exp", {"z": 1}]):
        with pytest.raises(wire.WireError, match="too deep"):
            loads(["e", deeper])


def test_third_truth_values_become_true():
    array = loads(["a", 0, "|b1", [4]], bytes([0, 1, 7, 255]))

    assert array.view(np.uint8).tolist() == [0, 1, 1, 1]


@pytest.mark.parametrize("number", [2**1024, -(2**1024), 10**4000], ids=["2", "-2", "10"])
def test_integers_are_bounded_on_arrival(number):
    assert loads(["l", number // number, 2**1024 - 1]) == [1, 2**1024 - 1]
    with pytest.raises(wire.WireError):
        loads(["l", number])


def test_buffers_that_nothing_names_are_refused():
    with pytest.raises(wire.WireError, match="nothing names"):
        loads(["b", 0], bytes(16), bytes(16))
    with pytest.raises(wire.WireError, match="do not fill"):
        loads(["b", 0], bytes(16), bytes(16), sizes=[16])


@pytest.mark.parametrize("depth", [wire.MAX_DEPTH + 1, 300])
@pytest.mark.parametrize("wrap", [lambda v: ["l", v], lambda v: ["t", v], lambda v: {"a": v}])
def test_depth_is_bounded_on_arrival(wrap, depth):
    tree: Any = 0
    for _ in range(depth):
        tree = wrap(tree)

    with pytest.raises(wire.WireError):
        loads(tree)


def pieces_of(frame: bytes, sizes: list[int]):
    """Gives a frame in pieces of these sizes, and the rest at once; then it is at its end."""
    rest, waiting = bytearray(frame), iter(sizes)

    def receive(size: int) -> bytes:
        if not rest:
            raise EOFError
        piece = bytes(rest[: min(size, next(waiting, len(rest)))])
        del rest[: len(piece)]
        return piece

    return receive


@given(VALUES, st.lists(st.integers(1, 60), max_size=20))
def test_frame_is_read_in_whatever_pieces_it_comes(value, sizes):
    frame = wire.dumps(value, [value])

    assert wire.read_frame(pieces_of(wire.framed(*frame), sizes)) == frame


@pytest.mark.parametrize("missing", [1, 4, 20])
def test_frame_that_breaks_off_has_an_end(missing):
    frame = wire.framed(*wire.dumps([1, b"bytes"]))

    with pytest.raises(EOFError):
        wire.read_frame(pieces_of(frame[:-missing], []))


def test_second_frame_out_of_turn_is_refused():
    with pytest.raises(wire.WireError):
        wire.read_frame(pieces_of(wire.framed(*wire.dumps(1)) * 2, []))


# Anything at all

JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 40),
        st.integers(),
        st.floats(),
        st.sampled_from(["l", "t", "a", "b", "e", "n", "r", *wire.DTYPES, "|O", "id", ""]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.sampled_from(["id", "value", "a"]), inner, max_size=2),
        st.tuples(
            st.just("a"), st.integers(-1, 2), st.sampled_from(sorted(wire.DTYPES)), inner
        ).map(list),
        st.tuples(st.sampled_from("ltben"), inner).map(list),
        st.tuples(st.just("n"), st.sampled_from(["Parameters", ""]), inner, inner).map(list),
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
    assert arrives_plain_or_not_at_all(json.dumps([[tree], sizes]).encode(), block)


@given(VALUES, st.data())
def test_damaged_frame_arrives_plain_or_is_refused(value, data):
    header, block = wire.dumps(value, value)
    damaged = bytearray(header)
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    assert arrives_plain_or_not_at_all(
        bytes(damaged), block[: data.draw(st.integers(0, len(block)))]
    )


@given(st.binary(max_size=200))
def test_any_bytes_arrive_plain_or_are_refused(header):
    assert arrives_plain_or_not_at_all(header, bytes(32))
