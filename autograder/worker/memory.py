"""Tells whether the functions of a notebook may remember their calls. In the worker.

Whoever keeps nothing from call to call returns the same in whatever order exercises are tested, so one can be
tested again without the others. This is a question to honest code: the answer is «may remember» wherever it
is not clear. Who deceives it earns nothing, since values decide.
"""

import dis
import types
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
import sympy

STORING = frozenset({"STORE_GLOBAL", "DELETE_GLOBAL", "STORE_ATTR", "DELETE_ATTR"})
# Ways to reach what an instruction does not show, and settings of libraries that outlast a call.
REACHING = frozenset(
    {"globals", "locals", "vars", "exec", "eval", "setattr", "delattr", "open", "__import__"}
) | frozenset({"seterr", "seterrcall", "setbufsize", "filterwarnings", "simplefilter", "rcParams"})
FIXED = (type(None), bool, int, float, complex, str, bytes, range, sympy.Basic, types.ModuleType)


def may_remember(namespace: Mapping[str, Any], tuples: Collection[int]) -> bool:
    """Whether a function of the notebook may keep something; `tuples` are ids of known classes of tuples."""
    if any(map(_is_callable_object, namespace.values())):
        return True
    functions = [value for value in namespace.values() if _is_own(value)]
    return any(_may_remember(function, namespace, tuples) for function in functions)


def _is_callable_object(value: object) -> bool:
    """Whether a value can be called and keep something: `partial`, a method of a list, an own object."""
    if isinstance(value, types.BuiltinFunctionType):
        return not isinstance(value.__self__, types.ModuleType | None)
    return callable(value) and type(value).__module__ in ("__main__", "functools")


def _is_own(value: object) -> bool:
    """Whether a cell defined this function."""
    return isinstance(value, types.FunctionType) and value.__code__.co_filename.startswith("<")


def _may_remember(
    function: types.FunctionType, namespace: Mapping[str, Any], tuples: Collection[int]
) -> bool:
    kept = (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    if function.__closure__ or vars(function) or not all(map(_is_fixed, kept)):
        return True
    for code in _codes(function.__code__):
        if any(name in REACHING or name.startswith("__") for name in code.co_names):
            return True
        for step in dis.get_instructions(code):
            used = step.opname in ("LOAD_GLOBAL", "LOAD_NAME") and step.argval in namespace
            if step.opname in STORING:
                return True
            if used and not _is_harmless(namespace[step.argval], tuples):
                return True
    return False


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """A function's code and that of the functions within it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _is_harmless(value: object, tuples: Collection[int]) -> bool:
    """Whether a global value keeps nothing, is a library's, or is a function that is looked at by itself."""
    definition = isinstance(value, type | types.FunctionType | types.BuiltinFunctionType | np.ufunc)
    library = definition and getattr(value, "__module__", None) != "__main__"
    return library or _is_own(value) or id(value) in tuples or _is_fixed(value)


def _is_fixed(value: object) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_fixed, value))
    return isinstance(value, FIXED)
