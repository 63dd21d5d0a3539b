"""Runs notebook cells with IPython's semantics, the shell only where a cell needs it. In the worker."""

import __future__

import ast
import builtins
import functools
import importlib
import operator
import re
import sys
import traceback
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from inspect import CO_COROUTINE
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

# What `from __future__ import …` leaves in a code's flags.
FUTURES = functools.reduce(
    operator.or_,
    (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names),
)
# Of a cell it is measured, or not shown, what we neither measure nor show: so it runs as any other.
WITHOUT_EFFECT = re.compile(r"\A\s*%%(time|capture)[ \t]*$", re.MULTILINE)


class GradingShell(InteractiveShell):  # type: ignore[misc]  # IPython is untyped
    """An IPython in which what only works in a real notebook does nothing, instead of ending a cell."""

    def system(self, command: str) -> None:
        """`!command` starts nothing here."""

    system_piped = system_raw = system

    def getoutput(self, command: str, split: bool = True, depth: int = 0) -> Any:  # noqa: ARG002
        """`x = !command` gives no lines here."""
        return []

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """A magic that fails, or that is not known here, is passed over."""
        try:
            return super().run_line_magic(magic_name, line, _stack_depth + 1)
        except Exception:
            return None

    def ask_exit(self) -> None:
        """`exit()` ends a session; here is none."""

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no screen."""


class ImportGate(MetaPathFinder):
    """Refuses, by name, the libraries that an assignment's answers may not import; Python's own are allowed.

    Not a wall: student code could take it down. It says in words what the sandbox holds: a library that
    computes an answer is not there.
    """

    def __init__(self, allowed: Sequence[str]) -> None:
        self.allowed = frozenset(allowed)
        self._closed = False
        self._import = builtins.__import__
        self._import_module = importlib.import_module

    def install(self) -> None:
        """Watch every import from now on."""
        builtins.__import__ = importlib.__import__ = self.guarded_import
        importlib.import_module = self.guarded_import_module
        sys.meta_path.insert(0, self)

    @contextmanager
    def closed(self) -> Iterator[None]:
        """While code of the student runs."""
        self._closed = True
        try:
            yield
        finally:
            self._closed = False

    def refusal(self, library: str) -> str | None:
        """Why `library` may not be imported now, if so."""
        if not self._closed or library in self.allowed or library in sys.stdlib_module_names:
            return None
        names = ", ".join(sorted(self.allowed))
        return f"the answers of this assignment may import only: {names}; not {library}"

    def guarded_import(
        self,
        name: str,
        globals: Any = None,  # noqa: A002 - the names of builtins.__import__
        locals: Any = None,  # noqa: A002
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        """`builtins.__import__`, with the rule for code of the notebook."""
        if level == 0 and _is_of_the_notebook(globals):
            with self.opened_for(name):
                return self._import(name, globals, locals, fromlist, level)
        return self._import(name, globals, locals, fromlist, level)

    def guarded_import_module(self, name: str, package: str | None = None) -> types.ModuleType:
        """`importlib.import_module`, with the same rule."""
        if not name.startswith(".") and _is_of_the_notebook(sys._getframe(1).f_globals):
            with self.opened_for(name):
                return self._import_module(name, package)
        return self._import_module(name, package)

    @contextmanager
    def opened_for(self, module: str) -> Iterator[None]:
        """An allowed library may import what it needs. Raises ImportError for any other one."""
        if message := self.refusal(module.partition(".")[0]):
            raise ImportError(message)
        closed, self._closed = self._closed, False
        try:
            yield
        finally:
            self._closed = closed

    def find_spec(
        self,
        fullname: str,
        path: Any = None,  # noqa: ARG002
        target: types.ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """The other ways to import (`find_spec`, `runpy`) meet the rule here, for what is not yet loaded."""
        library = fullname.partition(".")[0]
        # What is loaded may import its parts.
        if library not in sys.modules and (message := self.refusal(library)):
            raise ImportError(message)
        return None


def _is_of_the_notebook(names: Any) -> bool:
    """Whether code with these globals is the notebook's; what it runs by `exec` may have none."""
    return names is None or names.get("__name__", "__main__") == "__main__"


