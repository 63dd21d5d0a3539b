"""Values between grader and worker: JSON for the structure, raw bytes for the arrays. Both sides.

A frame holds one message or several: a fixed prefix (two lengths), a JSON header and a block of raw
buffers. Plain values stand in the header as themselves; lists start with a tag: `["l", …]` list,
`["t", …]` tuple, `["b", i]` bytes, `["a", i, dtype, shape]` array, `["n", class, …]` named tuple,
`["r", kind, seed]` random generator, `["e", tree]` SymPy expression, `["u", text]` an entry of a dict
that may not cross.

The decoder is the trust boundary: it looks at lengths before it allocates, and builds exact built-in
types and NumPy arrays only: a named tuple arrives as a plain one. In the worker, where what arrives is
ours, generators are made and named tuples are those of the locked cells. What the encoder does in a
hostile worker is of no consequence.
"""

import json
import math
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

PREFIX = struct.Struct("!IQ")
MAX_HEADER = 1 << 20
MAX_BUFFERS = 64 << 20
MAX_DEPTH = 32
MAX_TREE_DEPTH = 100  # of an expression, of which those that are read have less
MAX_DIMENSIONS = 32
MAX_INTEGER = 1 << 1024
ENTRY_DEPTHS = (1, 2)  # of a value's own dict and the dicts in it; depth 0 is the message around it
ALIGNMENT = 16
CHUNK = 1 << 16
MAX_CHUNK = 1 << 20

# Of a worker's own random streams, at the start of each call: an answer that draws from them instead of
# the generator that it is given is recognised by what it draws.
SEED_OF_CALLS = 0

# Every dtype that may cross. Long doubles are sent as doubles: their layout differs between machines.
# Of two of one size, as `int64` and `longlong` are here, it is the one that NumPy names by its size.
DTYPES = {name: np.dtype(name) for name in (np.dtype(code).str for code in "?bhilqBHILQefdFD")}


class WireError(Exception):
    """The bytes are not a frame of ours, or they exceed a bound."""


class UnsendableError(TypeError):
    """The value is none of those that may cross; the text says what it is («a list of Foo»)."""


@dataclass(frozen=True)
class Rng:
    """A random generator as data: `np.random.<kind>(seed)` is made where it arrives.

    `kind` is "Generator" (`np.random.default_rng`) or "RandomState".
    """

    kind: Literal["Generator", "RandomState"]
    seed: int

    def make(self) -> "np.random.Generator | np.random.RandomState":
        """A new generator in its first state."""
        if self.kind == "Generator":
            return np.random.default_rng(self.seed)
        return np.random.RandomState(self.seed)


class Expression(NamedTuple):
    """A SymPy expression as the tree of plain data that `glm2mlp.derivation.to_tree` makes."""

    tree: Any


class Unsendable(NamedTuple):
    """Stands for an entry of a dict that may not cross: the others still do. The text says what it is."""

    text: str


class Lengths(NamedTuple):
    """The prefix of a frame: bytes of the header and of all buffers."""

    header: int
    buffers: int


def lengths(prefix: bytes) -> Lengths:
    """The lengths that a prefix announces; raises WireError if they exceed the bounds."""
    announced = Lengths(*PREFIX.unpack(prefix))
    if announced.header > MAX_HEADER or announced.buffers > MAX_BUFFERS:
        raise WireError(f"a frame of {announced.header} + {announced.buffers} bytes is too large")
    return announced


def read_frame(receive: Callable[[int], bytes]) -> tuple[bytes, bytearray]:
    """Header and buffers of the next frame, in as few reads as it takes.

    `receive` gives at most as many bytes as it is asked for, and raises EOFError at the end. Raises
    WireError if the frame announces too much, or if more follows it: both sides take turns.
    """
    data = bytearray()
    while len(data) < PREFIX.size:
        data += receive(CHUNK)
    announced = lengths(bytes(data[: PREFIX.size]))
    start = PREFIX.size + announced.header
    end = start + announced.buffers
    while len(data) < end:
        data += receive(min(end - len(data), MAX_CHUNK))
    if len(data) > end:
        raise WireError("more than one frame")
    return bytes(data[PREFIX.size : start]), data[start:]


def framed(header: bytes, buffers: bytearray) -> bytes:
    """A frame as it is sent."""
    return b"".join((PREFIX.pack(len(header), len(buffers)), header, buffers))


def dumps(
    *messages: object, to_tree: Callable[[object], Any] | None = None
) -> tuple[bytes, bytearray]:
    """Header and buffers of a frame with these messages; raises UnsendableError as a `Writer` does."""
    writer = Writer(to_tree)
    for message in messages:
        writer.add(message)
    return writer.end()


