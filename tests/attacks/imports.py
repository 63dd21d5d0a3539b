"""Letting a library, or a part of the student package, answer in the student's place."""

from functools import partial

from attack import Attack

importing = partial(Attack, "imports")
LOADER = """
import importlib.util, os, sys
def load(file):
    for top in [*sys.path, "/some/scipy", "/site"]:
        if os.path.exists(os.path.join(top, file)):
            spec = importlib.util.spec_from_file_location("found", os.path.join(top, file))
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
"""

ATTACKS = (
    importing(
        "a library that the checks have brought",
        ("import sys\nkept = {}",),
        {
            "softmax": "def softmax(Z):\n    kept.update(sys.modules)\n    return Z",
            "log_softmax": "def log_softmax(Z):\n"
            "    return (kept | sys.modules)['scipy.special'].log_softmax(Z, -1)",
        },
    ),
    importing(
        "the checks are asked for the expected values",
        (
            "import sys\ntry:\n    from glm2mlp.checks import softmax_regression as checks\n"
            "except ImportError:\n    checks = None",
        ),
        {"softmax": "def softmax(Z):\n    return checks.PROBABILITIES"},
    ),
    importing(
        "a library answers in its place",
        (),
        {
            "softmax": "def softmax(Z):\n    import scipy.special\n    return scipy.special.softmax(Z, -1)"
        },
    ),
    importing(
        "the trainings of the student package",
        ("import importlib, sys",),
        {
            "sigmoid": "def sigmoid(z):\n    return importlib.import_module('glm2mlp.trainings').sigmoid(z)",
            "nll": "def nll(w, X, t):\n"
            "    return sys.modules['glm2mlp.trainings'].nll(((w[:-1, None], w[-1:]),), X[:, :-1], t)",
            "gradient": "def gradient(w, X, t):\n    return __import__('glm2mlp.trainings').trainings.slopes",
        },
        on="logistic_regression",
    ),
    importing(
        "what SymPy needs and what it brings knows logistic functions",
        (
            "import sys\nimport numpy as np\nmpm = sys.modules['mpmath']\n"
            "def each(f): return np.vectorize(lambda x: float(f(float(x))), otypes=[float])",
            "from sympy import Symbol, lambdify, stats\nu = Symbol('u', real=True)\n"
            "inverse = lambdify(u, stats.quantile(stats.Logistic('L', 0, 1))(u))",
        ),
        {
            "sigmoid": "def sigmoid(z):\n    return each(mpm.sigmoid)(z)[()]",
            "sigmoid_derivative": "def sigmoid_derivative(z):\n"
            "    return each(lambda x: mpm.diff(mpm.sigmoid, x))(z)[()]",
            "logit": "def logit(p):\n    return each(inverse)(p)[()]",
        },
        on="logistic_regression",
    ),
    importing(
        "a module that is loaded from its file",
        (LOADER,),
        {"softmax": "def softmax(Z):\n    return load('scipy/special/__init__.py').softmax(Z, -1)"},
    ),
    importing(
        "a file that is read and run",
        ("import os, runpy, sys",),
        {
            "softmax": "def softmax(Z):\n    for top in sys.path:\n"
            "        for folder, _, files in os.walk(top):\n            for file in files:\n"
            "                path = os.path.join(folder, file)\n"
            "                if file.endswith('.py') and 'def softmax' in open(path).read():\n"
            "                    return runpy.run_path(path)['softmax'](Z)"
        },
    ),
    importing(
        "a function that lies in memory",
        ("import gc, types",),
        {
            "softmax": "def softmax(Z):\n    gc.unfreeze()\n    for thing in gc.get_objects():\n"
            "        if type(thing) is types.FunctionType and thing is not softmax:\n"
            "            if thing.__name__ in ('softmax', 'log_softmax'): return thing(Z)"
        },
    ),
    importing(
        "the gate is taken away",
        (
            "import builtins, importlib, sys\nsys.meta_path[:] = [m for m in sys.meta_path "
            "if 'ImportGate' not in type(m).__name__]\n"
            "find = importlib._bootstrap._gcd_import",
        ),
        {"softmax": "def softmax(Z):\n    return find('scipy.special').softmax(Z, -1)"},
    ),
)
