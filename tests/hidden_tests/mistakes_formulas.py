"""Wrong entries of the table of linear models: each costs its own point and no other."""

import numpy as np
from correct_formulas import S, bernoulli, e, p, table, y
from sympy import Derivative, Eq, Function, I, Matrix, Symbol, exp, log, oo, pi, sin, tanh
from weird_values import WEIRD

from glm2mlp.derivation_tasks import t, z, z_0, z_1, z_2
from glm2mlp.formulas import DISTRIBUTIONS

# Wrong wherever they stand. Some of them cannot cross the wire; the other entries have to.
ANYWHERE = {
    "missing": None,
    "nothing": "",
    "text": "exp(z)",
    "function": lambda: z,
    "NumPy's function": np.exp,
    "function of SymPy": exp,
    "relation": Eq(z, t),
    "matrix": Matrix([z]),
    "array of formulas": np.array([z, t]),
    "set": {1, 2},
    "undefined function": Function("sigma")(z),
    "another symbol": Symbol("q") + 1,
    "complex": I,
    "infinite": oo,
    "not a number": float("nan"),
    "truth value": True,
    "dict": {"y": z},
    "dict of numbers": {0: z},
    "list of one": [z],
    "nested list": [[z]],
    "no list": [],
    "logarithm of a negative": log(-1 - exp(z)),
    "enormous": exp(exp(exp(z + 9))),
    "zero": 0,
    "sine": sin(z),
}

WRONG = {
    ("linear", "activation"): {
        "target": t,
        "sigmoid": y,
        "minus": -z,
        "shifted": z + 1,
        "doubled": 2 * z,
        "square": z**2,
        "one": 1,
        "exponential": exp(z),
        "rectified": (z + abs(z)) / 2,
        "list": [z],
        "list of three": [z_0, z_1, z_2],
    },
    ("linear", "loss"): {
        "no factor": (z - t) ** 2,
        "doubled": 2 * (z - t) ** 2,
        "quarter": (z - t) ** 2 / 4,
        "absolute": abs(z - t),
        "plus": (z + t) ** 2 / 2,
        "minus": -((z - t) ** 2) / 2,
        "density": exp(-((z - t) ** 2) / 2) / (2 * pi) ** 0.5,
        "log density": log(exp(-((z - t) ** 2) / 2)),
        "cross entropy": bernoulli,
        "difference": z - t,
        "cube": abs(z - t) ** 3 / 2,
        "constant of z": (z - t) ** 2 / 2 + z / 1000,
        "too much dropped": z**2 / 2,
        "product dropped": (z**2 + t**2) / 2,
        "of three": (z_0 - 1) ** 2 / 2,
    },
    ("linear", "gradient"): {
        "the 2 kept": 2 * (z - t),
        "halved": (z - t) / 2,
        "sign": t - z,
        "plus": z + t,
        "sigmoid": y - t,
        "square": (z - t) ** 2,
        "not worked out": Derivative((z - t) ** 2 / 2, z),
        "by t": ((z - t) ** 2 / 2).diff(t),
        "prediction only": z,
        "times the features": (z - t) * Symbol("x"),
        "list": [z - t],
    },
    ("logistic", "activation"): {
        "sign": 1 / (1 + exp(z)),
        "identity": z,
        "tanh": tanh(z),
        "tanh, not halved": (1 + tanh(z)) / 2,
        "exponential": exp(z),
        "unnormalized": exp(z) / (1 + e),
        "plus outside": 1 + e,
        "root": 1 / (1 + e) ** 0.5,
        "derivative": y * (1 - y),
        "logit": log(z / (1 - z)),
        "rational": (1 + z / (1 + abs(z))) / 2,
        "with the target": y**t * (1 - y) ** (1 - t),
        "both classes": [1 - y, y],
        "softmax of z_0": p[0],
    },
    ("logistic", "loss"): {
        "minus lost": -bernoulli,
        "only t = 1": -t * log(y),
        "only t = 0": -(1 - t) * log(1 - y),
        "classes exchanged": -(1 - t) * log(y) - t * log(1 - y),
        "squares": (y - t) ** 2 / 2,
        "log forgotten": -t * y - (1 - t) * (1 - y),
        "logit for the probability": -t * log(abs(z)) - (1 - t) * log(abs(1 - z)),
        "likelihood": y**t * (1 - y) ** (1 - t),
        "labels −1 and 1": log(1 + exp(-t * z)),
        "other sign": log(1 + exp((2 * t - 1) * z)),
        "half": bernoulli / 2,
        "base two": bernoulli / log(2),
        "sum of both": -log(y) - log(1 - y),
        "a little too much": bernoulli + z / 100,
        "without t": log(1 + exp(z)),
    },
    ("logistic", "gradient"): {
        "slope of σ kept": (y - t) * y * (1 - y),
        "sign": t - y,
        "logit": z - t,
        "doubled": 2 * (y - t),
        "plus": y + t,
        "only t = 1": y - 1,
        "only t = 0": y,
        "slope of σ": y * (1 - y),
        "not worked out": Derivative(bernoulli, z),
        "fraction kept": (y - t) / (y * (1 - y)),
        "by t": bernoulli.diff(t),
        "square": (y - t) ** 2,
    },
    ("softmax", "activation"): {
        "first only": p[0],
        "unnormalized": [exp(z_0), exp(z_1), exp(z_2)],
        "logits": [z_0, z_1, z_2],
        "over the logits": [z_k / (z_0 + z_1 + z_2) for z_k in (z_0, z_1, z_2)],
        "sigmoids": [1 / (1 + exp(-z_k)) for z_k in (z_0, z_1, z_2)],
        "sign": [p_k.subs({z_0: -z_0, z_1: -z_1, z_2: -z_2}) for p_k in p],
        "two of three": p[:2],
        "four": [*p, 0],
        "backwards": p[::-1],
        "own class missing below": [exp(z_0) / (exp(z_1) + exp(z_2)), p[1], p[2]],
        "last not subtracted": [p[0], p[1], 1 - p[0]],
        "third copied": [p[0], p[1], p[1]],
        "one entry missing": [p[0], None, p[2]],
        "matrix": Matrix(p),
        "array": np.array(p),
        "dict by class": {"0": p[0], "1": p[1], "2": p[2]},
        "logarithms": [log(p_k) for p_k in p],
        "text": ["p_0", "p_1", "p_2"],
        "common symbol": [exp(z) / S] * 3,
    },
    ("softmax", "loss"): {
        "minus lost": log(p[0]),
        "class 1": -log(p[1]),
        "class 2": -log(p[2]),
        "all classes": -log(p[0]) - log(p[1]) - log(p[2]),
        "mean over the classes": -(log(p[0]) + log(p[1]) + log(p[2])) / 3,
        "over K": -log(p[0]) / 3,
        "log forgotten": -p[0],
        "probability": p[0],
        "logit": -z_0,
        "only the sum": log(S),
        "squares": (p[0] - 1) ** 2 + p[1] ** 2 + p[2] ** 2,
        "sigmoid": -log(1 / (1 + exp(-z_0))),
        "binary": -log(p[0]) - log(1 - p[1]) - log(1 - p[2]),
        "list": [-log(p[0]), -log(p[1]), -log(p[2])],
        "list of one": [-log(p[0])],
        "base two": -log(p[0]) / log(2),
        "with t": -t * log(p[0]),
    },
    ("softmax", "gradient"): {
        "true class only": p[0] - 1,
        "true class only, zeros": [p[0] - 1, 0, 0],
        "wrong classes forgotten": [p[0] - 1, 0 * p[1], 0 * p[2]],
        "target forgotten": p,
        "sign": [1 - p[0], -p[1], -p[2]],
        "class 1": [p[0], p[1] - 1, p[2]],
        "class 2": [p[0], p[1], p[2] - 1],
        "all minus one": [p_k - 1 for p_k in p],
        "slope of softmax": [p[0] * (1 - p[0]), -p[0] * p[1], -p[0] * p[2]],
        "slope of softmax kept": [
            (p[0] - 1) * p[0] * (1 - p[0]),
            p[1] * p[1] * (1 - p[1]),
            p[2] * p[2] * (1 - p[2]),
        ],
        "over K": [(p[0] - 1) / 3, p[1] / 3, p[2] / 3],
        "logits": [z_0 - 1, z_1, z_2],
        "two of three": [p[0] - 1, p[1]],
        "not worked out": [Derivative(-log(p[0]), z_k) for z_k in (z_0, z_1, z_2)],
        "one left": [p[0] - 1, p[1], Derivative(-log(p[0]), z_2)],
        "signs of the wrong": [p[0] - 1, -p[1], -p[2]],
        "matrix": Matrix([p[0] - 1, p[1], p[2]]),
        "array": np.array([p[0] - 1, p[1], p[2]]),
        "with t": [p[0] - t, p[1] - t, p[2] - t],
    },
}
RIGHT_NAMES = {"linear": "Normal", "logistic": "Bernoulli", "softmax": "categorical"}
WRONG |= {
    (model, "distribution"): {other: other for other in DISTRIBUTIONS if other != name}
    | {"Gaussian": "Gaussian", "a list": [name], "the formula": z, "a letter": name[0]}
    for model, name in RIGHT_NAMES.items()
}


