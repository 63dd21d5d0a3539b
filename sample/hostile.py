"""Stories of hostile students: bounded, and harmless to a machine without a sandbox, too. Trusted side.

Nothing is deleted, nobody is signalled. The attacks that are answers stand in `answers/*/mallory.py` and
`answers/*/xenia.py`.
"""

from sample.submitted import LOGISTIC, SOFTMAX, Submitted


def linked(submitted: Submitted) -> None:
    """A link to a neighbour's notebook in place of an own one."""
    submitted.links[submitted.name] = f"../../s01_ada/{LOGISTIC}/{submitted.name}"


def linked_folder(submitted: Submitted) -> None:
    """A link to a neighbour's folder in place of an own one."""
    submitted.link = f"../s01_ada/{submitted.assignment}"


VANDALISM = {
    "leave the process at once": "os._exit(1)",
    "a flood of output": 'for _ in range(100):\n    print("x" * 1_000_000)',
    "processes, a bounded number": (
        "for _ in range(20):\n"
        "    try:\n"
        "        child = os.fork()\n"
        "    except OSError:\n"
        "        break\n"
        "    if child == 0:\n"
        "        os._exit(0)"
    ),
    "a full disk, within reason": (
        "for number in range(80):\n"
        '    with open(f"rubbish_{number}", "wb") as file:\n'
        "        file.write(bytes(1_000_000))"
    ),
    "all memory": "hoard = [np.zeros(1 << 30) for _ in range(8)]",
}


def vandal(submitted: Submitted) -> None:
    """Right answers; the cells between them attack the grader and the machine."""
    notebook = submitted.notebook
    submitted.fill("loops")
    for meant, source in reversed(VANDALISM.items()):
        notebook.add(f"# {meant}\nimport os\n\n{source}", after="imports")
    submitted.save()


def saboteur(submitted: Submitted) -> None:
    """Patches what tests might use, tells the grader that all is well, and attacks in each answer."""
    submitted.fill("mallory")
    submitted.notebook.add(
        "import builtins, os, socket, sys\n"
        "import numpy.testing\n\n"
        "numpy.testing.assert_allclose = lambda *args, **kwargs: None\n"
        "numpy.testing.assert_array_equal = lambda *args, **kwargs: None\n"
        "np.allclose = np.array_equal = lambda *args, **kwargs: True\n"
        "builtins.all = lambda items: True\n"
        "for descriptor in (1, 2):\n"
        '    os.write(descriptor, b"15 passed in 0.01s\\n")',
        after="imports",
    )
    submitted.save()


def impostor(submitted: Submitted) -> None:
    """Returns things that agree with everything, and looks for the reference and the tests."""
    submitted.fill("mallory")
    submitted.notebook.add(
        "import gc, importlib, os, stat, sys\n\n\n"
        "def find_reference():\n"
        '    for name in ("solutions", "hidden"):\n'
        "        try:\n"
        f'            return importlib.import_module(f"{{name}}.{SOFTMAX}")\n'
        "        except ImportError:\n"
        "            pass\n"
        "    for folder in sys.path:\n"
        "        try:\n"
        f'            with open(os.path.join(folder, "solutions", "{SOFTMAX}.py")) as file:\n'
        '                exec(file.read(), found := {"__name__": "found"})\n'
        '                return type("Found", (), found)\n'
        "        except OSError:\n"
        "            pass\n"
        "    return None",
        after="imports",
    )
    submitted.save()


MEDDLING = {
    "threads that shout on": (
        "def shout():\n"
        "    for _ in range(20):\n"
        '        os.write(1, b"22 points\\n")\n'
        "        time.sleep(0.05)\n\n\n"
        "for _ in range(10):\n"
        "    threading.Thread(target=shout, daemon=True).start()"
    ),
    "deaf to signals": (
        "for number in range(1, 32):\n"
        "    try:\n"
        "        signal.signal(number, signal.SIG_IGN)\n"
        "    except (OSError, ValueError):\n"
        "        pass"
    ),
    "no way back to the grader": "os.closerange(0, 256)",
    "out at the next function": "sys.settrace(lambda *event: os._exit(0))",
    "replies of another kind": 'json.dumps = lambda *args, **kwargs: "[[], []]"',
}


def meddler(submitted: Submitted) -> None:
    """Right answers; the cells between them meddle with the process that runs them."""
    submitted.fill("plain")
    for meant, source in reversed(MEDDLING.items()):
        imports = "import json, os, signal, sys, threading, time"
        submitted.notebook.add(f"# {meant}\n{imports}\n\n{source}", after="imports")
    submitted.save()
