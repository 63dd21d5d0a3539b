"""The process that holds one student's code: runs cells, answers calls. Untrusted once a cell has run."""

import importlib
import io
import linecache
import pkgutil
import random
import socket
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import asdict
from functools import partial
from types import FunctionType
from typing import Any

import numpy as np
from sympy import Basic

from autograder.worker import memory, wire
from autograder.worker.shell import ImportGate, Notebook, make_notebook
from glm2mlp.derivation.trees import DerivationError, to_tree

MAX_TEXT = 500
MAX_WARNINGS = 20  # of one call
MAX_PRINTED = 20_000  # of a statement at a prompt
_notebook: Notebook | None = None
# What some workers find imported. The others find nothing of it, neither in memory nor as files: it computes
# what is asked elsewhere. «checks» are the notebooks' own, «trainings» what a locked cell imports.
LIBRARIES = {
    "checks": ("glm2mlp.checks",),
    "scipy": ("scipy.special",),
    "trainings": ("glm2mlp.trainings",),
}


def warm_up() -> None:
    """In the zygote: make the notebook once, and use each part once."""
    global _notebook  # noqa: PLW0603 - made before the fork, used after it
    _notebook = make_notebook()
    _notebook.run("%who_ls\nimport numpy as np\ndel np", "warm-up")
    wire.dumps([np.zeros(2), "text"], to_tree=expression_tree)


def bring(libraries: Iterable[str]) -> None:
    """In the zygote: import some of LIBRARIES."""
    for library in libraries:
        for name in LIBRARIES[library]:
            module = importlib.import_module(name)
            for part in pkgutil.iter_modules(module.__path__) if library == "checks" else ():
                importlib.import_module(f"{name}.{part.name}")


def seed_streams(seed: int) -> None:
    """Begin Python's and NumPy's own random streams anew."""
    random.seed(seed)
    np.random.seed(seed)


def expression_tree(value: object) -> Any:
    """The tree of a SymPy expression, None for anything else; raises UnsendableError if it has none."""
    if not isinstance(value, Basic):
        return None
    try:
        return to_tree(value)
    except DerivationError as error:
        raise wire.UnsendableError(f"an expression that cannot be read: {error}") from None


