"""The visible tests of regression and of linear models: right answers pass, known mistakes are helped."""

import inspect

import pytest
from notebook_answers import DERIVATIONS, notebook

from glm2mlp.checks import generalized_linear_models, mse_as_mle
from solutions import glm, linear_regression

SOFTMAX = "from scipy import special\ndef softmax(Z): return special.softmax(Z, axis=-1)"
RIGHT = {
    "mse_as_mle": [inspect.getsource(linear_regression), *DERIVATIONS],
    "generalized_linear_models": [
        SOFTMAX,
        *(inspect.getsource(f) for f in (glm.sigmoid_as_softmax, glm.glm_gradient)),
        *DERIVATIONS,
    ],
}
LOOPS = {
    "mse_as_mle": [
        *DERIVATIONS,
        """
def mse(y, t):
    return sum((a - b) ** 2 for a, b in zip(y, t)) / len(t)
""",
        """
def gaussian_nll(y, t, variance):
    total = 0
    for a, b in zip(y, t):
        total += np.log(np.sqrt(2 * np.pi * variance)) + 0.5 * (b - a) ** 2 / variance
    return total / len(y)
""",
        """
def mle_variance(y, t):
    return np.linalg.norm(t - y) ** 2 / t.size
""",
    ],
    "generalized_linear_models": [
        SOFTMAX,
        *DERIVATIONS,
        """
def sigmoid_as_softmax(z):
    pairs = np.zeros(np.shape(z) + (2,))
    pairs[..., 0] = z
    return softmax(pairs)[..., 0]
""",
        """
def glm_gradient(model, W, X, t):
    total = np.zeros(W.shape)
    for x, target in zip(X, t):
        z = x @ W
        if model == "softmax":
            y = softmax(z)
            y[target] -= 1
            total += np.outer(x, y)
        else:
            y = float(sigmoid_as_softmax(z)) if model == "logistic" else z
            total += (y - target) * x
    return total / len(X)
""",
    ],
}
SUITES = {
    "mse_as_mle": mse_as_mle.suite,
    "generalized_linear_models": generalized_linear_models.suite,
}
STYLES = {"reference": RIGHT, "loops": LOOPS}
NAMES = [
    (assignment, exercise.name)
    for assignment, suite in SUITES.items()
    for exercise in suite.assignment.exercises
    if exercise.kind not in ("written", "choice")
]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("assignment", "exercise"), NAMES)
def test_right_answers_pass_without_advice(assignment, exercise, style):
    report = SUITES[assignment].examine(exercise, notebook(*STYLES[style][assignment]))
    assert report.complete, report
    assert report.advice == ()


@pytest.mark.parametrize(("assignment", "exercise"), NAMES)
def test_every_exercise_has_at_least_three_visible_tests(assignment, exercise):
    tests = SUITES[assignment].tests[exercise]
    assert len(tests) >= 3
    assert len({sentence for sentence, _ in tests}) == len(tests)
    assert all(sentence.endswith(".") for sentence, _ in tests)


