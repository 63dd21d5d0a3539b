"""The visible tests of the multilayer perceptron: right answers pass, known mistakes are helped."""

import re

import pytest
from notebook_answers import notebook

from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.imports import foreign_libraries
from glm2mlp.checks.multilayer_perceptron import suite
from glm2mlp.checks.parameters import Parameters
from solutions.multilayer_perceptron import Parameters as ReferenceParameters

CELLS = {cell.grade_id: cell for cell in solved_cells(ASSIGNMENTS["multilayer_perceptron"])}
GIVEN = [cell.source for cell in CELLS.values() if cell.role == "given"]
RIGHT = [cell.source for cell in CELLS.values() if cell.role == "answer"]
NAMES = [e.name for e in suite.assignment.exercises if e.kind == "function"]

LOOPS = [
    """
def relu(z):
    a = np.array(z, dtype=float)
    a[a < 0] = 0
    return a
""",
    """
def relu_derivative(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)
""",
    """
def init_parameters(D, H, K, rng):
    parts = []
    for M, n in [(D, H), (H, K)]:
        parts += [(2 * rng.uniform(size=(M, n)) - 1) / M**0.5, np.zeros(n)]
    return parts
""",
    """
def forward(parameters, X):
    hidden = relu(X.dot(parameters.W_h) + parameters.b_h)
    return hidden, np.array([softmax(h @ parameters.W_y + parameters.b_y) for h in hidden])
""",
    """
def nll(parameters, X, t):
    total = 0
    for h, k in zip(forward(parameters, X)[0], t):
        total -= log_softmax(h @ parameters.W_y + parameters.b_y)[k]
    return total / len(t)
""",
    """
def gradients(parameters, X, t):
    sums = [np.zeros(part.shape) for part in parameters]
    for x, k in zip(X, t):
        (h,), (d_y,) = forward(parameters, x[None])
        d_y[k] -= 1
        d_h = (parameters.W_y @ d_y) * relu_derivative(x @ parameters.W_h + parameters.b_h)
        for total, part in zip(sums, (np.outer(x, d_h), d_h, np.outer(h, d_y), d_y)):
            total += part / len(X)
    return tuple(sums)
""",
    """
def sgd_epoch(parameters, X, t, *, batch_size, learning_rate, rng):
    W_h, b_h, W_y, b_y = (part.copy() for part in parameters)
    order = rng.permutation(np.arange(len(t)))
    while len(order):
        b, order = order[:batch_size], order[batch_size:]
        g = gradients(Parameters(W_h, b_h, W_y, b_y), X[b], t[b])
        for part, slope in zip((W_h, b_h, W_y, b_y), g):
            part -= learning_rate * slope
    return Parameters(W_h, b_h, W_y, b_y)
""",
    """
def predict(parameters, X):
    return np.array([list(y).index(max(y)) for y in forward(parameters, X)[1]])
""",
]
STYLES = {"reference": notebook(*GIVEN, *RIGHT), "loops": notebook(*GIVEN, *LOOPS)}


def test_parameters_are_those_of_the_locked_cell():
    assert Parameters._fields == STYLES["reference"]["Parameters"]._fields
    assert Parameters._fields == ReferenceParameters._fields


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("exercise", NAMES)
def test_right_answers_pass_without_advice(exercise, style):
    report = suite.examine(exercise, STYLES[style])
    assert report.complete, report
    assert report.advice == ()


@pytest.mark.parametrize(
    "cell",
    [
        "def forward(p, X):\n    match p:\n        case Parameters(A, b, C, d):\n"
        "            H = relu(X @ A + b)\n            return H, softmax(H @ C + d)",
        "class Parameters:\n    pass",
        "del Parameters",
    ],
)
def test_parameters_are_those_of_the_notebook_if_they_have_these_parts(cell):
    assert suite.examine("forward", notebook(*GIVEN, *RIGHT, cell)).complete


@pytest.mark.parametrize("exercise", NAMES)
def test_every_exercise_has_at_least_three_visible_tests(exercise):
    tests = suite.tests[exercise]
    assert len(tests) >= 3
    assert len({sentence for sentence, _ in tests}) == len(tests)
    assert all(sentence.endswith(".") for sentence, _ in tests)


