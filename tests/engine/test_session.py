"""A session with a hostile worker: lost ones are replaced, and lies are failures of the student at most."""

import os
from dataclasses import replace
from functools import partial

import pytest
from engine_kit import FORGE, ROOMY, TIGHT, wait_for_the_end_of, zygote_below
from thinning import slow

from autograder.grading.budget import Budget
from autograder.grading.side_by_side import ask, side_by_side
from autograder.grading.student import MAX_TOGETHER, Asked, StudentSession
from autograder.outcomes import StudentFailure
from autograder.reading.submission import RunnableCell
from autograder.sandbox.host import WorkerLostError, WorkerProcess
from autograder.sandbox.terms import SandboxError

pytestmark = pytest.mark.timeout(60)  # a session that goes round for ever is what these look for


@pytest.fixture
def session(sandbox):
    """Makes sessions of cells that stand beside the answers."""
    sessions = []

    def session(*sources, limits=ROOMY):
        cells = tuple(RunnableCell(f"cell {i}", "other", s) for i, s in enumerate(sources))
        sessions.append(StudentSession(sandbox, cells, ("numpy",), Budget(limits), seed=3))
        return sessions[-1]

    yield session
    for one in sessions:
        one.close()


def failure(session, function="f", *args) -> StudentFailure:
    with pytest.raises(StudentFailure) as caught:
        session.call(function, args, {}, after=True)
    return caught.value


def spawned_by(sandbox, monkeypatch) -> list[object]:
    """Grows by one with each worker."""
    spawned: list[object] = []
    spawn = sandbox.spawn
    monkeypatch.setattr(sandbox, "spawn", lambda *what: spawned.append(1) or spawn(*what))
    return spawned


def test_time_of_all_workers_of_an_attempt_adds_up():
    budget = Budget(replace(ROOMY, submission_cpu=10.0))
    budget.account_for(4.0)
    budget.account_for(5.0)
    assert budget.of_worker().submission_cpu == 1.0
    budget.require()

    budget.account_for(2.0)
    assert budget.of_worker().submission_cpu == 0.0
    with pytest.raises(StudentFailure) as caught:
        budget.require()
    assert caught.value.outcome == "timeout"

    budget.begin_attempt()
    budget.require()


def test_lost_worker_is_replaced_and_the_cells_run_again(session):
    one = session("import os\nx = 5", "def die(): os._exit(3)\ndef f(): return x")

    assert failure(one, "die").outcome == "crashed"
    assert one.call("f", (), {}, after=False).value == 5


def test_an_exercise_loses_a_bounded_number_of_workers(session, sandbox, monkeypatch):
    one = session("import os\ndef f(): os._exit(3)")
    spawned = spawned_by(sandbox, monkeypatch)

    outcomes = [failure(one).outcome for _ in range(10)]

    assert outcomes == ["crashed"] * 10
    assert len(spawned) == 2


def test_cells_lose_a_bounded_number_of_workers(session, sandbox, monkeypatch):
    # Whether a cell ends its worker or the one after it, by an answer in advance.
    early = session("import os", *["os._exit(3)"] * 20)
    late = session(FORGE, "send({'id': 'ID'})", "def f(): return 1")
    spawned = spawned_by(sandbox, monkeypatch)

    assert failure(early).outcome == "crashed"
    assert failure(late).outcome == "crashed"
    assert len(spawned) < 20


def ends(session, *asked) -> list[object]:
    """How functions end that ask for these calls, each for one: the values, or the outcomes of failures."""

    def asking(name, *args):
        try:
            return ask(Asked(name, tuple(args), {}, after=False)).value
        except StudentFailure as failure:
            return failure.outcome

    def call(one):
        return session.call(one.function, one.args, one.kwargs, after=one.after)

    return side_by_side([partial(asking, *each) for each in asked], session.call_all, call)


def test_calls_asked_for_at_once_are_made_in_their_order_by_one_worker(
    session, sandbox, monkeypatch
):
    one = session("seen = []", "def f(x):\n    seen.append(x)\n    return seen")
    spawned = spawned_by(sandbox, monkeypatch)

    # Each value is what it was then, though it is one list that grows.
    assert ends(one, ("f", 1), ("f", 2), ("f", 3)) == [[1], [1, 2], [1, 2, 3]]
    assert len(spawned) == 1