# Mistake → what is returned, and what a failing row says.
SQUARES = {
    "sum": ("np.sum((y - t) ** 2)", "Average"),
    "halved": ("np.mean((y - t) ** 2) / 2", "no ½"),
    "half the sum": ("np.sum((y - t) ** 2) / 2", "neither half the sum"),
    "root": ("np.sqrt(np.mean((y - t) ** 2))", "No root"),
    "absolute": ("np.mean(np.abs(y - t))", "absolute values"),
    "square of the mean": ("np.mean(y - t) ** 2", "Square first"),
    "variance": ("np.var(y - t)", "do not subtract"),
    "N − 1": ("np.sum((y - t) ** 2) / max(len(t) - 1, 1)", "Square each error"),
}
NLL = {
    "no constant": ("np.mean((y - t) ** 2) / (2 * variance)", "belongs to the loss"),
    "no half": ("C + np.mean((y - t) ** 2) / variance", "divided by 2σ²"),
    "sum": ("len(t) * (C + np.mean((y - t) ** 2) / (2 * variance))", "instead of summing"),
    "sum of squares": ("C + np.sum((y - t) ** 2) / (2 * variance)", "Average the squares"),
    "sign": ("-C - np.mean((y - t) ** 2) / (2 * variance)", "minus is missing"),
    "no root": ("2 * C + np.mean((y - t) ** 2) / (2 * variance)", "gives ½ log"),
    "squared": (
        "np.log(2 * np.pi * variance**2) / 2 + np.mean((y - t) ** 2) / (2 * variance**2)",
        "`variance` is σ² already",
    ),
    "rooted": (
        "np.log(2 * np.pi * variance**0.5) / 2 + np.mean((y - t) ** 2) / (2 * variance**0.5)",
        "use σ², not σ",
    ),
    "brackets": ("C + np.mean((y - t) ** 2) / 2 * variance", "Mind the brackets"),
    "σ² in the square only": (
        "np.log(2 * np.pi) / 2 + np.mean((y - t) ** 2) / (2 * variance)",
        "in the constant as well",
    ),
    "density": (
        "-np.mean(np.log(np.exp(-(y - t) ** 2 / (2 * variance)) / np.sqrt(2 * np.pi * variance)))",
        "take the logarithm by hand",
    ),
    "never negative": ("max(0, C + np.mean((y - t) ** 2) / (2 * variance))", "may be above 1"),
}
VARIANCE = {
    "variance of the errors": ("np.var(t - y)", "do not subtract"),
    "N − 1": ("np.sum((t - y) ** 2) / (len(t) - 1)", "Divide by N"),
    "standard deviation": ("np.sqrt(np.mean((t - y) ** 2))", "standard deviation"),
    "negative": ("-np.mean((t - y) ** 2)", "a positive number"),
    "zero": ("0.0", "a positive number"),
    "both": ("(t - y) ** 2", "shape"),
}
SIGMOID = {
    "index": ("softmax(np.stack([z, 0 * z], axis=-1))[..., 1]", "z of C₁ stands at index 0"),
    "of all": ("softmax(z)", "a pair of its own"),
    "columns": ("softmax(np.column_stack([z, 0 * z]))[:, 0]", "shape"),
    "first axis": ("softmax(np.stack([z, 0 * z]))[0]", "a pair of its own"),
    "own": ("np.exp(z) / (1 + np.exp(z))", "given `softmax`"),
}
DIFFERENCE = "(Y - T)"
LINEAR_MODELS = {
    "M23": (f"X.T @ {DIFFERENCE}", "Divide by the number"),
    "M24": (f"X.T @ {DIFFERENCE} / len(t) ** 2", "twice"),
    "M21": (f"-X.T @ {DIFFERENCE} / len(t)", "It is y − t"),
    "M25": (f"X.T @ {DIFFERENCE} / {DIFFERENCE}.size", "not over the classes"),
    "M26": (f"(X.T @ {DIFFERENCE}).T / len(t)", "shape (3, 2)"),
    "gradient of mse": (
        f"(1 + (model == 'linear')) * X.T @ {DIFFERENCE} / len(t)",
        "has cancelled",
    ),
    "slope of σ": (
        f"X.T @ ({DIFFERENCE} * (Y * (1 - Y) if model == 'logistic' else 1)) / len(t)",
        "the slope of σ",
    ),
    "no activation": ("X.T @ (X @ W - T) / len(t)", "with y = σ"),
    "classes of the batch": (
        "X.T @ (Y - (np.eye(t.max() + 1)[t] if model == 'softmax' else t)) / len(t)",
        "could not be broadcast",
    ),
}
BODIES = {
    "mse": ("def mse(y, t): return {}", SQUARES),
    "gaussian_nll": (
        "def gaussian_nll(y, t, variance):\n"
        "    C = np.log(2 * np.pi * variance) / 2\n    return {}",
        NLL,
    ),
    "mle_variance": ("def mle_variance(y, t): return {}", VARIANCE),
    "sigmoid_as_softmax": ("def sigmoid_as_softmax(z): return {}", SIGMOID),
    "glm_gradient": (
        "def glm_gradient(model, W, X, t):\n"
        "    a = {{'linear': lambda z: z, 'logistic': sigmoid_as_softmax, 'softmax': softmax}}\n"
        "    Y = a[model](X @ W)\n"
        "    T = np.eye(W.shape[1])[t] if model == 'softmax' else t\n    return {}",
        LINEAR_MODELS,
    ),
}
MISTAKES = [(exercise, name) for exercise, (_, mistakes) in BODIES.items() for name in mistakes]


