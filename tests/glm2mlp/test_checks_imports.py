"""Which libraries an answer uses: told by name, followed through the notebook's own functions."""

import pytest
from notebook_answers import notebook

from glm2mlp.checks.imports import foreign_libraries
from glm2mlp.checks.logistic_regression import suite

SOURCES = {
    "def f(z): return np.exp(z)": [],
    "def f(z): return sum(abs(x) for x in z)": [],
    "from numpy import exp\ndef f(z): return exp(z)": [],
    "import numpy.linalg as la\ndef f(z): return la.norm(z)": [],
    "import scipy.special\ndef f(z): return np.exp(z)": [],
    "scale = 3.0\nlabel = 'scipy'\ndef f(z): return scale * z, label": [],
    "def f(z):\n    import numpy as n\n    return n.exp(z)": [],
    "from collections.abc import Callable\ndef f(z: Callable[[], int]): return np.exp(z)": [],
    "import math\ndef f(z): return math.exp(z)": [],
    "from math import exp\ndef f(z): return exp(z)": [],
    "from operator import add\ndef f(z): return add(z, z)": [],
    "import scipy.special as s\ndef f(z): return s.expit(z)": ["scipy"],
    "from scipy.special import expit\ndef f(z): return expit(z)": ["scipy"],
    "from scipy.special import softmax as f": ["scipy"],
    "from scipy.special import expit as f": ["scipy"],
    "def f(z):\n    from scipy.special import expit\n    return expit(z)": ["scipy"],
    "def f(z):\n    def g(z):\n        import scipy.special\n    return g(z)": ["scipy"],
    "import scipy.special as s\nf = lambda z: [s.expit(x) for x in z]": ["scipy"],
    "import scipy.special as s\ng = lambda z: s.expit(z)\ndef f(z): return g(z)": ["scipy"],
    "import math\ndef f(z, exp=math.exp): return exp(z)": [],
    "import math\ndef f(z, *, exp=math.exp): return exp(z)": [],
    "import math\ndef make():\n    e = math.exp\n    return lambda z: e(z)\nf = make()": [],
    "import math\nclass A:\n    def g(self, z): return math.exp(z)\ndef f(z): return A().g(z)": [],
    "import functools, math\n@functools.lru_cache\ndef f(z): return math.exp(z)": [],
    "def f(z): return g(z)\ndef g(z): return f(z)": [],
    "import math, sympy\ndef f(z): return math.exp(z), sympy.S(1)": ["sympy"],
}


@pytest.mark.parametrize("source", SOURCES)
def test_foreign_libraries_are_found(source):
    names = notebook(source)
    assert foreign_libraries(names["f"], ("numpy",), names) == SOURCES[source]


def test_a_check_tells_the_library_by_name_and_fails():
    names = notebook("from scipy.special import expit\ndef sigmoid(z): return expit(z)")
    report = suite.examine("sigmoid", names)
    assert [result.got for result in report.failures] == ["scipy"]
    assert report.failures[0].sentence == "It uses only numpy."


def test_what_the_grader_lets_pass_is_not_refused_at_home():
    source = (
        "from functools import lru_cache\nfrom copy import copy\ndef predict(w, X): return copy(w)"
    )
    report = suite.examine("predict", notebook(source))
    assert not {"functools", "copy"} & {result.got for result in report.failures}
    assert all("uses only" not in result.sentence for result in report.results)


def test_a_derivation_may_use_sympy():
    names = notebook("import sympy\ndef derive_sigmoid_derivative(): return [sympy.Symbol('z')]")
    report = suite.examine("derive_sigmoid_derivative", names)
    assert "sympy" not in {result.got for result in report.failures}
    assert len(report.results) == 3
