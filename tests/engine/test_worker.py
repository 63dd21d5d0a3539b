"""The worker: cells run as in a notebook, calls give plain data, errors come back cut short."""

import ast

import numpy as np
import pytest

from autograder.worker.practice import CELLS
from autograder.worker.wire import SEED_OF_CALLS, Expression, Rng, Unsendable

FINE: dict[str, object] = {}

# Cells as in a notebook


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline",
        "%matplotlib widget",
        "%config InlineBackend.figure_format = 'retina'",
        "%load_ext autoreload\n%autoreload 2",
        "%load_ext unheard_of",
        "%pip install torch",
        "%unheard_of magic",
        "%timeit -n 1 -r 1 1 + 1",
        "%time 1 + 1",
        "%whos",
        "%cd ..",
        "!pip install torch",
        "lines = !ls -l\nassert list(lines) == []",
        "import numpy as np\nnp.ones?",
        "?len",
        "len??",
        "print('x'); display([1])",
        "exit",
        "quit()",
        "if __name__ == '__main__':\n    pass\nelse:\n    raise AssertionError",
        "async def three():\n    return 3\n\nassert await three() == 3",
        "x = 1;",
        "x: int = 1\nmatch x:\n    case 1: pass",
        "# only a comment",
        "",
    ],
    ids=repr,
)
def test_cell_of_a_notebook_ends_well(inside, source):
    assert inside.run(source + "\nafter = 1") == FINE
    assert inside.value("after") == 1


@pytest.mark.parametrize(
    "magic", ["%%time", "%%capture", "%%capture out\n# a comment", "%%timeit -n 1 -r 1"]
)
def test_cell_under_a_magic_runs(inside, magic):
    assert inside.run("seen = []\ndef see():\n    seen.append(1)") == FINE
    assert inside.run(f"{magic}\nsee()") == FINE

    assert inside.value("len(seen)") >= 1


def test_answer_under_a_magic_is_defined(inside):
    assert inside.run("%%time\ndef double(x):\n    return 2 * x", "answer") == FINE

    assert inside.call("double", 4)["value"] == 8


def test_megabytes_of_output_go_nowhere(inside):
    output = """
import os, sys
for _ in range(100):
    print("x" * 10**6)
    print("x", file=sys.stderr)
os.write(1, b"x")
"""

    assert inside.run(output) == FINE


def test_checks_say_nothing_while_grading(inside):
    assert (
        inside.value("(check('softmax'), check_all(), check(), check_all(verbose=True))")
        == (None,) * 4
    )


def test_waiting_for_input_is_an_error(inside):
    assert inside.run("input('your name?')")["type"] == "EOFError"


def test_waiting_for_an_event_is_an_error_not_a_hang(inside):
    assert inside.run("import asyncio\nawait asyncio.sleep(10)")["type"] == "RuntimeError"


def test_what_a_cell_did_before_it_raised_stays_done(inside):
    reply = inside.run("a = 1\n\nb = 1 / 0\nc = 1")

    assert reply == {
        "problem": "error",
        "type": "ZeroDivisionError",
        "text": "division by zero",
        "line": 3,
    }
    assert inside.value("(a, 'b' in globals(), c)") == (1, False, 1)


@pytest.mark.parametrize(
    "source",
    [
        "def f(:",
        "  x = 1\n y = 2",
        "x = \0",
        "return 1",
        "(" * 300,
        "x = 'never ends",
        "%%time\ndef f(:",
        "\x1b[0m",
    ],
    ids=repr,
)
def test_cell_that_cannot_be_compiled_is_an_error(inside, source):
    assert inside.run(source)["problem"] == "error"
    assert inside.value("1") == 1


def test_of_what_was_practised_before_the_fork_nothing_is_left(inside):
    names = [
        name
        for cell in CELLS
        for node in ast.parse(cell).body
        for name in [getattr(node, "name", None), *(a.asname for a in getattr(node, "names", ()))]
        if name
    ]

    assert {"Clusters", "distances", "np"} <= set(names)
    assert inside.value(f"[n for n in {names} if n in globals()]") == []
    assert inside.value("'<practice>' in linecache.cache", setup="import linecache") is False


def test_random_streams_repeat(spawn):
    draw = "(np.random.rand(), random.random(), hash('text'))"

    assert spawn().value(draw, "import random, numpy as np") == spawn().value(
        draw, "import random, numpy as np"
    )


def test_random_streams_begin_anew_with_each_call(inside):
    inside.run("import random, numpy as np\nnp.random.seed(7)\nrandom.seed(7)")
    inside.run("draw = lambda: (np.random.rand(), random.random())")

    first, second = inside.call("draw"), inside.call("draw")

    assert first["value"] == second["value"]
    assert first["value"][0] == np.random.RandomState(SEED_OF_CALLS).rand()


