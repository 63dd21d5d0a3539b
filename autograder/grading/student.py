"""The student's code, as hidden tests see it: functions that answer over the wire. Trusted side."""

import contextlib
import hashlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from autograder.grading.budget import USED_UP, Budget
from autograder.outcomes import EXPLANATIONS, StudentFailure
from autograder.reading.patterns import imported_libraries
from autograder.reading.submission import RunnableCell
from autograder.sandbox.host import Lender, Sandbox, WorkerLostError, WorkerProcess
from autograder.sandbox.terms import SandboxError
from autograder.testing import Call
from autograder.worker import wire

MAX_LOST_CELLS = 5
# A crash costs milliseconds, so an exercise may have two; a hang costs the whole time limit of a call,
# so one is enough: nine hanging exercises still end within a submission's time.
CHANCES = 2
# Most notebooks run in milliseconds: all their cells are sent at once, and so are the calls of an exercise.
# If that takes longer, or ends the worker, a fresh one runs them one by one.
MAX_TOGETHER = 80_000  # characters, so that they fit into a frame however they are written there
TOGETHER_CPU, TOGETHER_WALL = 2.0, 10.0


class Asked(NamedTuple):
    """A call that a hidden test makes; `after`: what it does to its arguments is asked for, too."""

    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    after: bool