class Worker:
    """Serves the grader's requests over one socket, one at a time."""

    def __init__(self, channel: socket.socket) -> None:
        assert _notebook is not None, "the zygote warms up before it forks"
        self.channel = channel
        self.notebook = _notebook
        self.gate = ImportGate(())
        # The named tuples that locked cells define: arguments are made of them, whatever a student
        # calls so later.
        self.classes: dict[str, type] = {}
        self.first_id = 0  # of the requests that are being answered

    def serve(self) -> None:
        """Answer until the grader closes the channel."""
        while self.serve_one():
            pass

    def serve_one(self) -> bool:
        """Answer the requests of the next frame by one frame; False at the end."""
        if (requests := self.receive()) is None:
            return False
        self.first_id = requests[0]["id"]
        self.channel.sendall(self.replies(requests))
        return True

    def replies(self, requests: list[dict[str, Any]]) -> bytes:
        """The frame of the answers to requests, each written down before the next is looked at."""
        writer = wire.Writer(expression_tree)
        for request in requests:
            marks = {"id": request["id"]}
            try:
                writer.add({**marks, **self.answer(request)})
            except wire.UnsendableError as error:
                writer.add({**marks, **_unsendable(error)})
        try:
            return wire.framed(*writer.end())
        except wire.UnsendableError as error:
            return wire.framed(*wire.dumps({"id": self.first_id, **_unsendable(error)}))

    def receive(self) -> list[Any] | None:
        """The messages of the next frame; None at the end."""
        try:
            header, buffers = wire.read_frame(self._read)
        except EOFError:
            return None
        return wire.loads(header, buffers, allow_rng=True, classes=self.classes)

    def _read(self, size: int) -> bytes:
        data = self.channel.recv(size)
        if not data:
            raise EOFError
        return data

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked; what the student's code raises becomes plain data."""
        try:
            return getattr(self, f"do_{request['do']}")(request)  # type: ignore[no-any-return]
        except MemoryError:
            return {"problem": "memory", "text": ""}
        except BaseException as error:
            return describe(error)

    def do_begin(self, request: dict[str, Any]) -> dict[str, Any]:
        """Set the imports that answers may use, and NumPy's and Python's own random streams."""
        seed_streams(request["seed"])
        self.gate.allowed = frozenset(request["imports"])
        self.gate.install()
        return {}

    def do_cell(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run a cell: one of ours ("given"), an answer, or another cell of the student."""
        # A check shows the line that raised an error.
        lines, file = request["source"].splitlines(keepends=True), f"<{request['name']}>"
        linecache.cache[file] = (len(request["source"]), None, lines, file)
        if request["mode"] != "given":
            with self.gate.closed():
                try:
                    self.notebook.run(request["source"], request["name"])
                except MemoryError:
                    raise
                except BaseException as error:
                    if not self.notebook.resume(request["source"], request["name"], error):
                        raise
                    return describe(error) | {"resumed": True}
            return {}
        before = dict(self.notebook.namespace)
        self.notebook.run(request["source"], request["name"])
        for name, value in self.notebook.namespace.items():
            if value is not before.get(name) and _is_named_tuple_class(value):
                self.classes[name] = value
        return {}

    def do_lend(self, request: dict[str, Any]) -> dict[str, Any]:
        """From now on the grader answers calls of these functions in the student's place."""
        names = self.notebook.namespace
        for name in request["functions"]:
            loan, own = partial(self._borrowed, name), names.get(name)
            if type(own) is FunctionType and not own.__closure__ and _times(names, own) == 1:
                # So also where a cell has put it: a table of functions, a default of another one.
                own.__code__, own.__defaults__ = _lent.__code__, None
                own.__kwdefaults__ = {"loan": loan}
            names[name] = loan
        return {}

    def _borrowed(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Ask the grader, in the middle of a call of its own, what `name` returns."""
        loan = {"id": self.first_id, "loan": name, "args": args, "kwargs": kwargs}
        self.channel.sendall(wire.framed(*wire.dumps(loan)))
        answer = (self.receive() or [{}])[0]
        if "value" not in answer:
            raise ValueError(f"{name}: {answer.get('text')}")
        return answer["value"]

    def do_call(self, request: dict[str, Any]) -> dict[str, Any]:
        """Call a function of the student; `after` asks for its arguments as they are then.

        `given` are sources of locked cells whose names hold during this call, the function's own too.
        """
        function = None
        seed_streams(wire.SEED_OF_CALLS)
        arguments, keywords = request["args"], request["kwargs"]
        try:
            with (
                self.notebook.among(request.get("given", ())),
                self.gate.closed(),
                noted_warnings() as warned,
            ):
                function = self.notebook.namespace.get(request["function"])
                if not callable(function):
                    return {"problem": "missing", "text": ""}
                reply = {"value": function(*arguments, **keywords)}
            reply["warned"] = sorted(warned)
        except NotImplementedError as error:
            # Its own stub is a missing answer; a stub that it calls is an error of this one.
            return describe(error) | {
                "problem": "missing" if raised_in(error, function) else "error"
            }
        if request["after"]:
            generators = [item for item in (*arguments, *keywords.values()) if _is_rng(item)]
            reply["draws"] = tuple(generator.uniform() for generator in generators)
            reply["args"] = tuple(None if _is_rng(item) else item for item in arguments)
            reply["kwargs"] = {
                name: None if _is_rng(item) else item for name, item in keywords.items()
            }
        return reply

    def do_remember(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Say whether a function of the notebook may remember its calls."""
        given = {id(value) for value in self.classes.values()}
        return {"remember": memory.may_remember(self.notebook.namespace, given)}

    def do_bind(self, request: dict[str, Any]) -> dict[str, Any]:
        """Give names to values, for a person who looks into a call."""
        self.notebook.namespace.update(request["names"])
        return {}

    def do_enter(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run one statement of that person as at Python's prompt; say what it printed, cut short."""
        printed = io.StringIO()
        with redirect_stdout(printed), redirect_stderr(printed):
            try:
                exec(compile(request["source"], "<prompt>", "single"), self.notebook.namespace)  # noqa: S102
            except MemoryError:
                raise
            except BaseException as error:
                below = error.__traceback__ and error.__traceback__.tb_next  # without our own line
                traceback.print_exception(error.with_traceback(below))
        return {"printed": printed.getvalue()[:MAX_PRINTED]}

    def do_check(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run the notebook's own checks of an exercise, as its test cell does; say how each ended."""
        suite = importlib.import_module(f"glm2mlp.checks.{request['assignment']}").suite
        with self.notebook.among(request["given"]), self.gate.closed():
            report = suite.examine(request["exercise"], self.notebook.namespace)
        return {"checks": [asdict(result) for result in report.results]}


def _lent(*args: Any, loan: Callable[..., Any], **kwargs: Any) -> Any:
    return loan(*args, **kwargs)


def _times(names: dict[str, Any], value: object) -> int:
    """How many of the names have this value: the answer to another exercise may be the same function."""
    return sum(each is value for each in names.values())


def _unsendable(error: wire.UnsendableError) -> dict[str, Any]:
    return {"problem": "unsendable", "text": str(error)}


def describe(error: BaseException) -> dict[str, Any]:
    """An exception as plain data, cut short; it is the student's, so even its text may raise."""
    try:
        text = str(error)[:MAX_TEXT]
        text.encode()
    except BaseException:
        text = ""
    line = None
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename.startswith("<"):
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return {"problem": "error", "type": type(error).__name__[:80], "text": text, "line": line}


@contextmanager
def noted_warnings() -> Iterator[set[str]]:
    """Note the texts of warnings of arithmetic; what the student's filters leave out is left out.

    None is an error, whatever the student asked for: on other inputs than theirs that would cost points.
    """
    texts: set[str] = set()

    def note(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
        if issubclass(category, RuntimeWarning) and len(texts) < MAX_WARNINGS:
            texts.add(str(message)[:MAX_TEXT])

    raising = {kind: "warn" for kind, does in np.geterr().items() if does == "raise"}
    with warnings.catch_warnings(), np.errstate(**raising):  # type: ignore[arg-type]
        warnings.filters[:] = [  # type: ignore[index]
            ("always" if action == "error" else action, *others)
            for action, *others in warnings.filters
        ]
        warnings.showwarning = note
        yield texts


def raised_in(error: BaseException, function: object) -> bool:
    """Whether `function` raised `error` itself, not something that it called."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback is not None and traceback.tb_frame.f_code is getattr(
        function, "__code__", None
    )


def _is_rng(item: object) -> bool:
    return isinstance(item, np.random.Generator | np.random.RandomState)


def _is_named_tuple_class(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, tuple) and hasattr(value, "_fields")