def test_methods_of_a_named_tuple_are_no_foreign_library():
    names = STYLES["reference"]
    assert foreign_libraries(names["forward"], ("numpy", "scipy"), names) == []
    assert foreign_libraries(names["forward"], ("numpy",), names) == ["scipy"]


def _forward(
    hidden="relu(X @ W_h + b_h)", output="softmax(hidden @ W_y + b_y)", result="hidden, Y"
):
    return (
        "def forward(parameters, X):\n    W_h, b_h, W_y, b_y = parameters\n"
        f"    hidden = {hidden}\n    Y = {output}\n    return {result}"
    )


def _nll(result):
    return (
        "def nll(parameters, X, t):\n    hidden, Y = forward(parameters, X)\n    N = len(t)\n"
        "    Z = hidden @ parameters.W_y + parameters.b_y\n"
        f"    p, log_p = Y[range(N), t], log_softmax(Z)[range(N), t]\n    return {result}"
    )


def _gradients(
    error="(Y - np.eye(Y.shape[1])[t]) / N",
    back="d_y @ W_y.T * (hidden > 0)",
    result="Parameters(X.T @ d_h, d_h.sum(axis=0), hidden.T @ d_y, d_y.sum(axis=0))",
):
    return (
        "def gradients(parameters, X, t):\n    W_h, b_h, W_y, b_y = parameters\n    N = len(X)\n"
        f"    hidden, Y = forward(parameters, X)\n    d_y = {error}\n    d_h = {back}\n"
        f"    return {result}"
    )


def _epoch(
    step="p = Parameters(*(a - learning_rate * g for a, g in zip(p, gradients(p, X[b], t[b]))))",
    order="rng.permutation(len(X))",
    start="parameters",
):
    return (
        "def sgd_epoch(parameters, X, t, *, batch_size, learning_rate, rng):\n"
        f"    p = {start}\n    order = {order}\n    for i in range(0, len(X), batch_size):\n"
        f"        b = order[i : i + batch_size]\n        {step}\n    return p"
    )


def _init(hidden="a(D)", output="a(H)", draw="rng.uniform(-{0}, {0}, size={1})", b="np.zeros({})"):
    parts = [
        draw.format(hidden, "(D, H)"),
        b.format("H"),
        draw.format(output, "(H, K)"),
        b.format("K"),
    ]
    return (
        "def init_parameters(D, H, K, rng):\n    a = lambda M: 1 / np.sqrt(M)\n"
        f"    return Parameters({', '.join(parts)})"
    )


FOUR_STEPS = """
        p = p._replace(W_y=p.W_y - learning_rate * gradients(p, X[b], t[b]).W_y)
        g = gradients(p, X[b], t[b])
        p = Parameters(*(a - learning_rate * d for a, d in zip(p, g._replace(W_y=0))))
""".strip()
IN_PLACE = """
        for a, g in zip(p, gradients(p, X[b], t[b])): a -= learning_rate * g
""".strip()