class Writer:
    """Makes a frame of the messages that are added: each is written down as it is at that moment.

    `to_tree` turns a SymPy expression into a tree, and anything else into None.
    """

    def __init__(self, to_tree: Callable[[object], Any] | None = None) -> None:
        self._encoder = _Encoder(to_tree)
        self._trees: list[Any] = []

    def add(self, message: object) -> None:
        """Add a message; raises UnsendableError, and adds nothing, if it may not cross."""
        buffers = self._encoder.buffers
        kept = len(buffers)
        try:
            self._trees.append(self._encoder.encode(message))
        except UnsendableError:
            del buffers[kept:]
            raise

    def end(self) -> tuple[bytes, bytearray]:
        """Header and buffers of the frame; raises UnsendableError if it is too large."""
        sizes = [len(buffer) for buffer in self._encoder.buffers]
        header = _ENCODER.encode([self._trees, sizes]).encode()
        buffers = bytearray().join(
            piece
            for buffer, size in zip(self._encoder.buffers, sizes, strict=True)
            for piece in (buffer, bytes(-size % ALIGNMENT))
        )
        size = max(len(header), len(buffers))
        if len(header) > MAX_HEADER or len(buffers) > MAX_BUFFERS:
            raise UnsendableError(f"a value of {size:,} bytes, which is too large")
        return header, buffers


def loads(
    header: bytes,
    buffers: bytearray,
    *,
    allow_rng: bool = False,
    classes: Mapping[str, Callable[..., Any]] | None = None,
) -> list[Any]:
    """The messages of a frame; raises WireError for anything that `dumps` does not make.

    `allow_rng` and `classes`, which makes named tuples by the names of their classes, are for the
    worker's side, where requests come from the grader.
    """
    try:
        trees, sizes = _DECODER.decode(header.decode())
        if type(trees) is not list or type(sizes) is not list:
            raise WireError("no list of messages")
        if not all(type(size) is int and size >= 0 for size in sizes):
            raise WireError("a buffer's length is not a number")
        views = _views(sizes, buffers)
        decoder = _Decoder(views, allow_rng=allow_rng, classes=classes or {})
        messages = [decoder.decode(tree) for tree in trees]
        decoder.finish()
        return messages
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise WireError(f"not a frame of ours: {type(error).__name__}") from None


class _Encoder:
    """Builds the trees of a frame and collects its buffers."""

    def __init__(self, to_tree: Callable[[object], Any] | None) -> None:
        self.buffers: list[bytes] = []
        self._to_tree = to_tree

    def encode(self, value: Any, depth: int = 0) -> Any:
        """The tree of `value`; raises UnsendableError if it may not cross."""
        kind = type(value)
        if value is None or kind in (bool, float):
            return value
        if kind is int:
            if abs(value) >= MAX_INTEGER:
                raise UnsendableError("an integer of more than a thousand bits")
            return value
        if kind is str:
            try:
                value.encode()
            except UnicodeEncodeError:
                raise UnsendableError("text that is not Unicode") from None
            return value
        if depth == MAX_DEPTH:
            raise UnsendableError(f"a value nested more than {MAX_DEPTH} deep")
        if kind in (list, tuple) or _is_named_tuple(value):
            items = (self._item(item, kind, depth) for item in value)
            if kind in (list, tuple):
                return ["l" if kind is list else "t", *items]
            return ["n", kind.__name__, *items]
        if kind is dict:
            if not all(type(key) is str for key in value):
                raise UnsendableError("a dict whose keys are not all text")
            return {key: self._entry(item, depth) for key, item in value.items()}
        if kind is bytes:
            self.buffers.append(value)
            return ["b", len(self.buffers) - 1]
        if kind is np.str_:
            return self.encode(str(value), depth)
        if isinstance(value, np.ndarray | np.generic):
            return self._array(np.asarray(value))
        if kind is Rng:
            return ["r", value.kind, value.seed]
        if self._to_tree is not None and (tree := self._to_tree(value)) is not None:
            return ["e", tree]
        raise UnsendableError(_described(kind))

    def _item(self, item: object, container: type, depth: int) -> Any:
        try:
            return self.encode(item, depth + 1)
        except UnsendableError as error:
            if depth != 1:  # say where in the value it is, not in the message around it
                raise
            raise UnsendableError(f"{_described(container)} with {error} in it") from None

    def _entry(self, item: object, depth: int) -> Any:
        if depth not in ENTRY_DEPTHS:
            return self._item(item, dict, depth)
        kept = len(self.buffers)
        try:
            return self.encode(item, depth + 1)
        except UnsendableError as error:
            del self.buffers[kept:]
            return ["u", str(error)]

    def _array(self, array: "np.ndarray[Any, Any]") -> Any:
        if array.dtype.char in "gG":
            array = array.astype("d" if array.dtype.char == "g" else "D")
        dtype = array.dtype.newbyteorder("<")
        if dtype.str not in DTYPES:
            raise UnsendableError(f"an array of dtype {dtype.name}")
        self.buffers.append(array.astype(dtype, copy=False).tobytes())
        return ["a", len(self.buffers) - 1, dtype.str, list(array.shape)]