@pytest.mark.parametrize(
    ("f", "outcome"),
    [
        ("os._exit(3)", "crashed"),
        ("time.sleep(100)", "timeout"),
        ("while True: pass", "timeout"),
        ("1 / 0", "error"),
        ("return object()", "failed"),
        ("return np.ones(10**9)", "memory"),
    ],
)
def test_a_call_that_fails_leaves_those_asked_for_with_it_alone(session, f, outcome):
    imports = "import os, time\nimport numpy as np"
    limits = replace(TIGHT, call_wall=2.0) if "sleep" in f else TIGHT
    one = session(imports, f"def f():\n    {f}", "def g(x): return x", limits=limits)

    ended = ends(one, ("g", 1), ("f",), ("g", 2))
    assert ended == [1, outcome, 2 if outcome != "timeout" else outcome]
    one.begin_exercise(among_given=False)
    assert ends(one, ("g", 3), ("g", 4)) == [3, 4]


def test_what_is_asked_for_twice_without_arguments_is_called_once(session):
    one = session("seen = []", "def f(x=0):\n    seen.append(x)\n    return len(seen)")

    assert ends(one, ("f",), ("f", 0), ("f",), ("f", 0)) == [1, 2, 1, 3]
    assert ends(one, ("f",), ("f",)) == [4, 4]


def test_a_function_that_answers_two_exercises_is_lent_as_one_of_them_only(session):
    one = session("def f(): return 1", "g = f", "TABLE = [f]\ndef h(): return TABLE[0]()")
    other = session("def f(): return 1", "TABLE = [f]\ndef h(): return TABLE[0]()")
    for each in (one, other):
        each.lend(("f",), lambda *_: 2)

    assert [one.call(name, (), {}, after=False).value for name in "fgh"] == [2, 1, 1]
    assert [other.call(name, (), {}, after=False).value for name in "fh"] == [2, 2]


def test_values_that_are_too_large_together_come_one_by_one(session):
    one = session("import numpy as np\ndef f(x): return np.ones(5 * 10**6)", limits=ROOMY)

    values = ends(one, ("f", 1), ("f", 2))

    assert [value.shape for value in values] == [(5 * 10**6,)] * 2


def test_a_cell_that_ends_the_worker_is_left_out_and_the_others_run(session):
    one = session("import os", "x = 1", "os._exit(3)", "x += 1", "def f(): return x")

    assert one.call("f", (), {}, after=False).value == 2


@slow
def test_a_slow_cell_has_its_own_time_limit(session):
    busy = "import time\nend = time.process_time() + 2.5\nwhile time.process_time() < end: pass"
    one = session(busy, "def f(): return 1", limits=replace(ROOMY, cell_cpu=30.0))

    assert one.call("f", (), {}, after=False).value == 1


def test_how_a_process_ended_is_told(session):
    one = session("import os\ndef f(): os._exit(3)")

    assert failure(one).detail == "the process ended with exit code 3"


def test_time_of_a_submission_is_bounded_even_if_its_worker_lives_on(session):
    limits = replace(ROOMY, submission_wall=1.0)
    one = session("import time\ndef f(): time.sleep(0.02)", limits=limits)

    ended = {earned(one, "f") for _ in range(100)}
    assert "timeout" in ended
    assert earned(one, "f") == "timeout"


@pytest.fixture
def waited_for(monkeypatch):
    """The seconds of wall clock that each request may take, as they are made."""
    walls = []
    request_all = WorkerProcess.request_all

    def asked(self, messages, *, wall, **others):
        walls.append(wall)
        return request_all(self, messages, wall=wall, **others)

    monkeypatch.setattr(WorkerProcess, "request_all", asked)
    return walls


LONG = f"# {'x' * (MAX_TOGETHER // 20)}\n"  # too long to run together with others


def test_cells_that_sleep_share_the_time_of_the_submission(session, waited_for):
    asleep = f"{LONG}import time\ntime.sleep(0.2)"
    limits = replace(ROOMY, submission_wall=1.0)
    one = session(*[asleep] * 40, "def f(): return 1", limits=limits)

    assert failure(one).outcome == "timeout"
    begins, *cells = waited_for
    assert begins == limits.cell_wall  # no code of the student runs in it
    assert len(cells) < 40
    assert cells == sorted(cells, reverse=True)
    assert max(cells) <= 1.0


