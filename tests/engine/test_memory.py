"""Whether answers may remember their calls: the question that lets exercises be graded one by one."""

import pytest

from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS

FORGETFUL = {
    "calls another": "def f(x):\n    return x\n\n\ndef g(x):\n    return f(x)",
    "number": "a = 2\nb = (1, 'x', None)\n\n\ndef f(x):\n    return a * x, b",
    "local list": "def f(x):\n    found = []\n    found.append(x)\n    return found",
    "inner function": "def f(x):\n    def g(y):\n        return x + y\n    return g(1)",
    "library": "import numpy as np\nfrom numpy import exp\n\n\ndef f(x):\n    return np.sum(exp(x))",
    "symbol": "from sympy import Symbol\nz = Symbol('z')\n\n\ndef f():\n    return [z + 1]",
}
REMEMBERING = {
    "global": "n = 0\n\n\ndef f(x):\n    global n\n    n += 1\n    return n",
    "list": "calls = []\n\n\ndef f(x):\n    calls.append(x)\n    return len(calls)",
    "array": "import numpy as np\nw = np.zeros(3)\n\n\ndef f(x):\n    w[0] += 1\n    return w",
    "default": "def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)",
    "keyword default": "def f(x, *, seen={}):\n    return seen.setdefault('x', x)",
    "attribute": "def f(x):\n    f.n = getattr(f, 'n', 0) + 1\n    return f.n",
    "had an attribute": "def f(x):\n    return x\n\n\nf.calls = []",
    "closure": (
        "def make():\n    n = 0\n\n    def f(x):\n        nonlocal n\n        n += 1\n        return n\n"
        "    return f\n\n\nf = make()"
    ),
    "cached": (
        "from functools import cache\n\n\n@cache\ndef g(x):\n    return [x]\n\n\ndef f(x):\n    return g(1)"
    ),
    "is cached itself": "from functools import cache\n\n\n@cache\ndef f(x):\n    return [x]",
    "part of another": (
        "from functools import partial\n\n\ndef g(seen, x):\n    seen.append(x)\n    return len(seen)\n\n\n"
        "f = partial(g, [])"
    ),
    "object that is called": (
        "class Model:\n    n = 0\n\n    def __call__(self, x):\n        self.n += 1\n"
        "        return self.n\n\n\nf = Model()"
    ),
    "bound to a list": "seen = []\nf = seen.append",
    "rng": "import numpy as np\nrng = np.random.default_rng(1)\n\n\ndef f(x):\n    return rng.uniform()",
    "patched": "import numpy as np\n\n\ndef f(x):\n    np.exp = np.log\n    return x",
    "setting": "import numpy as np\n\n\ndef f(x):\n    np.seterr(all='raise')\n    return x",
    "by name": "def f(x):\n    globals()['n'] = x\n    return x",
    "object": "class Model:\n    n = 0\n\n\nmodel = Model()\n\n\ndef f(x):\n    return model.n",
    "own class": "class Model:\n    n = 0\n\n\ndef f(x):\n    return Model.n",
    "inside a function": (
        "seen = []\n\n\ndef f(x):\n    def g():\n        seen.append(x)\n    g()\n    return seen"
    ),
}


@pytest.mark.parametrize("name", FORGETFUL)
def test_what_keeps_nothing(spawn, name):
    inside = spawn(imports=("numpy", "sympy"))
    assert inside.run(FORGETFUL[name]) == {}
    assert inside.ask(do="remember")["remember"] is False


@pytest.mark.parametrize("name", REMEMBERING)
def test_what_may_keep_something(inside, name):
    assert inside.run(REMEMBERING[name]) == {}
    assert inside.ask(do="remember")["remember"] is True


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_reference_answers_keep_nothing(spawn, assignment):
    inside = spawn(imports=(*ASSIGNMENTS[assignment].importable, "trainings"))
    for cell in solved_cells(ASSIGNMENTS[assignment]):
        if cell.role in ("given", "answer"):
            assert inside.run(cell.source, "given" if cell.role == "given" else "answer") == {}
    assert inside.ask(do="remember")["remember"] is False
