"""The visible tests of the table of linear models: do its entries fit each other? Student side, public.

An activation has to be a mean that its targets can have, a loss −log p of the distribution named
beside it, a gradient the slope of that loss.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from glm2mlp.checks.compare import Unexpected, described, shown
from glm2mlp.checks.suite import NotChecked, Student, Suite
from glm2mlp.derivation import DerivationError, to_tree
from glm2mlp.formulas import DISTRIBUTIONS, ENTRIES, MODELS, FormulaError, values

Array = np.ndarray[Any, Any]
Point = Mapping[str, float]

REAL_TARGETS, BINARY_TARGETS = (-0.7, 1.2), (0.0, 1.0)
STEP = 1e-4
FORM = 'Return {"linear": {"activation": …, "distribution": …, "loss": …, "gradient": …}, …}.'


def add_table(suite: Suite) -> None:
    """Register the visible tests of `glm_table`."""
    suite.add(
        "glm_table", "There is a row for each model, and none of its entries is missing.", _form
    )
    sentences = {
        "linear": "its activation gives any real number, and grows with z",
        "logistic": "its activation gives a probability, ½ for z = 0, and grows with z",
        "softmax": "its activation gives three probabilities, ordered as the logits, that sum to 1",
    }
    for model, sentence in sentences.items():
        suite.add("glm_table", f"`{model}`: {sentence}.", _for(model, _activation))
        suite.add(
            "glm_table",
            f"`{model}`: the loss is −log p of your distribution around your activation.",
            _for(model, _loss),
        )
        suite.add(
            "glm_table", f"`{model}`: the gradient is the slope of your loss.", _for(model, _slope)
        )


def _for(model: str, test: Callable[[dict[str, Any], str], None]) -> Callable[[Student], None]:
    return lambda student: test(_row(student, model), model)


def _form(student: Student) -> None:
    table = _table(student)
    missing = [
        f"{model}: {name}"
        for model in MODELS
        for name in ENTRIES
        if not isinstance(table.get(model), dict) or table[model].get(name) is None
    ]
    if missing:
        raise Unexpected("four entries for each model", f"no {', '.join(missing)}", "")


def _table(student: Student) -> dict[str, Any]:
    table = student.glm_table()
    if not isinstance(table, dict):
        raise Unexpected("a dict of three rows", described(table), FORM)
    return table


def _row(student: Student, model: str) -> dict[str, Any]:
    try:
        row = _table(student).get(model)
    except Unexpected:
        raise NotChecked("It needs the table: see the first line.") from None
    if not isinstance(row, dict):
        raise NotChecked(f"It needs the row `{model}`.")
    return row


def _activation(row: dict[str, Any], model: str) -> None:
    points = _points(model)
    y = _values(row, "activation", points, many=model == "softmax")
    if model == "softmax":
        same = np.full(3, 1 / 3)
        at_zero = _values(row, "activation", [dict.fromkeys(MODELS[model], 0.0)], many=True)[:, 0]
        z = np.array([list(point.values()) for point in points]).T
        fits = bool((y > 0).all() and (np.argsort(y, axis=0) == np.argsort(z, axis=0)).all())
        _expect_near(
            y.sum(axis=0), np.ones(len(points)), "sum of the three", "Divide by their sum."
        )
        _expect_near(
            at_zero, same, "activation for z_0 = z_1 = z_2 = 0", "Equal logits, equal shares."
        )
        _expect(fits, "the larger the logit, the larger its probability", shown(y[:, 0]), points[0])
        return
    far = _values(row, "activation", [{"z": -30.0}, {"z": 30.0}])
    grows = bool((np.diff(y) > 0).all())
    _expect(grows, "an activation that grows with z", shown(y), {"z": points[0]["z"]})
    if model == "linear":
        _expect(
            far[0] < -1 and far[1] > 1, "any number, below 0 and above 1 too", shown(far), {"z": 30}
        )
    else:
        half = _values(row, "activation", [{"z": 0.0}])
        _expect(bool((y > 0).all() and (y < 1).all()), "between 0 and 1", shown(y), points[0])
        _expect_near(half, np.array([0.5]), "activation for z = 0", "At z = 0 both classes draw.")


def _loss(row: dict[str, Any], model: str) -> None:
    name = row.get("distribution")
    if not isinstance(name, str) or name.strip().lower() not in MINUS_LOG:
        names = ", ".join(DISTRIBUTIONS)
        raise Unexpected(
            f"one of the names {names}", described(name), "Use one of these names, as text."
        )
    points = _points(model)
    y = _values(row, "activation", points, many=model == "softmax", needed=True)
    y = y[0] if model == "softmax" else y
    for t in _targets(model):
        wanted = MINUS_LOG[name.strip().lower()](y, t)
        if not np.isfinite(wanted).all():
            raise Unexpected(
                f"a distribution whose mean may be {shown(y[0])} and whose target {t:g}",
                described(name),
                "The activation gives the mean of the distribution: do the two fit?",
            )
        got = _values(row, "loss", [{**point, **_at(model, t)} for point in points])
        _expect_near(
            np.diff(got),
            np.diff(wanted),
            f"growth of the loss between values of z{'' if model == 'softmax' else f', for t = {t:g}'}",
            "Put the activation into −log p(t), by hand. Terms without a logit do not matter here.",
            slips=[
                (2, "A factor of 2 is too many: where in p(t) stands ½?"),
                (1 / 2, "A factor of 2 is missing."),
                (-1, "That is log p(t): the minus is missing."),
            ],
        )


def _slope(row: dict[str, Any], model: str) -> None:
    for t in _targets(model):
        points = [{**point, **_at(model, t)} for point in _points(model)]
        wanted = np.array([_slopes(row, points, name) for name in MODELS[model]])
        got = _values(row, "gradient", points, many=model == "softmax")
        _expect_near(
            got,
            wanted if model == "softmax" else wanted[0],
            f"slope at {len(points)} values of z{'' if model == 'softmax' else f', for t = {t:g}'}",
            "Differentiate your loss with respect to the logit; softmax has one slope for each of its three.",
            slips=[(-1, "The sign: where the loss grows with the logit, its slope is positive.")],
        )


def _slopes(row: dict[str, Any], points: Sequence[Point], name: str) -> Array:
    ahead, behind = ([{**p, name: p[name] + step} for p in points] for step in (STEP, -STEP))
    growth = _values(row, "loss", ahead, needed=True) - _values(row, "loss", behind, needed=True)
    return np.asarray(growth / (2 * STEP))


def _points(model: str) -> list[dict[str, float]]:
    if model == "softmax":
        logits = [(0.3, -1.2, 2.0), (-0.5, 1.4, 0.2), (1.1, 0.4, -2.3), (-2.0, -0.6, 0.7)]
        return [dict(zip(MODELS[model], row, strict=True)) for row in logits]
    return [{"z": z} for z in (-2.3, -0.6, 0.4, 1.7)]


def _targets(model: str) -> tuple[float, ...]:
    return {"linear": REAL_TARGETS, "logistic": BINARY_TARGETS, "softmax": (0.0,)}[model]


def _at(model: str, t: float) -> dict[str, float]:
    return {} if model == "softmax" else {"t": t}


def _values(
    row: dict[str, Any],
    name: str,
    points: Sequence[Point],
    *,
    many: bool = False,
    needed: bool = False,
) -> Array:
    """Return the values of an entry (M,), or with `many` those of three formulas (3, M)."""
    formulas = row.get(name)
    if formulas is None:
        raise NotChecked(f"It needs the {name}.")
    if many and (not isinstance(formulas, list | tuple) or len(formulas) != 3):
        if needed:
            raise NotChecked(f"It needs a list of three formulas as {name}.")
        raise Unexpected(
            "a list of three formulas", described(formulas), f"One {name} for each class."
        )
    try:
        found = [values(to_tree(each), points) for each in (formulas if many else [formulas])]
    except (DerivationError, FormulaError) as error:
        if needed:
            raise NotChecked(f"It needs a {name} that can be read.") from None
        symbols = ", ".join(points[0])
        raise Unexpected(
            f"a formula in {symbols}", f"{name}: {error}", "Use the given symbols."
        ) from None
    return np.array(found) if many else found[0]


def _expect(fits: bool, wanted: str, got: str, point: Point) -> None:
    if not fits:
        at = ", ".join(f"{name} = {number:g}" for name, number in point.items())
        raise Unexpected(wanted, got, f"Put numbers in, such as {at}.")


def _expect_near(
    got: Array, wanted: Array, what: str, hint: str, slips: Sequence[tuple[float, str]] = ()
) -> None:
    """Raise Unexpected unless `got` is `wanted`; `slips` are wrong factors, each with its own hint."""
    if _near(got, wanted):
        return
    causes = [cause for factor, cause in slips if _near(got, factor * wanted)]
    raise Unexpected(
        f"{what}: {shown(wanted)}", shown(got), causes[0] if causes else hint, known=bool(causes)
    )


def _near(got: Array, wanted: Array) -> bool:
    return np.allclose(got, wanted, rtol=1e-6, atol=1e-9)


def _bernoulli(y: Array, t: float) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(-np.log(y if t else 1 - y))


def _poisson(y: Array, t: float) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(y - t * np.log(y))


# −log p(t) up to a constant, by the mean y (of class 0, where there are several).
MINUS_LOG: dict[str, Callable[[Array, float], Array]] = {
    "normal": lambda y, t: (t - y) ** 2 / 2,
    "laplace": lambda y, t: abs(t - y),
    "bernoulli": _bernoulli,
    "categorical": lambda y, _: _bernoulli(y, 1),
    "poisson": _poisson,
    "uniform": lambda y, _: np.full(np.shape(y), np.nan),
}
