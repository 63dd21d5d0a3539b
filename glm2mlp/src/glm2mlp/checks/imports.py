"""Which libraries an answer uses. Student side: told in the notebook, so that nobody is surprised.

It looks at what the answer's code refers to, and follows the notebook's own functions and classes.
It is a courtesy, no guard: the grader has its own.
"""

import dis
import inspect
import sys
from collections.abc import Iterator, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np


def foreign_libraries(
    answer: Any, allowed: tuple[str, ...], notebook: Mapping[str, Any]
) -> list[str]:
    """Return the names of the libraries that `answer` uses beside the `allowed` ones and Python's own."""
    home = str(notebook.get("__name__", "builtins")).partition(".")[0]
    used: set[str] = set()
    seen: set[int] = set()
    waiting = [answer]
    while waiting:
        thing = inspect.unwrap(waiting.pop())
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        library = _library(thing)
        used.add(library)
        if isinstance(thing, FunctionType) and thing.__globals__ is notebook:
            used |= {name.partition(".")[0] for name in _names(thing.__code__, imported=True)}
            waiting += _referred(thing)
        elif isinstance(thing, type) and library == home and not issubclass(thing, tuple):
            # (The methods of a named tuple are Python's.)
            waiting += [part for part in vars(thing).values() if isinstance(part, FunctionType)]
    return sorted(used - {*allowed, home, *sys.stdlib_module_names})


def used_names(answer: Any) -> set[str]:
    """Return the global names that `answer` itself refers to."""
    function = inspect.unwrap(answer)
    return set(_names(function.__code__)) if isinstance(function, FunctionType) else set()


def _referred(function: FunctionType) -> Iterator[Any]:
    for name in _names(function.__code__):
        if name in function.__globals__:
            yield function.__globals__[name]
    for cell in function.__closure__ or ():
        yield cell.cell_contents
    yield from function.__defaults__ or ()
    yield from (function.__kwdefaults__ or {}).values()


def _names(code: CodeType, *, imported: bool = False) -> Iterator[str]:
    """Yield the global names that code loads, or the modules that it imports."""
    wanted = ("IMPORT_NAME",) if imported else ("LOAD_GLOBAL", "LOAD_NAME")
    for instruction in dis.get_instructions(code):
        if instruction.opname in wanted:
            yield str(instruction.argval)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant, imported=imported)


def _library(thing: Any) -> str:
    """Return the top-level library that a module, function, class or value comes from."""
    if isinstance(thing, ModuleType):
        module: object = thing.__name__
    elif isinstance(thing, np.ufunc) and getattr(np, thing.__name__, None) is not thing:
        # A ufunc does not know its module: those of scipy.special look like NumPy's.
        special = sys.modules.get("scipy.special")
        module = "scipy" if hasattr(special, thing.__name__) else "another library"
    else:
        module = getattr(thing, "__module__", None) or type(thing).__module__
    return str(module).partition(".")[0]
