"""What a worker can send although no honest answer would: none of it may be a fault of ours."""

import numpy as np

from autograder.testing import Expression

DEEP: list = ["exp", ["Symbol", "z"]]
for _ in range(200):
    DEEP = ["exp", DEEP]
TOWER: list = ["Integer", 9]
for _ in range(20):
    TOWER = ["Pow", ["Integer", 9], TOWER]

WEIRD = {
    "None": None,
    "True": True,
    "integer": 3,
    "huge integer": 10**308 * 99,
    "negative zero": -0.0,
    "NaN": float("nan"),
    "infinity": float("-inf"),
    "text": "0.5",
    "empty text": "",
    "bytes": b"\x00\xff",
    "empty list": [],
    "list": [0.5, 0.25],
    "nested list": [[[[1]], []], [2, [3]]],
    "list of arrays": [np.zeros(3), np.zeros((2, 2))],
    "tuple": (1.0, np.zeros(3)),
    "empty tuple": (),
    "pair of numbers": (1, 2.5),
    "four vectors": (np.zeros(3),) * 4,
    "four NaN": [np.full((2, 3), np.nan)] * 4,
    "four of anything": (None, "W_h", {}, Expression(["Symbol", "z"])),
    "deep tuple": ((((np.zeros(2),),),),),
    "empty dict": {},
    "dict": {"shape": (4, 3), "dtype": "float64", "mean": 0.5},
    "NumPy float": np.float64(0.5),
    "NumPy NaN": np.float64("nan"),
    "NumPy boolean": np.bool_(True),
    "NumPy complex": np.complex128(0.5 + 1j),
    "half": np.float16(0.5),
    "largest integer": np.uint64(2**64 - 1),
    "array without axes": np.array(0.5),
    "empty array": np.zeros(0),
    "empty matrix": np.zeros((0, 3)),
    "many axes": np.zeros((1,) * 32),
    "booleans": np.ones((4, 3), dtype=bool),
    "complex": np.ones(4, dtype=complex),
    "ragged text": [["a"], "b", None],
    "expression": Expression(["Symbol", "z"]),
    "empty tree": Expression([]),
    "no tree": Expression(None),
    "tree of numbers": Expression([1, 2.5, {"a": None}]),
    "tree with a dict": Expression(["Add", {"Symbol": "z"}, ["Integer", 1]]),
    "unknown name": Expression(["__import__", ["Symbol", "os"]]),
    "wrong arity": Expression(["exp"]),
    "float in a tree": Expression(["Integer", 1.5]),
    "boolean in a tree": Expression(["Integer", True]),
    "huge number in a tree": Expression(["Integer", 10**300]),
    "zero denominator": Expression(["Rational", 1, 0]),
    "deep tree": Expression(DEEP),
    "tower of powers": Expression(TOWER),
    "list of weird expressions": [
        Expression(["Derivative", ["Symbol", "z"], ["Integer", 1]]),
        Expression(DEEP),
        None,
        np.zeros(3),
    ],
    "list of values": [None, True, 10**300, float("nan"), "z", b"z", [], {}, np.float64(1)],
    "list of expressions": [Expression(["Symbol", "z"]), Expression(TOWER), Expression(["Pi"])],
}


def _fill(value):
    return lambda right: np.full(np.shape(right), value)


# What can be wrong with a value that is right otherwise.
SPOILED = {
    "NaN": _fill(np.nan),
    "infinity": _fill(np.inf),
    "one NaN": lambda right: np.where(
        np.arange(np.size(right)).reshape(np.shape(right)), right, np.nan
    ),
    "largest": _fill(np.finfo(float).max),
    "largest long double": lambda right: np.full(np.shape(right), np.finfo(np.longdouble).max),
    "complex": lambda right: np.asarray(right).astype(complex),
    "more axes": lambda right: np.asarray(right)[..., None, None],
    "no values": lambda right: np.asarray(right)[..., None][..., :0],
    "list": lambda right: [right],
    "dates": lambda right: np.zeros(np.shape(right), dtype="M8[s]"),
    "text": lambda right: np.asarray(right).astype(str),
    "objects": lambda right: np.asarray(right).astype(object)[..., None],
    "masked": np.ma.masked_array,
    "expression": lambda right: Expression(["Symbol", "z"]),
}
