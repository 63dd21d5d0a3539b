"""Using up what a machine has. Right answers besides: what must hold is that everybody else is graded."""

from dataclasses import replace
from functools import partial

from attack import Attack, everywhere
from engine_kit import FORGE, ROOMY, TIGHT

exhausting = partial(Attack, "exhaustion", vandal=True)
# What is bounded by memory needs the time to fill it, where the machine is busy.
FILLING = replace(ROOMY, cell_cpu=3.0, call_cpu=3.0, submission_cpu=20.0)
SLEEPING = replace(TIGHT, cell_wall=1.0, call_wall=1.0, submission_wall=8.0)


def filling(tries: str, cell: str) -> Attack:
    return exhausting(tries, (cell,), limits=FILLING)


ATTACKS = (
    exhausting("CPU, in a cell", ("while True: pass",)),
    exhausting("CPU, in every call", answers=everywhere("while True: pass")),
    exhausting("CPU, in C, where no signal is looked at", ("pow(3, 10**10)",)),
    exhausting("CPU, in a regular expression", ("import re\nre.match('(a+)+$', 'a' * 60 + 'b')",)),
    exhausting(
        "CPU, in the text of an error",
        ("class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E",),
    ),
    exhausting(
        "CPU, when it is told to end",
        ("import signal\nsignal.signal(signal.SIGXCPU, lambda *_: None)\nwhile True: pass",),
    ),
    exhausting("time, asleep in a cell", ("import time\ntime.sleep(600)",), limits=SLEEPING),
    exhausting(
        "time, asleep in every call",
        answers=everywhere("time.sleep(600)"),
        limits=SLEEPING,
    ),
    exhausting("time, waiting for input", ("input('?')",)),
    filling("memory, at once", "x = bytearray(1 << 40)"),
    filling("memory, bit by bit", "x = []\nwhile True: x.append(bytearray(10**6))"),
    filling(
        "memory, mapped",
        "import mmap\nx = [mmap.mmap(-1, 1 << 28) for _ in range(64)]\n"
        "for m in x: m.write(b'1' * (1 << 28))",
    ),
    filling("memory, in an integer", "x = 1 << (1 << 36)"),
    filling("memory, in a text", "x = 'x'\nwhile True: x += x"),
    exhausting(
        "processes",
        (
            "import os\nfor _ in range(50):\n    try:\n        if os.fork() == 0: os._exit(0)\n"
            "    except OSError: pass",
        ),
    ),
    exhausting(
        "threads",
        (
            "import threading, time\nfor _ in range(50):\n"
            "    try: threading.Thread(target=time.sleep, args=(1,)).start()\n    except RuntimeError: pass",
        ),
    ),
    exhausting(
        "descriptors", ("import os\nx = [os.open('/dev/null', 0) for _ in range(100_000)]",)
    ),
    exhausting(
        "disk", ("with open('x', 'wb') as file:\n    while True: file.write(bytes(1 << 20))",)
    ),
    exhausting("names of files", ("for n in range(100_000): open(f'{n}', 'w').close()",)),
    exhausting("output", ("for _ in range(200): print('x' * 1_000_000)",)),
    exhausting(
        "output, past Python", ("import os\nfor _ in range(200): os.write(1, b'x' * 1_000_000)",)
    ),
    exhausting(
        "warnings",
        (
            "import warnings\nwarnings.simplefilter('always')\nfor n in range(20_000): warnings.warn(str(n))",
        ),
    ),
    exhausting(
        "recursion", ("import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()",)
    ),
    exhausting("the compiler, by depth", ("x = " + "(" * 5000 + "1" + ")" * 5000,)),
    exhausting("the compiler, by length", ("x = " + "+".join(["1"] * 50_000),)),
    exhausting("the compiler, by minus signs", ("x = " + "-" * 50_000 + "1",)),
    exhausting("IPython's input transformer", ("%%capture\n" + "!x = (\\\n" * 3000,)),
    exhausting("frames that are too large", answers=everywhere("return np.zeros(10**7)")),
    exhausting("frames of many small things", answers=everywhere("return [0.123456789] * 100_000")),
    exhausting(
        "one zero, seen a thousand million times",
        answers=everywhere("return np.broadcast_to(0.0, (1 << 15, 1 << 15))"),
    ),
    exhausting(
        "formulas that take long to compare",
        (FORGE,),
        {
            "derive_softmax_gradient": "def derive_softmax_gradient():\n"
            "    z = ['Symbol', 'z_0']\n"
            "    base = ['Add', ['Abs', z], ['Integer', 1]]\n"
            "    powers = [['Pow', base, ['Rational', k + 1, 997]] for k in range(240)]\n"
            "    line = ['Add', *[['Mul', ['Integer', 0], power] for power in powers]]\n"
            "    slope = ['Derivative', ['Derivative', line, z], z]\n"
            "    send({'id': 'ID', 'value': ['l', *[['e', each] for each in (line, slope, line)]]})"
        },
    ),
    exhausting("a list that holds itself", answers=everywhere("x = []\nx.append(x)\nreturn x")),
    exhausting(
        "a list of ten thousand levels",
        answers=everywhere("x = []\nfor _ in range(10_000): x = [x]\nreturn x"),
    ),
    exhausting("errors of a megabyte", answers=everywhere("raise ValueError('x' * 10**6)")),
    exhausting("a worker for every call", answers=everywhere("os._exit(1)")),
    exhausting("a worker for every cell", tuple(["import os\nos._exit(1)"] * 12)),
    exhausting("two thousand cells", tuple(["x = 1"] * 2000)),
    exhausting(
        "answers that drip in",
        (FORGE,),
        everywhere("while True:\n    worker()[0].channel.sendall(b'\\0')\n    time.sleep(0.01)"),
        limits=SLEEPING,
    ),
    exhausting(
        "loans that nobody granted",
        (
            FORGE,
            "def ask():\n    me, number = worker()\n"
            "    loan = {'id': number, 'loan': 'softmax', 'args': ['t'], 'kwargs': {}}\n"
            "    header = json.dumps([[loan], []]).encode()\n"
            "    while True:\n"
            "        me.channel.sendall(struct.pack('!IQ', len(header), 0) + header)\n"
            "        me.receive()",
        ),
        everywhere("ask()"),
    ),
    exhausting(
        "large replies, if all of them are kept",
        answers=everywhere("return np.zeros(3 * 10**6)"),
        limits=FILLING,
    ),
    exhausting(
        "a long text among many short ones, if they become an array",
        answers=everywhere("return ['x' * 10**5] + ['a'] * 10_000"),
    ),
    exhausting(
        "a frame of a gigabyte",
        (FORGE,),
        everywhere(
            "me, number = worker()\n"
            "me.channel.sendall(struct.pack('!IQ', 4, 1 << 30) + b'null')\n"
            "for _ in range(1 << 10): me.channel.sendall(bytes(1 << 20))"
        ),
        limits=FILLING,
    ),
    exhausting(
        "a header of ten million lists",
        (FORGE,),
        everywhere(
            "me, number = worker()\n"
            "header = b'[[' + b'[],' * 10**7 + b'[]], []]'\n"
            "me.channel.sendall(struct.pack('!IQ', len(header), 0) + header)"
        ),
        limits=FILLING,
    ),
    exhausting(
        "disk, in files that are small enough",
        ("for n in range(40):\n    with open(f'{n}', 'wb') as file: file.write(bytes(8 << 20))",),
    ),
)