@pytest.mark.parametrize(("exercise", "name"), MISTAKES)
def test_a_mistake_fails_and_is_helped(exercise, name):
    body, mistakes = BODIES[exercise]
    formula, hint = mistakes[name]
    assignment = next(a for a, suite in SUITES.items() if exercise in suite.tests)
    names = notebook(*RIGHT[assignment], body.format(formula))
    report = SUITES[assignment].examine(exercise, names)
    assert report.failures, report
    assert sum(bool(row.hint) for row in report.failures) <= 1, report
    assert hint in repr(report.failures), report


def test_changed_arguments_are_told():
    cell = "def mse(y, t):\n    y -= t\n    return np.mean(y**2)"
    report = mse_as_mle.suite.examine("mse", notebook(*RIGHT["mse_as_mle"], cell))
    assert "In-place" in repr(report.failures)


def test_scipy_may_be_used_where_softmax_is_given():
    names = notebook(SOFTMAX, "def sigmoid_as_softmax(z): return special.expit(z)")
    assert generalized_linear_models.suite.examine("sigmoid_as_softmax", names).complete


# The table

TABLE = """
from sympy import Abs, Derivative, Function, Matrix, exp, log, symbols
z, t = symbols("z t", real=True)
z_0, z_1, z_2 = symbols("z_0 z_1 z_2", real=True)
sigma = 1 / (1 + exp(-z))
S = exp(z_0) + exp(z_1) + exp(z_2)
p = [exp(z_k) / S for z_k in (z_0, z_1, z_2)]
cross = -t * log(sigma) - (1 - t) * log(1 - sigma)

def glm_table():
    table = {{
        "linear": {{"activation": z, "distribution": "Normal", "loss": (z - t) ** 2 / 2,
                   "gradient": z - t}},
        "logistic": {{"activation": sigma, "distribution": "Bernoulli", "loss": cross,
                     "gradient": sigma - t}},
        "softmax": {{"activation": p, "distribution": "categorical", "loss": -log(p[0]),
                    "gradient": [p[0] - 1, p[1], p[2]]}},
    }}
    table[{model!r}].update({entries})
    return table
"""


def examined(model, entries):
    """The rows about `model`, by what they are about: status and text."""
    names = notebook(TABLE.format(model=model, entries=entries))
    report = generalized_linear_models.suite.examine("glm_table", names)
    about = {"activation": "activation gives", "loss": "the loss is", "gradient": "the gradient"}
    return {
        name: next(r for r in report.results if f"`{model}`" in r.sentence and part in r.sentence)
        for name, part in about.items()
    } | {"form": report.results[0]}


CONSISTENT = [
    ("linear", "loss=(t - z) ** 2 / 2 + 7"),
    ("linear", "loss=z**2 / 2 - z * t"),
    ("linear", "distribution='normal'"),
    ("logistic", "loss=log(1 + exp(z)) - t * z"),
    ("logistic", "activation=exp(z) / (1 + exp(z))"),
    ("logistic", "loss=log(1 + exp((1 - 2 * t) * z)), gradient=cross.diff(z)"),
    ("softmax", "loss=log(S) - z_0, activation=tuple(p)"),
]


@pytest.mark.parametrize(("model", "entries"), CONSISTENT)
def test_rows_that_fit_pass(model, entries):
    assert {result.status for result in examined(model, entries).values()} == {"passed"}


def test_a_row_that_fits_but_is_not_asked_for_passes_too():
    rows = examined("linear", "distribution='Laplace', loss=Abs(z - t)")
    assert rows["loss"].status == "passed"
    assert rows["gradient"].status == "failed"


