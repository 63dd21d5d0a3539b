"""Holding the grader longer than a submission may, mostly asleep. Right answers besides."""

from dataclasses import replace
from functools import partial

from attack import Attack, everywhere
from engine_kit import TIGHT

wasting = partial(
    Attack,
    "time",
    vandal=True,
    limits=replace(TIGHT, cell_wall=1.0, call_wall=1.0, submission_wall=8.0),
)
WRONG = "def softmax(Z):\n    return Z"

ATTACKS = (
    wasting("forty cells that sleep", tuple(["import time\ntime.sleep(600)"] * 40)),
    wasting("forty cells that sleep almost as long as they may", tuple(["time.sleep(0.9)"] * 40)),
    wasting("calls that sleep almost as long as they may", answers=everywhere("time.sleep(0.9)")),
    wasting(
        "a value that sleeps when it is written down",
        (
            "class Slow(list):\n    def __iter__(self):\n        time.sleep(600)\n"
            "    __len__ = __getitem__ = __iter__",
        ),
        everywhere("return Slow([1.0])"),
    ),
    wasting(
        "an error that sleeps when it is told",
        ("class E(Exception):\n    def __str__(self):\n        time.sleep(600)",),
        everywhere("raise E"),
    ),
    wasting(
        "objects that sleep when they go",
        ("class Last:\n    def __del__(self):\n        time.sleep(600)",),
        everywhere("Last()\nreturn 0.0"),
    ),
    wasting(
        "sleep at the exit", ("import atexit\natexit.register(time.sleep, 600)\nraise SystemExit",)
    ),
    wasting(
        "slow cells that run again after every crash",
        tuple(["time.sleep(0.2)"] * 10),
        everywhere("os._exit(1)"),
    ),
    wasting(
        "sleep only where the checks run",
        ("import inspect",),
        everywhere(
            "frames = [f.filename for f in inspect.stack()]\n"
            "if any('checks' in name for name in frames): time.sleep(600)\nreturn None"
        ),
    ),
    wasting(
        "sleep between loans",
        (),
        {
            "softmax": WRONG,
            "log_softmax": "def log_softmax(Z):\n"
            "    while True:\n        softmax(Z)\n        time.sleep(0.1)",
        },
    ),
    wasting(
        "a formula that takes long to compare, in every line",
        (),
        {
            "derive_softmax_gradient": "def derive_softmax_gradient():\n"
            "    line = sum((exp(z[0] + k) ** (z[1] + k) for k in range(300)), z[2])\n"
            "    return [Derivative(line, z[0])] * 40"
        },
    ),
)