# Imports

ALLOWED = [
    "import numpy as np\nnp.linalg.norm([1]), np.fft.fft([1])",
    "from numpy import exp",
    "import numpy.polynomial.chebyshev",
    "import numpy.testing",
    "np = __import__('numpy')",
    "from __future__ import annotations",
    "import math, json, statistics, importlib.util, xml.etree.ElementTree",
    "import importlib\nimportlib.import_module('numpy.linalg').norm([1])",
    "import importlib\nimportlib.import_module('.linalg', 'numpy').norm([1])",
]
REFUSED = [
    "import scipy",
    "import scipy.special as s",
    "from scipy.special import softmax",
    "import numpy, sklearn",
    "from sklearn.linear_model import LogisticRegression",
    "from sympy import diff",
    "import glm2mlp.checks",
    "import autograder",
    "import pandas",
    "import matplotlib.pyplot as plt",
    "from IPython.display import Math",
    "import importlib\nimportlib.import_module('scipy.special')",
    "import importlib\nimportlib.import_module('IPython')",
    "import importlib\nimportlib.__import__('mpmath')",
    "__import__('scipy')",
    "exec('import scipy')",
    "exec('import IPython', {})",
    "eval('__import__(\"scipy\")')",
    "import sys\nimport importlib.util\nassert importlib.util.find_spec('sklearn')",
    "import runpy\nrunpy.run_module('scipy')",
    "%run -m scipy\nimport scipy",
]


@pytest.mark.parametrize("source", ALLOWED, ids=repr)
def test_answers_may_import_what_the_assignment_allows(inside, source):
    assert inside.run(source, "answer") == FINE


@pytest.mark.parametrize("mode", ["answer", "other"])
@pytest.mark.parametrize("source", REFUSED, ids=repr)
def test_libraries_that_would_answer_are_refused_by_name(inside, source, mode):
    reply = inside.run(source, mode)

    assert reply["type"] == "ImportError"
    assert "the answers of this assignment may import only: numpy; not " in reply["text"]


def test_imports_inside_a_function_are_refused_when_it_is_called(inside):
    assert inside.run("def f():\n    import scipy.special\n    return 1", "answer") == FINE

    assert inside.call("f")["type"] == "ImportError"


def test_missing_library_ends_only_its_cell(inside):
    assert inside.run("x = 1\nimport torch")["type"] == "ImportError"
    assert inside.value("x") == 1


def test_locked_cells_import_what_they_need(inside):
    assert inside.run("from sympy import symbols, exp\nz = symbols('z')", "given") == FINE
    assert (
        inside.run("def slope():\n    return [exp(z).diff(z), exp(z).series(z, 0, 2)]", "answer")
        == FINE
    )

    assert (
        inside.call("slope")["problem"] == "unsendable"
    )  # a series has no tree, but it was computed


def test_allowed_imports_are_those_of_the_assignment(spawn):
    inside = spawn(imports=("numpy", "scipy"))

    assert inside.run("from scipy.special import expit", "answer") == FINE
    assert inside.run("import sklearn", "answer")["type"] == "ImportError"


# Calls


def test_arguments_and_values_cross(inside):
    inside.run("def f(a, *rest, **named):\n    return {'a': a, 'rest': rest, 'named': named}")

    value = inside.call("f", np.arange(3), 1.5, None, K=[True, b"x"])["value"]

    assert value["a"].tolist() == [0, 1, 2]
    assert value["rest"] == (1.5, None)
    assert value["named"] == {"K": [True, b"x"]}


def test_formulas_cross_as_trees(inside):
    inside.run("from sympy import symbols, exp\nz = symbols('z')", "given")
    inside.run("def f():\n    return [exp(z), 2]", "answer")

    assert inside.call("f")["value"] == [Expression(["exp", ["Symbol", "z"]]), 2]


def test_mutation_can_be_seen(inside):
    inside.run("def f(Z, *, W):\n    Z[0] = 7\n    W += 1\n    return None")
    Z, W = np.zeros(2), np.zeros(2)

    reply = inside.call("f", Z, W=W, after=True)

    assert reply["args"][0].tolist() == [7, 0]
    assert reply["kwargs"]["W"].tolist() == [1, 1]
    assert Z.tolist() == W.tolist() == [0, 0]
    assert "args" not in inside.call("f", Z, W=W)


@pytest.mark.parametrize("kind", ["Generator", "RandomState"])
def test_next_draws_of_a_generator_can_be_asked_for(inside, kind):
    inside.run("def f(rng, n):\n    return rng.permutation(n)")
    here = Rng(kind, 3).make()

    reply = inside.call("f", Rng(kind, 3), 5, after=True)

    assert reply["value"].tolist() == here.permutation(5).tolist()
    assert reply["draws"] == (here.uniform(),)
    assert reply["args"] == (None, 5)