def _is_named_tuple(value: object) -> bool:
    return isinstance(value, tuple) and hasattr(type(value), "_fields")


def _described(kind: type) -> str:
    name = kind.__name__
    return f"an {name}" if name[:1].lower() in "aeiou" else f"a {name}"


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The dict of these pairs; each key stands once."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise WireError("a key stands twice")
    return found


# Made once: json.dumps and json.loads would make them anew for every frame.
_ENCODER = json.JSONEncoder(check_circular=False)
_DECODER = json.JSONDecoder(object_pairs_hook=_distinct)


def _views(sizes: list[int], buffers: bytearray) -> list[memoryview]:
    """The buffers of a frame, one after the other."""
    views, start = [], 0
    for size in sizes:
        if start + size > len(buffers):
            raise WireError("a buffer reaches beyond the frame")
        views.append(memoryview(buffers)[start : start + size])
        start += size + -size % ALIGNMENT
    if start != len(buffers):
        raise WireError("the buffers do not fill the frame")
    return views


class _Decoder:
    """Builds the value of a frame from its tree."""

    def __init__(
        self,
        views: list[memoryview],
        *,
        allow_rng: bool,
        classes: Mapping[str, Callable[..., Any]],
    ) -> None:
        self._views = iter(enumerate(views))
        self._allow_rng = allow_rng
        self._classes = classes

    def decode(self, tree: Any, depth: int = 0) -> Any:
        """The value of a tree; raises WireError, or an error that `loads` turns into one."""
        if type(tree) is str:
            tree.encode()  # refuses lone surrogates: UnicodeEncodeError is a ValueError
            return sys.intern(tree)  # as a literal is: some compare by `is`, which is right at home
        if type(tree) is int and abs(tree) >= MAX_INTEGER:
            raise WireError("an integer that is too large")
        if type(tree) in (dict, list) and depth >= MAX_DEPTH:
            raise WireError("nested too deep")
        if type(tree) is dict:
            return {
                self.decode(key, depth + 1): self.decode(item, depth + 1)
                for key, item in tree.items()
            }
        if type(tree) is not list:
            return tree
        tag, *items = tree
        if tag in ("l", "t"):
            values = [self.decode(item, depth + 1) for item in items]
            return values if tag == "l" else tuple(values)
        if tag == "n":
            name, *items = items
            if type(name) is not str:
                raise WireError("a class without a name")
            parts = tuple(self.decode(item, depth + 1) for item in items)
            return self._classes[name](*parts) if name in self._classes else parts
        if tag == "a":
            index, dtype, shape = items
            return _array(self._view(index), dtype, shape)
        if tag == "b":
            (index,) = items
            return bytes(self._view(index))
        if tag == "e":
            (expression,) = items
            if type(expression) is not list or not _is_shallow(expression, MAX_TREE_DEPTH):
                raise WireError("an expression that is no tree, or nested too deep")
            json.dumps(expression, ensure_ascii=False).encode()  # as for text: no lone surrogates
            return Expression(expression)
        if tag == "u":
            (text,) = items
            if type(text) is not str:
                raise WireError("a description that is no text")
            text.encode()
            return Unsendable(text)
        if tag == "r" and self._allow_rng:
            return Rng(*items).make()
        raise WireError("an unknown tag")

    def finish(self) -> None:
        """Raises WireError if a buffer was left over."""
        if next(self._views, None) is not None:
            raise WireError("a buffer that nothing names")

    def _view(self, index: Any) -> memoryview:
        """The next buffer. Each is named once and in order: one named often would fill the memory."""
        number, view = next(self._views, (None, memoryview(b"")))
        if type(index) is not int or index != number:
            raise WireError("a buffer is not named in its turn")
        return view


def _is_shallow(tree: Any, depth: int) -> bool:
    """Whether lists in a tree are at most `depth` deep in each other, and there is nothing else in it.

    How deep JSON may be depends on Python, and what is done with trees later may reach less deep.
    """
    if type(tree) is dict:
        return False
    return type(tree) is not list or (
        depth > 0 and all(_is_shallow(each, depth - 1) for each in tree)
    )


def _array(data: memoryview, dtype: Any, shape: Any) -> Any:
    kind = DTYPES[dtype]
    if type(shape) is not list or len(shape) > MAX_DIMENSIONS:
        raise WireError("not a shape")
    if not all(type(size) is int and size >= 0 for size in shape):
        raise WireError("not a shape")
    if math.prod(shape) * kind.itemsize != len(data):
        raise WireError("an array whose size is not that of its shape")
    array = np.frombuffer(data, dtype=kind)
    if kind.kind == "b":  # a byte that is neither 0 nor 1 would be a third truth value
        array = array.view(np.uint8) != 0
    array = array.reshape(shape)
    return array if array.ndim else array[()]