def _tests(*places):
    return frozenset(f"test_{model}_{entry}" for model, entry in places)


# The table, and the tests that fail.
ENTRIES = {
    f"{model} {entry}: {name}": (table(**{model: {entry: value}}), _tests((model, entry)))
    for (model, entry), values in WRONG.items()
    for name, value in (values | ANYWHERE).items()
}

ROWS = {
    f"{model}: {name}": (table() | {model: row}, _tests(*(key for key in WRONG if key[0] == model)))
    for model in RIGHT_NAMES
    for name, row in {
        "None": None,
        "empty": {},
        "list": [z, t],
        "function": len,
        "key": {1: 2},
    }.items()
}

ALL = _tests(*WRONG)
WHOLE = {
    name: (value, ALL)
    for name, value in {
        "nothing filled in": table()
        | {model: dict.fromkeys(row) for model, row in table().items()},
        "rows in a list": list(table().values()),
        "names of the lecture": {f"{model} regression": row for model, row in table().items()},
        "columns first": {
            entry: {model: row[entry] for model, row in table().items()}
            for entry in ("activation", "distribution", "loss", "gradient")
        },
        "other names": {
            model: {entry.upper(): value for entry, value in row.items()}
            for model, row in table().items()
        },
        "every entry the same": {model: dict.fromkeys(row, 1) for model, row in table().items()},
    }.items()
} | {
    "logistic for softmax": (
        table() | {"softmax": table()["logistic"]},
        _tests(*(key for key in WRONG if key[0] == "softmax")),
    ),
}

MISTAKES = {"glm_table": ENTRIES | ROWS | WHOLE}

# Whatever arrives in an entry, it is no fault of ours.
STRANGE = {
    name: {model: dict.fromkeys(row, value) for model, row in table().items()}
    for name, value in WEIRD.items()
}