@pytest.mark.parametrize("definition", ["", "f = 3", "f = None", "f = 'def f()'"])
def test_what_is_no_function_is_missing(inside, definition):
    inside.run(definition)

    assert inside.call("f")["problem"] == "missing"


@pytest.mark.parametrize(
    "definition", ["f = lambda x: x + 1", "class f:\n    def __new__(cls, x): return x + 1"]
)
def test_anything_that_can_be_called_is_a_function(inside, definition):
    inside.run(definition)

    assert inside.call("f", 1)["value"] == 2


def test_own_stub_is_missing_and_a_called_stub_is_an_error(inside):
    inside.run("def stub(x):\n    raise NotImplementedError('Replace this line')")
    inside.run("def caller(x):\n    return stub(x)")

    assert inside.call("stub", 1)["problem"] == "missing"
    assert inside.call("caller", 1)["problem"] == "error"


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("object()", "an object"),
        ("[Foo()]", "a list with a Foo in it"),
        ("{1: Foo()}", "a dict whose keys are not all text"),
        ("{1: 2}", "a dict whose keys are not all text"),
        ("{1, 2}", "a set"),
        ("(x for x in [1])", "a generator"),
        ("len", "a builtin_function_or_method"),
        ("np.array([Foo()])", "an array of dtype object"),
        ("np.zeros(10**7)", "too large"),
        ("symbols('z') > 1", "an expression that cannot be read"),
        ("10**400", "an integer of more than a thousand bits"),
    ],
    ids=str,
)
def test_what_may_not_cross_is_told(inside, expression, told):
    inside.run("import numpy as np\nfrom sympy import symbols\nclass Foo: pass", "given")
    inside.run(f"def f():\n    return {expression}")

    reply = inside.call("f")

    assert reply["problem"] == "unsendable"
    assert told in reply["text"]
    assert inside.value("1") == 1


def test_entries_of_a_dict_cross_beside_one_that_may_not(inside):
    inside.run("from sympy import Eq, exp, symbols\nz = symbols('z')", "given")
    inside.run(
        "def f():\n    return {'row': {'a': exp(z), 'b': lambda: z, 'c': Eq(z, 1)}, 'one': 1}"
    )

    value = inside.call("f")["value"]

    assert value["row"]["a"] == Expression(["exp", ["Symbol", "z"]])
    assert value["row"]["b"] == Unsendable("a function")
    assert value["row"]["c"].text.startswith("an expression that cannot be read: ")
    assert value["one"] == 1


# Errors of the student

ERRORS = {
    "own exception": "class Mine(Exception): pass\ndef f(): raise Mine('mine')",
    "base exception": "class Mine(BaseException): pass\ndef f(): raise Mine('mine')",
    "text that raises": "class Mine(Exception):\n    def __str__(self): raise self\ndef f(): raise Mine",
    "text that exits": "class Mine(Exception):\n    def __str__(self): raise SystemExit\ndef f(): raise Mine",
    "text that is none": "class Mine(Exception):\n    def __str__(self): return 3\ndef f(): raise Mine",
    "surrogates": "class Mine(Exception): pass\ndef f(): raise Mine('\\ud800')",
    "SystemExit": "import sys\ndef f(): sys.exit(0)",
    "exit()": "def f(): raise SystemExit('bye')",
    "KeyboardInterrupt": "def f(): raise KeyboardInterrupt",
    "GeneratorExit": "def f(): raise GeneratorExit",
    "StopIteration": "def f(): next(iter([]))",
    "group": "def f(): raise ExceptionGroup('many', [ValueError()] * 10)",
    "recursion": "def f(): return f()",
    "wrong arguments": "def f(a): return a",
    "chain": "def f():\n    try: 1 / 0\n    except Exception as e: raise ValueError from e",
}


@pytest.mark.parametrize("definition", ERRORS.values(), ids=ERRORS)
def test_whatever_is_raised_comes_back_as_data(inside, definition):
    assert inside.run(definition) == FINE

    reply = inside.call("f")

    assert reply["problem"] == "error"
    assert isinstance(reply["type"], str)
    assert isinstance(reply["text"], str)
    assert inside.value("1") == 1


def test_errors_are_cut_short(inside):
    inside.run("T = type('N' * 1000, (Exception,), {})\ndef f(): raise T('x' * 10**7)")

    reply = inside.call("f")

    assert len(reply["text"]) == 500
    assert len(reply["type"]) == 80


def test_line_of_an_error_is_that_in_the_students_code(inside):
    inside.run("import numpy as np\n\ndef f(x):\n    y = 1\n    return np.linalg.inv(x)")

    assert inside.call("f", np.zeros((2, 2)))["line"] == 5