def test_a_worker_that_is_replaced_does_not_get_the_time_again(session, waited_for):
    asleep = f"{LONG}import os, time\ntime.sleep(0.2)"
    limits = replace(ROOMY, submission_wall=2.0)
    one = session(*[asleep] * 20, "def f(): os._exit(1)", limits=limits)

    outcomes = []
    for _ in range(20):
        one.begin_exercise(among_given=False)
        outcomes.append(failure(one).outcome)
    assert outcomes[-1] == "timeout"
    own = [wall for wall in waited_for if wall != limits.cell_wall]
    assert max(own) <= 2.0
    assert len(own) < 20 * 20


def test_loans_share_the_time_of_the_submission(session, waited_for):
    calls = "import time\ndef f(): return 1\ndef g():\n    while True: time.sleep(0.01); f()"
    one = session(calls, limits=replace(ROOMY, submission_wall=0.5))
    one.lend(("f",), lambda *_: 2)

    assert failure(one, "g").outcome == "timeout"
    assert failure(one, "g").outcome == "timeout"
    assert max(waited_for) <= 0.5


def test_end_of_a_zygote_is_not_the_end_of_the_batch(session, sandbox):
    # A SandboxError from here would say that this host has no sandbox at all.
    one = session("def f(): return 1")
    assert earned(one, "f") == 1
    zygote = zygote_below(sandbox._process.pid)
    os.kill(zygote, 9)
    wait_for_the_end_of(zygote)

    one.close()

    assert earned(session("def f(): return 2"), "f") == 2


class NoWorker:
    """A sandbox whose workers end before they have seen any code of a student."""

    def __init__(self) -> None:
        self.spawned = 0

    def spawn(self, limits, libraries):
        self.spawned += 1
        if self.spawned > 20:
            raise RuntimeError("it is asked again and again")
        return self

    cpu = lent = 0.0

    def request(self, messages, *, cpu, wall):
        raise WorkerLostError("crashed", "the process ended with exit code 70")

    request_all = request

    def end(self):
        return {}


def test_worker_that_does_not_start_is_a_fault_of_ours():
    cells = (RunnableCell("f", "answer", "def f(): return 1"),)
    session = StudentSession(NoWorker(), cells, ("numpy",), Budget(ROOMY), seed=3)

    with pytest.raises(SandboxError):
        session.call("f", (), {}, after=False)


FORGED = {
    "an array as id": "send({'id': PAIR, 'value': 1}, bytes(16))",
    "an array as problem": "send({'id': 'ID', 'problem': PAIR, 'text': ''}, bytes(16))",
    "an array as text": "send({'id': 'ID', 'problem': 'error', 'text': PAIR, 'type': []}, bytes(16))",
    "an array as line": "send({'id': 'ID', 'problem': 'error', 'text': '', 'line': PAIR}, bytes(16))",
    "an expression as text": "send({'id': 'ID', 'problem': 'unsendable', 'text': ['e', deep(900)]})",
    "another's id": "send({'id': 10**6, 'value': 1})",
    "no id": "send({'value': 1})",
    "a list": "send(['l', 1])",
    "a number": "send(1)",
    "nothing": "send(None)",
    "no value": "send({'id': 'ID'})",
    "a value alone": "send({'id': 'ID', 'value': 1})",
    "draws that are none": "send({'id': 'ID', 'value': 1, 'args': ['t'], 'kwargs': {}, 'draws': 3})",
    "arguments that are none": "send({'id': 'ID', 'value': 1, 'args': 1, 'kwargs': 2, 'draws': 3})",
    "no replies": "send_all([])",
    "replies that are no list": "send_all({'0': {'id': 'ID', 'value': 1}})",
    "arrays as replies": "send_all([PAIR, ['a', 1, '<i8', [2]]], bytes(16), bytes(16))",
    "replies with one array": "send_all(numbered(problem=PAIR), bytes(16))",
    "replies with numbers": "send_all(numbered(problem=3))",
    "replies to other requests": "send_all([{'id': 7, 'value': 1}] * 2)",
    "a reply twice": "send_all([{'id': 'ID', 'value': 1}] * 2)",
    "replies in another order": "send_all(numbered(value=1)[::-1])",
    "replies within a reply": "send(['l', *numbered(value=1)])",
    "replies in advance": "send_all(numbered(value=1))",
    "loans among replies": "send_all(numbered(loan='f', args=['t'], kwargs={}))",
    "more replies than requests": "send_all([{'id': worker()[1] + n} for n in range(1000)])",
    "half of a frame of replies": "raw(framed(numbered(value=1))[:-1])",
    "more behind the replies": "raw(framed(numbered(value=1)) + b'x')",
    "an enormous frame": "raw(struct.pack('!IQ', 2**32 - 1, 2**63))",
    "half a prefix": "raw(b'x' * 3)",
    "half a frame": "raw(struct.pack('!IQ', 1000, 0) + b'[')",
    "nonsense": "raw(os.urandom(4096))",
    "a buffer a thousand times": "send({'id': 'ID', 'value': ['l', *[['a', 0, '|b1', [1 << 20]]] * 1000]},"
    " bytes(1 << 20))",
    "a pickle": "raw(struct.pack('!IQ', 9, 0) + b'cos\\nsystem')",
}