MISFITS = [
    ("linear", "activation=sigma", "activation", "below 0 and above 1"),
    ("linear", "activation=-z", "activation", "grows with z"),
    ("linear", "activation=t", "activation", "'t' is not one of those asked for (z)"),
    ("linear", "activation='z'", "activation", "a str is not a formula"),
    ("linear", "loss=(z - t) ** 2", "loss", "growth of the loss"),
    ("linear", "distribution='Bernoulli'", "loss", "do the two fit?"),
    ("linear", "distribution='uniform'", "loss", "do the two fit?"),
    ("linear", "distribution='Gaussian'", "loss", "one of the names Bernoulli, categorical"),
    ("linear", "distribution=z", "loss", "one of the names"),
    ("linear", "gradient=2 * (z - t)", "gradient", "slope at"),
    ("linear", "gradient=Derivative((z - t) ** 2 / 2, z)", "gradient", "work it out"),
    ("logistic", "activation=z", "activation", "between 0 and 1"),
    ("logistic", "activation=1 / (1 + exp(z))", "activation", "grows with z"),
    ("logistic", "activation=(sigma + sigma**2) / 2", "activation", "At z = 0"),
    ("logistic", "loss=-t * log(sigma)", "loss", "for t = 0"),
    ("logistic", "distribution='Normal'", "loss", "growth of the loss"),
    ("logistic", "gradient=(sigma - t) * sigma * (1 - sigma)", "gradient", "slope at"),
    ("softmax", "activation=p[0]", "activation", "a list of three formulas"),
    ("softmax", "activation=Matrix(p)", "activation", "a list of three formulas"),
    ("softmax", "activation=[exp(z_0), exp(z_1), exp(z_2)]", "activation", "Divide by their sum"),
    ("softmax", "activation=p[::-1]", "activation", "the larger the logit"),
    ("softmax", "loss=-log(p[1])", "loss", "growth of the loss"),
    ("softmax", "loss=[-log(p[0])]", "loss", "a list is not a formula"),
    ("softmax", "gradient=p[0] - 1", "gradient", "a list of three formulas"),
    ("softmax", "gradient=[p[0] - 1, 0, 0]", "gradient", "slope at"),
    ("softmax", "activation=[log(-1 - exp(z_0)), p[1], p[2]]", "activation", "has no value at"),
    ("softmax", "gradient=[exp(exp(exp(z_0 + 9))), p[1], p[2]]", "gradient", "has no value at"),
]


@pytest.mark.parametrize(("model", "entries", "row", "text"), MISFITS)
def test_what_does_not_fit_is_told_in_its_row(model, entries, row, text):
    result = examined(model, entries)[row]
    assert result.status == "failed"
    assert text in " ".join(detail for _, detail in result.details), result


def test_missing_entries_are_named_and_the_rest_is_checked():
    rows = examined("logistic", "distribution=None, gradient=None")
    assert rows["form"].status == "failed"
    assert "no logistic: distribution, logistic: gradient" in rows["form"].got
    assert rows["activation"].status == "passed"
    assert rows["loss"].status == "failed"
    assert rows["gradient"].status == "not checked"


def test_a_loss_waits_for_an_activation_that_can_be_read():
    rows = examined("softmax", "activation=p[0]")
    assert rows["activation"].status == "failed"
    assert rows["loss"].status == "not checked"


def test_a_gradient_waits_for_a_loss_that_can_be_read():
    rows = examined("softmax", "loss='−log p'")
    assert rows["loss"].status == "failed"
    assert rows["gradient"].status == "not checked"


@pytest.mark.parametrize("value", ["[1, 2, 3]", "3", "'table'"])
def test_a_table_that_is_no_dict_is_told(value):
    names = notebook(f"def glm_table(): return {value}")
    report = generalized_linear_models.suite.examine("glm_table", names)
    assert report.results[0].status == "failed"
    assert '{"linear": {"activation": …' in report.results[0].hint


def test_an_error_is_told_once():
    names = notebook("def glm_table(): return {'linear': zz}")
    report = generalized_linear_models.suite.examine("glm_table", names)
    assert "NameError" in report.results[0].got
    assert [result.status for result in report.results[1:]] == ["not checked"] * 9


def test_a_call_is_shown_with_the_name_of_the_model():
    names = notebook(
        *RIGHT["generalized_linear_models"], "def glm_gradient(model, W, X, t): return 0"
    )
    report = generalized_linear_models.suite.examine("glm_gradient", names)
    assert report.results[0].call.startswith("glm_gradient('linear', [2.0, -1.0], ")


def test_an_empty_table_is_not_checked_further():
    names = notebook("def glm_table(): return {}")
    report = generalized_linear_models.suite.examine("glm_table", names)
    assert [result.status for result in report.results] == ["failed"] + ["not checked"] * 9
