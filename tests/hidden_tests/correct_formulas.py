"""Entries of the table of linear models as different students write them: every one is right."""

from sympy import Float, Rational, cosh, exp, expand_log, log, pi, simplify, sqrt, symbols, tanh

from glm2mlp.derivation_tasks import t, z, z_0, z_1, z_2
from solutions import derivations

e = exp(-z)
y = 1 / (1 + e)
S = exp(z_0) + exp(z_1) + exp(z_2)
p = [exp(z_k) / S for z_k in (z_0, z_1, z_2)]
shifted = [exp(z_0 - z_1), 1, exp(z_2 - z_1)]
normal = exp(-((t - z) ** 2) / 2) / sqrt(2 * pi)
bernoulli = -t * log(y) - (1 - t) * log(1 - y)
plain_z = symbols("z")

STYLES = {
    ("linear", "activation"): [z, 1 * z, z + 0, Float(1.0) * z, plain_z, log(exp(z)), 2 * z / 2],
    ("linear", "distribution"): ["Normal", "normal", " Normal "],
    ("linear", "loss"): [
        (z - t) ** 2 / 2,
        (t - z) ** 2 / 2 + log(2 * pi) / 2,
        -log(normal),
        0.5 * (t - z) ** 2,
        Rational(1, 2) * (z**2 - 2 * z * t + t**2),
        expand_log(-log(normal), force=True),
        (t - z) ** 2 / 2 + 0.9189,
        (z - t) ** 2 / 2 + log(sqrt(2 * pi)),
        ((z - t) ** 2 + 1) / 2,
        z**2 / 2 - z * t,
        (z - t) ** 2 / 2 + t**2,
    ],
    ("linear", "gradient"): [z - t, -(t - z), 2 * (z - t) / 2, ((z - t) ** 2 / 2).diff(z), -t + z],
    ("logistic", "activation"): [
        y,
        exp(z) / (1 + exp(z)),
        (1 + tanh(z / 2)) / 2,
        (1 + e) ** -1,
        1 - 1 / (1 + exp(z)),
        1 / (1 + exp(-1.0 * z)),
        exp(z / 2) / (2 * cosh(z / 2)),
    ],
    ("logistic", "distribution"): ["Bernoulli", "bernoulli", "BERNOULLI"],
    ("logistic", "loss"): [
        bernoulli,
        -(t * log(y) + (1 - t) * log(1 - y)),
        log(1 + exp(z)) - t * z,
        log(1 + exp((1 - 2 * t) * z)),
        -log(y**t * (1 - y) ** (1 - t)),
        t * log(1 + e) + (1 - t) * log(1 + exp(z)),
        -log(t * y + (1 - t) * (1 - y)),
        -log(1 / (1 + exp(-(2 * t - 1) * z))),
        bernoulli + log(2),
    ],
    ("logistic", "gradient"): [
        y - t,
        -(t - y),
        bernoulli.diff(z),
        simplify(bernoulli.diff(z)),
        (1 - t) * y - t * (1 - y),
        exp(z) / (1 + exp(z)) - t,
        (tanh(z / 2) + 1 - 2 * t) / 2,
    ],
    ("softmax", "activation"): [
        p,
        tuple(p),
        [s / sum(shifted) for s in shifted],
        [1 / (1 + exp(z_1 - z_0) + exp(z_2 - z_0)), p[1], 1 - p[0] - p[1]],
        [exp(z_k) * S**-1 for z_k in (z_0, z_1, z_2)],
        [exp(z_k - log(S)) for z_k in (z_0, z_1, z_2)],
    ],
    ("softmax", "distribution"): ["categorical", "Categorical"],
    ("softmax", "loss"): [
        -log(p[0]),
        log(S) - z_0,
        -z_0 + log(exp(z_0) + exp(z_1) + exp(z_2)),
        log(1 + exp(z_1 - z_0) + exp(z_2 - z_0)),
        log(S / exp(z_0)),
        -log(p[0] ** 1 * p[1] ** 0 * p[2] ** 0),
        -(1 * log(p[0]) + 0 * log(p[1]) + 0 * log(p[2])),
    ],
    ("softmax", "gradient"): [
        [p[0] - 1, p[1], p[2]],
        (p[0] - 1, p[1], p[2]),
        [(log(S) - z_0).diff(z_k) for z_k in (z_0, z_1, z_2)],
        [p_k - t_k for p_k, t_k in zip(p, (1, 0, 0), strict=True)],
        [-(1 - p[0]), exp(z_1) / S, exp(z_2 - log(S))],
        [-p[1] - p[2], p[1], 1 - p[0] - p[1]],
    ],
}


def table(**rows):
    """The reference's table with other entries: `linear={"loss": …}`."""
    right = derivations.glm_table()
    return {model: row | rows.get(model, {}) for model, row in right.items()}


def _in_style(number):
    rows = {}
    for (model, entry), values in STYLES.items():
        rows.setdefault(model, {})[entry] = values[number % len(values)]
    return rows


CORRECT = {
    "glm_table": {
        **{f"style {number}": _in_style(number) for number in range(12)},
        "entries in another order": {
            model: dict(reversed(row.items())) for model, row in reversed(table().items())
        },
        "more than asked for": table(linear={"note": "σ² = 1"})
        | {"Poisson": {"activation": exp(z)}},
    }
}