class StudentSession:
    """One submission in the sandbox: starts workers when they are needed, and replaces lost ones.

    Every worker runs the same cells again, without those that ended a worker before.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        cells: tuple[RunnableCell, ...],
        imports: tuple[str, ...],
        budget: Budget,
        seed: int,
    ) -> None:
        self._sandbox = sandbox
        self._cells = cells
        self._imports = imports
        self._budget = budget
        self._seed = seed
        self._libraries = _libraries(cells, imports)
        self._for_checks: set[str] = set()
        self._worker: WorkerProcess | None = None
        self._lost_cells: dict[int, StudentFailure] = {}
        self._lost_starts: list[StudentFailure] = []
        self._ran: set[int] = set()
        self._cells_together = self._calls_together = True
        self._raised: dict[int, str] = {}
        # The names of cells that raised and whose functions below that line were defined all the same.
        self.resumed: tuple[str, ...] = ()
        self.has_lost_workers = False
        # Whether there was no worker for a call because cells had ended too many.
        self.starved = False
        self._given: list[str] = []
        self._lent: tuple[str, ...] = ()
        self._lender: Lender | None = None
        self._chances = CHANCES
        self._last_loss: StudentFailure | None = None

    def begin_exercise(self, *, among_given: bool) -> None:
        """From now on calls belong to another exercise: it has its own chances.

        `among_given`: its calls see the names of the locked cells as those made them. A derivation
        speaks in their symbols, and a later cell of the student may have called its data `t`.
        """
        self._chances = CHANCES
        given = [cell.source for cell in self._cells if cell.mode == "given"]
        self._given = given if among_given else []

    def lend(self, functions: tuple[str, ...], lender: Lender) -> None:
        """From now on `lender` answers in the place of the student's `functions`.

        Those that were lent before are among them, unless the worker was ended in between.
        """
        self._lent, self._lender = functions, lender
        if self._worker is not None:
            with contextlib.suppress(StudentFailure):  # the next worker begins with them
                self._ask({"do": "lend", "functions": list(functions)})

    def expect_checks(self) -> None:
        """Have workers find the notebook's own checks imported, until `close`."""
        self._for_checks = {"checks"}

    def close(self) -> None:
        """End the worker; what is tested next may not find what computes an answer."""
        self._for_checks = set()
        if self._worker is not None:
            with contextlib.suppress(SandboxError):  # a zygote that died has ended it already
                self._account_for(self._worker)

    def call(
        self, function: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, after: bool
    ) -> Call:
        """Call the student's function. Raises StudentFailure if it gives no value."""
        asked = Asked(function, args, kwargs, after)
        return self._made(asked, self._ask(self._request(asked)))

    def call_all(self, asked: Sequence[Asked]) -> list[Call | BaseException] | None:
        """Make these calls one after the other, with one request; what each returned, or how it failed.

        What several tests ask without arguments, a derivation, is asked once. None if one of them is slow, or
        ends the worker: then they have to be made one by one, in a fresh one.
        """
        if len(asked) < 2:
            return None
        first: dict[object, Asked] = {}
        same = [first.setdefault(_question(each), each) for each in asked]
        replies = self._ask_together([self._request(each) for each in first.values()])
        if replies is None:
            return None
        pairs = zip(first.values(), replies, strict=True)
        ended = {id(each): self._ended(each, reply) for each, reply in pairs}
        return [ended[id(each)] for each in same]

    def _ended(self, asked: Asked, reply: dict[str, Any]) -> Call | BaseException:
        try:
            return self._made(asked, reply)
        except StudentFailure as failure:
            return failure

    def _request(self, asked: Asked) -> dict[str, Any]:
        return {"do": "call", **asked._asdict(), "given": self._given}

    def _made(self, asked: Asked, reply: dict[str, Any]) -> Call:
        """The call that a reply tells of. Raises StudentFailure if it gives no value."""
        if "problem" in reply:
            raise self._failure(asked.function, reply)
        if not asked.after:
            return Call(reply.get("value"), warned=reply.get("warned"))
        then: tuple[Any, Any, Any] = (reply.get("args"), reply.get("kwargs"), reply.get("draws"))
        if not _is_shaped_like(then, asked.args, asked.kwargs):
            raise StudentFailure("crashed", EXPLANATIONS["crashed"], "a forged reply")
        return Call(reply.get("value"), *then, warned=reply.get("warned"))

    def check(self, assignment: str, exercise: str) -> Any:
        """Run the notebook's own checks of an exercise; returns what the worker says of them.

        Raises StudentFailure if it says nothing.
        """
        request = {"assignment": assignment, "exercise": exercise, "given": self._given}
        return self._ask({"do": "check", **request}).get("checks")

    def bind(self, names: dict[str, Any]) -> None:
        """Give names to values in the notebook. Raises StudentFailure."""
        self._ask({"do": "bind", "names": names})

    def enter(self, source: str) -> str:
        """Run a statement at a prompt in the notebook; returns what it printed. Raises StudentFailure."""
        reply = self._ask({"do": "enter", "source": source})
        text = reply.get("printed", reply.get("text"))
        return text if type(text) is str else ""

    def remembers(self) -> bool:
        """Whether the answers may remember calls, by the worker's word; also if it says nothing.

        What an exercise then returns could depend on the exercises that were tested before it.
        """
        try:
            return self._ask({"do": "remember"}).get("remember") is not False
        except StudentFailure:
            return True

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The worker's reply. Raises StudentFailure if the worker is lost, or no more may be lost."""
        if self._chances <= 0 and self._last_loss is not None:
            raise self._last_loss
        self._budget.require()
        worker = self._worker or self._start()
        limits = self._budget.limits
        try:
            wall = self._budget.wall(limits.call_wall)
            return worker.request(request, cpu=limits.call_cpu, wall=wall, lender=self._lender)
        except WorkerLostError as error:
            failure = self._lost(worker, error)
            self._chances = 0 if error.outcome == "timeout" else self._chances - 1
            self._last_loss = failure
        raise failure  # not from the error, which holds the whole reply: failures are kept

    def _ask_together(self, requests: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
        """The worker's replies; None if one has to ask one by one."""
        if not self._calls_together or self._chances <= 0:
            return None
        limits = self._budget.limits
        cpu = min(limits.call_cpu, TOGETHER_CPU)
        try:
            self._budget.require()
            worker = self._worker or self._start()
            wall = self._budget.wall(min(limits.call_wall, TOGETHER_WALL))
            return worker.request_all(requests, cpu=cpu, wall=wall, lender=self._lender)
        except (StudentFailure, wire.UnsendableError, SandboxError):
            return None  # and one by one it will be seen whose fault it is
        except WorkerLostError:
            self._account_for(worker)
            self._calls_together = False
            return None

    def _failure(self, function: str, reply: dict[str, Any]) -> StudentFailure:
        """What a reply without a value means."""
        problem, text = reply["problem"], str(reply.get("text", ""))
        if problem == "unsendable":
            return StudentFailure(
                "failed",
                f"`{function}` returned {text[:200]}; expected numbers, arrays or text.",
                "",
            )
        if problem == "missing":
            for number, cell in enumerate(self._cells):
                if cell.name != function:
                    continue
                if lost := self._lost_cells.get(number):
                    return lost
                if raised := self._raised.get(number):
                    return StudentFailure("error", EXPLANATIONS["error"], raised)
            return StudentFailure("missing", EXPLANATIONS["missing"], text)
        return StudentFailure("error", EXPLANATIONS["error"], _told(reply))

    def _start(self) -> WorkerProcess:
        """A fresh worker in which the cells have run."""
        while True:
            self._check_lost_cells()
            worker = self._sandbox.spawn(
                self._budget.of_worker(), self._libraries | self._for_checks
            )
            lost = self._run_cells(worker)
            if lost is None:
                self._worker = worker
                return worker

    def _run_cells(self, worker: WorkerProcess) -> StudentFailure | None:
        """Run the cells; a cell that ends the worker is left out from then on."""
        limits = self._budget.limits
        begin = {
            "do": "begin",
            "imports": list(self._imports),
            "seed": _worker_seed(self._seed),
        }
        left = [n for n in range(len(self._cells)) if n not in self._lost_cells]
        together = (
            self._cells_together and sum(len(self._cells[n].source) for n in left) <= MAX_TOGETHER
        )
        if not together:
            try:
                worker.request(begin, cpu=limits.cell_cpu, wall=limits.cell_wall)
            except WorkerLostError as error:  # no code of the student has run yet
                raise SandboxError(f"the worker does not start: {error.detail}") from None
        group: list[int] = []
        try:
            for group in [left] if together else [[number] for number in left]:
                self._run_group(worker, group, ahead=[begin] if together else [])
            if self._lent:
                lend = {"do": "lend", "functions": list(self._lent)}
                wall = self._budget.wall(limits.cell_wall)
                worker.request(lend, cpu=limits.cell_cpu, wall=wall)
        except WorkerLostError as error:
            failure = self._lost(worker, error)
            if together:
                self._cells_together = False  # one by one it will be seen which cell it was
            else:
                self._lost_cells.update(dict.fromkeys(group, failure))
                self._lost_starts.append(failure)
            return failure
        return None

    def _run_group(
        self, worker: WorkerProcess, group: list[int], *, ahead: list[dict[str, Any]]
    ) -> None:
        """Run cells by one request, after what is asked `ahead` of them.

        Several are ended early, since one by one they have the whole time. Each cell that was lost leaves
        less of it to those that have not run yet, so that a few slow ones do not take all.
        """
        limits = self._budget.limits
        cpu, wall = limits.cell_cpu, limits.cell_wall
        if len(group) > 1:
            cpu, wall = min(cpu, TOGETHER_CPU), min(wall, TOGETHER_WALL)
        elif self._lost_starts and not self._ran.issuperset(group):
            cpu, wall = (limit / (1 + len(self._lost_starts)) for limit in (cpu, wall))
        requests = [{"do": "cell", **vars(self._cells[number])} for number in group]
        wall = self._budget.wall(wall)
        replies = worker.request_all([*ahead, *requests], cpu=cpu, wall=wall)
        self._ran.update(group)
        for number, reply in zip(group, replies[len(ahead) :], strict=True):
            name = self._cells[number].name
            if "problem" in reply:
                self._raised[number] = _told(reply)
            if reply.get("resumed") is True and name not in self.resumed:
                self.resumed += (name,)

    def _check_lost_cells(self) -> None:
        """Raises StudentFailure if no further worker may be started."""
        self._budget.require()
        self.starved = len(self._lost_starts) > MAX_LOST_CELLS
        if self.starved:
            raise self._lost_starts[-1]

    def _lost(self, worker: WorkerProcess, error: WorkerLostError) -> StudentFailure:
        """Account for a worker that was lost; returns the student's failure that it was."""
        self.has_lost_workers = True
        self._account_for(worker)
        detail = error.detail
        if error.outcome == "timeout" and self._budget.used_up:
            detail = USED_UP  # and not what was left, which is another number each time
        return StudentFailure(error.outcome, EXPLANATIONS[error.outcome], detail)

    def _account_for(self, worker: WorkerProcess) -> None:
        worker.end()
        self._budget.account_for(worker.cpu + worker.lent)
        self._worker = None


def _libraries(cells: tuple[RunnableCell, ...], imports: tuple[str, ...]) -> set[str]:
    """Those of the worker's LIBRARIES that the assignment lists, or that its locked cells import."""
    given = "\n".join(cell.source for cell in cells if cell.mode == "given")
    found = {"scipy"} if "scipy" in (*imports, *imported_libraries(given)) else set()
    return found | ({"trainings"} if "glm2mlp.trainings" in given else set())


def _question(asked: Asked) -> object:
    """What two calls have in common that are one: all without arguments; otherwise nothing."""
    if asked.args or asked.kwargs:
        return id(asked)
    return asked.function, asked.after


def _worker_seed(seed: int) -> int:
    """Of the worker's own random streams: it tells nothing of the seed of the hidden inputs."""
    return int.from_bytes(hashlib.sha256(f"worker {seed}".encode()).digest()[:4])


def _is_shaped_like(
    then: tuple[Any, Any, Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> bool:
    """Whether what a worker says of the arguments after a call could be those of the call."""
    values, keywords, draws = then
    return (
        type(values) is tuple
        and len(values) == len(args)
        and type(keywords) is dict
        and keywords.keys() == kwargs.keys()
        and type(draws) is tuple
    )


def _told(reply: dict[str, Any]) -> str:
    """What the student's code said of its error, for instructors."""
    line = f" (line {reply['line']})" if isinstance(reply.get("line"), int) else ""
    return f"{reply.get('type')}: {reply.get('text')}"[:600] + line


class Side:
    """The functions of one side as attributes: `student.softmax(Z)`, `reference.softmax(Z)`.

    `call` gives more than the value: the arguments as they are afterwards, and the next random draws.
    """

    def __init__(self, call: Callable[..., Call]) -> None:
        self._call = call

    def __getattr__(self, function: str) -> Callable[..., Any]:
        if function.startswith("_"):
            raise AttributeError(function)
        return lambda *args, **kwargs: self._call(function, args, kwargs, after=False).value

    def call(self, function: str, *args: Any, **kwargs: Any) -> Call:
        """Call `function` and return what it returned and what it did to its arguments."""
        return self._call(function, args, kwargs, after=True)