class Notebook:
    """One student's notebook while it runs: a namespace, and IPython's help where it is needed."""

    def __init__(self, shell: GradingShell, transformer: TransformerManager) -> None:
        self.shell = shell
        self.transform: Callable[[str], str] = transformer.transform_cell
        self.namespace: dict[str, Any] = shell.user_ns
        self._futures = 0

    def run(self, source: str, name: str) -> None:
        """Run a cell; raises what it raises."""
        source = _without_magic(source)
        try:
            code = self._compiled(source, name)
        except SyntaxError:  # not Python as it stands: a magic, a shell line, a prompt, an indent
            code = self._compiled(self.transform(source), name)
        if code.co_flags & CO_COROUTINE:
            _finish(eval(code, self.namespace))  # noqa: S307
        else:
            exec(code, self.namespace)  # noqa: S102

    def resume(self, source: str, name: str, error: BaseException) -> bool:
        """Run what stands below the line of a cell that raised `error`; whether functions are among it.

        In Jupyter a cell ends there. But what raised is mostly something tried out above an answer, which
        worked in the student's session and has nothing to do with it.
        """
        lines = (
            line
            for frame, line in traceback.walk_tb(error.__traceback__)
            if frame.f_code.co_filename == f"<{name}>"
        )
        raised = next(lines, None)
        if raised is None:  # it has not even begun
            return False
        source = _without_magic(source)
        try:
            tree = ast.parse(source)
        except SyntaxError:
            tree = ast.parse(self.transform(source))
        below = [
            node for each in tree.body if each.lineno >= raised for node in _rest(each, raised)
        ]
        for node in below:
            try:
                exec(self._compiled(ast.Module([node], []), name, 0), self.namespace)  # noqa: S102
            except MemoryError:
                raise
            except (Exception, SystemExit):  # noqa: S110 - the line that raised first is told
                pass
        return any(map(_defines_function, below))

    def _compiled(
        self, source: str | ast.Module, name: str, flags: int = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    ) -> types.CodeType:
        """The code of a cell; `from __future__ import …` of an earlier one holds, as in IPython."""
        flags |= self._futures
        code: types.CodeType = compile(source, f"<{name}>", "exec", flags=flags, dont_inherit=True)
        self._futures |= code.co_flags & FUTURES
        return code

    @contextmanager
    def among(self, sources: Sequence[str]) -> Iterator[None]:
        """With the names that these cells make; afterwards all names are as they were."""
        if not sources:
            yield
            return
        before = dict(self.namespace)
        try:
            for source in sources:
                self.run(source, "given")
            yield
        finally:
            self.namespace.clear()
            self.namespace.update(before)


def _without_magic(source: str) -> str:
    """The same lines without a magic of the whole cell that has no effect here."""
    return WITHOUT_EFFECT.sub(lambda found: "\n" * found.group().count("\n"), source)


def _finish(coroutine: Any) -> None:
    """Run a cell with a top-level await; there is no event loop here, so it must not have to wait."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise RuntimeError("asyncio is not available while a notebook is graded")


def _rest(node: ast.stmt, raised: int) -> Iterator[ast.stmt]:
    """A statement below the line that raised; of that line, the single imports of `import a, b`."""
    if node.lineno > raised:
        yield node
    elif isinstance(node, ast.Import):
        for alias in node.names:
            yield ast.copy_location(ast.Import([alias]), node)


def _defines_function(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef) or (
        isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)
    )


def make_notebook() -> Notebook:
    """A fresh notebook; made once by the zygote, each worker has its own copy by fork."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = module
    shell = GradingShell.instance(config=config, user_module=module)
    notebook = Notebook(shell, TransformerManager())
    # The notebooks call these; while grading they have nothing to say.
    notebook.namespace.update(check=_silent, check_all=_silent, ready=_silent, help=_silent)
    return notebook


def _silent(*_arguments: object, **_keywords: object) -> None:
    """Stands in for `check`, `check_all`, `ready` and `help`."""
