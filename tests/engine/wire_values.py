"""Values that may cross the wire, as strategies of Hypothesis."""

from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
from hypothesis import strategies as st

from autograder.worker import wire

DTYPES = st.sampled_from(sorted(wire.DTYPES.values(), key=str))
ARRAYS = DTYPES.flatmap(
    lambda dtype: hnp.arrays(
        dtype, hnp.array_shapes(min_dims=1, max_dims=5, min_side=0, max_side=3)
    )
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


def is_plain(value: Any) -> bool:
    """Made of exact built-in types and NumPy arrays of numbers, and of nothing else."""
    if type(value) in (list, tuple):
        return all(map(is_plain, value))
    if type(value) is dict:
        return all(type(key) is str and is_plain(item) for key, item in value.items())
    if type(value) is np.ndarray or isinstance(value, np.generic):
        return value.dtype.str in wire.DTYPES
    return value is None or type(value) in (bool, int, float, str, bytes, wire.Expression)