# Mistake → exercise, answer, what a failing row says.
MISTAKES = {
    "M29": ("relu", "def relu(z): return np.abs(z)", "negative numbers become 0"),
    "Python's max": ("relu", "def relu(z): return max(0, z)", "ValueError"),
    "relu in place": (
        "relu",
        "def relu(z):\n    z = np.asarray(z, dtype=float)\n    z *= z > 0\n    return z",
        "In-place",
    ),
    "relu as slope": ("relu_derivative", "relu_derivative = relu", "ReLU itself"),
    "M31 kink": (
        "relu_derivative",
        "def relu_derivative(z): return (np.asarray(z) >= 0).astype(float)",
        "z > 0",
    ),
    "M41": ("init_parameters", _init(draw="np.zeros({1}) + 0 * {0}"), "equal units"),
    "M42": ("init_parameters", _init("1 / D", "1 / H"), "1/√D, not 1/D"),
    "M43": ("init_parameters", _init(b="rng.uniform(size={})"), "One zero for each hidden unit"),
    "M44": ("init_parameters", _init(draw="rng.normal(0, {0}, {1})"), "not the Normal"),
    "no range": ("init_parameters", _init("1", "1"), "range is missing"),
    "hidden range for both": ("init_parameters", _init("a(D)", "a(D)"), "H hidden units"),
    "output range for both": ("init_parameters", _init("a(H)", "a(H)"), "are D, not H"),
    "biases as rows": (
        "init_parameters",
        _init(b="np.zeros((1, {}))"),
        r"b_h, an array of shape \(1, 3\)",
    ),
    "biases as numbers": ("init_parameters", _init(b="0 * {}"), "b_h, a int: 0"),
    "two parts": (
        "init_parameters",
        "def init_parameters(D, H, K, rng): return np.zeros((D, H)), np.zeros((H, K))",
        "2 parts",
    ),
    "something else drawn": (
        "init_parameters",
        "right = init_parameters\ndef init_parameters(D, H, K, rng):\n"
        "    p = right(D, H, K, rng)\n    rng.uniform()\n    return p",
        "something else was drawn",
    ),
    "M37": ("forward", _forward("relu(X @ W_h)"), "b_h is missing"),
    "M38": ("forward", _forward("X @ W_h + b_h"), "pre-activations"),
    "M39": ("forward", _forward(output="softmax(relu(hidden @ W_y + b_y))"), "softmax alone"),
    "M40": ("forward", _forward(result="X @ W_h + b_h, Y"), "pre-activations"),
    "no output bias": ("forward", _forward(output="softmax(hidden @ W_y)"), "b_y is missing"),
    "logits": ("forward", _forward(output="hidden @ W_y + b_y"), "softmax is missing"),
    "SciPy's softmax": (
        "forward",
        _forward(output="special.softmax(hidden @ W_y + b_y)"),
        "axis −1",
    ),
    "own softmax": (
        "forward",
        _forward(output="np.exp(hidden @ W_y + b_y)", result="hidden, Y / Y.sum(1)[:, None]"),
        "subtract the largest",
    ),
    "output alone": ("forward", _forward(result="Y"), "Return all of H, Y"),
    "M30": ("gradients", _gradients(back="d_y @ W_y.T"), "A unit that is off"),
    "M31": ("gradients", _gradients(back="d_y @ W_y.T * (hidden >= 0)"), "H ≥ 0 holds always"),
    "M31 before relu": (
        "gradients",
        _gradients(back="d_y @ W_y.T * (X @ W_h + b_h >= 0)"),
        "for > 0",
    ),
    "M32": ("gradients", _gradients(back="d_y @ W_y.T * hidden"), "by the hidden layer itself"),
    "M33": ("gradients", _gradients(back="d_y @ W_y.T * hidden * (1 - hidden)"), "slope of σ"),
    "M34": (
        "gradients",
        _gradients(result="Parameters(X.T @ d_h, 0 * b_h, hidden.T @ d_y, 0 * b_y)"),
        "Biases learn too",
    ),
    "M35": ("gradients", _gradients(error="Y - np.eye(Y.shape[1])[t]"), "Average over"),
    "M36": (
        "gradients",
        _gradients(result="Parameters(X.T @ d_h, d_h.sum(), hidden.T @ d_y, d_y.sum())"),
        "only the examples are summed up",
    ),
    "descent": ("gradients", _gradients(error="(np.eye(Y.shape[1])[t] - Y) / N"), "W_h = "),
    "weights only": ("gradients", _gradients(result="X.T @ d_h, hidden.T @ d_y"), "2 parts"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_fail_with_help(name):
    exercise, answer, told = MISTAKES[name]
    report = suite.examine(exercise, notebook(*GIVEN, *RIGHT, answer))
    assert report.failures, report
    assert sum(bool(row.hint) for row in report.failures) <= 1, report
    rows = [f"{row.got} {row.hint} {row.sentence}" for row in report.failures]
    assert any(re.search(told, row) for row in rows), report


def test_a_notebook_without_the_locked_cell_is_told():
    names = notebook(*(cell for cell in GIVEN if "class Parameters" not in cell), *RIGHT)
    report = suite.examine("init_parameters", names)
    assert "NameError: name 'Parameters' is not defined" in repr(report)