# What a student's code may earn by that; another exception would be taken for a fault of ours.
EARNED = (1, None, "crashed", "error", "failed", "timeout", "memory")


def earned(session, function) -> object:
    """The value of a call, or the outcome of its failure."""
    try:
        return session.call(function, (), {}, after=True).value
    except StudentFailure as error:
        return error.outcome


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_forged_replies_to_several_calls_are_at_most_failures_of_the_student(session, forged):
    one = session(FORGE, f"def f(x=0):\n    {forged}")

    for ended in one.call_all([Asked("f", (x,), {}, after=True) for x in (1, 2)]) or ():
        assert getattr(ended, "outcome", getattr(ended, "value", None)) in EARNED
    assert earned(one, "f") in EARNED


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_forged_reply_is_at_most_a_failure_of_the_student(session, forged):
    one = session(FORGE, f"def f():\n    {forged}", "def g():\n    return 1")

    assert earned(one, "f") in EARNED
    assert earned(one, "g") in EARNED
    assert earned(one, "g") == 1


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_forged_reply_to_a_cell_is_at_most_a_failure_of_the_student(session, forged):
    one = session(FORGE, forged, "def f():\n    return 1")

    assert earned(one, "f") in EARNED


def test_forged_reply_that_drips_in_is_a_timeout(session):
    drip = "def f():\n    while True:\n        worker()[0].channel.sendall(b'\\0')"

    assert failure(session(FORGE, drip, limits=TIGHT)).outcome in ("timeout", "crashed")


SABOTAGE = {
    "no builtins": "import builtins\nbuiltins.__dict__.clear()",
    "no modules": "import sys\nsys.modules.clear()",
    "no json": "import json\njson.dumps = None",
    "no numpy": "import numpy as np\nfor name in list(vars(np)): delattr(np, name)",
    "no isinstance": "import builtins\nbuiltins.isinstance = lambda *_: True",
    "no recursion": "import sys\nsys.setrecursionlimit(60)",
    "a trace": "import sys\nsys.settrace(lambda *_: 1 / 0)",
    "a worker that lies": "import sys\nsys.modules['autograder.worker.worker'].Worker.answer = lambda *_: 7",
    "a wire that lies": "import sys\nsys.modules['autograder.worker.wire'].dumps = lambda *_: [b'x']",
    "no channel": "import os\nos.closerange(3, 64)",
    "a channel to nowhere": "import os\nfor fd in range(3, 16): os.dup2(0, fd)",
    "every channel": """
import os
for fd in range(64):
    try: os.write(fd, b'{"id": 1}')
    except OSError: pass""",
    "an alarm": "import signal\nsignal.setitimer(signal.ITIMER_REAL, 1e-3)\nwhile True: pass",
    "a name that raises": """
class M(type):
    __name__ = property(lambda self: 1 / 0)
class E(Exception, metaclass=M): pass
raise E""",
    "a null pointer": "import ctypes\nctypes.string_at(0)",
    "an audit hook": "import sys\nsys.addaudithook(lambda *_: 1 / 0)",
}


@pytest.mark.parametrize("sabotage", SABOTAGE.values(), ids=SABOTAGE)
def test_sabotage_is_a_failure_of_the_student(session, sabotage):
    body = sabotage.replace("\n", "\n    ")

    one = session(f"def f():\n    {body}\n    return 1", "def g():\n    return 1")

    assert earned(one, "f") in EARNED
    assert earned(one, "g") in EARNED
