"""Whether two terms are equal for every size, decided with SymPy. Student side; for authors.

Formulas are brought into one form (`settle`), in which sums of products are split, what does not
depend on the index stands in front of Σ, and [i = j] has been used. Two terms are equal if the
numerator of their difference expands to nothing. «False» only means: not decided.
"""

from functools import lru_cache
from itertools import permutations
from typing import Any

import sympy

from glm2mlp.derivation.formulas import Delta, Formulas
from glm2mlp.derivation.terms import Term


def equal(a: Term, b: Term) -> bool:
    """Tell whether SymPy finds the terms equal at every position and for every size."""
    return _is_zero(settled(a) - settled(b))


@lru_cache(maxsize=512)
def settled(term: Term) -> Any:
    """Return the settled formula of a term, of an array's at a symbolic place."""
    formula = Formulas().formula(term, {})
    if term.shape:
        places = [sympy.Symbol(f"place{axis}", integer=True) for axis in range(2)]
        shape = term.shape
        formula = formula(*(0 if n == 1 else at for n, at in zip(shape, places, strict=True)))
    return settle(formula)


def _is_zero(difference: Any) -> bool:
    if difference == 0:
        return True
    numerator = sympy.fraction(sympy.together(difference))[0]
    if settle(_expand(numerator, deep=True)) == 0:
        return True
    summands = _summands(difference)
    return summands is not None and all(map(_is_zero, summands))


def _summands(difference: Any) -> list[Any] | None:
    """Write a difference of sums as sums of differences, and return what is summed."""
    together: dict[Any, Any] = {}
    for term in sympy.Add.make_args(_expand(difference, deep=True)):
        sums = [f for f in sympy.Mul.make_args(term) if isinstance(f, sympy.Sum)]
        if len(sums) != 1 or len(sums[0].limits) != 1:
            return None
        ((k, _, high),) = sums[0].limits
        position = sympy.Symbol(f"within {high}", integer=True, nonnegative=True)
        body = sums[0].function.xreplace({k: position}) * (term / sums[0])
        together[position] = together.get(position, 0) + body
    return list(together.values())


def settle(formula: Any) -> Any:
    """Bring every sum and every logarithm of a formula into one form."""
    if isinstance(formula, sympy.Sum):
        return _settled_sum(settle(formula.function), [*formula.limits])
    if not formula.args or isinstance(formula, sympy.Indexed | Delta):
        return formula
    parts = [settle(part) for part in formula.args]
    if isinstance(formula, sympy.log):
        return _settled_log(parts[0])
    if isinstance(formula, sympy.exp):
        return _settled_exp(parts[0])
    if isinstance(formula, sympy.Pow) and parts[1].free_symbols:
        return _settled_exp(parts[1] * _settled_log(parts[0]))
    if isinstance(formula, sympy.Product):
        return _settled_exp(settle(sympy.Sum(sympy.log(parts[0]), *formula.limits)))
    if isinstance(formula, sympy.Mul):
        return _used_deltas(formula.func(*parts))
    return formula.func(*parts)


def _expand(formula: Any, deep: bool = False) -> Any:
    """Multiply out products and powers of sums, and nothing else."""
    return sympy.expand(
        formula, power_base=False, power_exp=False, log=False, basic=False, deep=deep
    )


def _settled_exp(argument: Any) -> Any:
    return sympy.Mul(*map(sympy.exp, sympy.Add.make_args(_expand(argument))))


def _settled_log(argument: Any) -> Any:
    """Take a logarithm apart; where both sides have a value, its arguments are positive."""
    sums = {s: sympy.Dummy() for s in argument.atoms(sympy.Sum)}  # SymPy would take e^Σ apart
    argument = sympy.factor(sympy.together(argument.xreplace(sums)))
    argument = argument.xreplace({dummy: s for s, dummy in sums.items()})
    return sympy.expand_log(sympy.log(argument), force=True)


def _used_deltas(term: Any) -> Any:
    """Use [i = j] in a product: [i = j]² is [i = j], and i may be written as j."""
    for factor in sympy.Mul.make_args(term):
        base, power = factor.as_base_exp()
        if isinstance(base, Delta) and power.is_Integer and power > 0:
            rest = term / factor
            i, j = base.args
            if i.is_Symbol and rest.has(i):
                return _used_deltas(rest.subs(i, j)) * base
            if power > 1:
                return _used_deltas(rest) * base
    return term


def _settled_sum(body: Any, limits: list[Any]) -> Any:
    terms = sympy.Add.make_args(_expand(body))
    return sympy.Add(*(_settled_summand(term, limits) for term in terms))


def _settled_summand(term: Any, limits: list[Any]) -> Any:
    term, limits = _flattened(term, limits)
    for factor in sympy.Mul.make_args(term):
        base = factor.as_base_exp()[0]
        if isinstance(base, Delta):
            for k, other in (base.args, base.args[::-1]):
                left = [limit for limit in limits if limit[0] != k]
                if len(left) < len(limits) and not other.has(k):
                    # Positions lie within their axes, so the sum meets i = j exactly once.
                    return _settled_sum((term / factor).subs(k, other), left)
    outside, groups = _connected(term, limits)
    for factors, inner in groups:
        outside *= _canonical(sympy.Mul(*factors), inner)
    for k, _, high in limits:
        if not term.has(k):
            outside *= high + 1
    return outside


def _flattened(term: Any, limits: list[Any]) -> tuple[Any, list[Any]]:
    """Join sums that are factors of a summand: Σ_i a Σ_j b is Σ_i Σ_j a b."""
    factors = []
    for factor in sympy.Mul.make_args(term):
        if isinstance(factor, sympy.Sum) and any(factor.has(k) for k, *_ in limits):
            fresh = {k: sympy.Dummy(integer=True, nonnegative=True) for k, *_ in factor.limits}
            factors.append(factor.function.xreplace(fresh))
            limits = [*limits, *((fresh[k], low, high) for k, low, high in factor.limits)]
        else:
            factors.append(factor)
    return sympy.Mul(*factors), limits


def _connected(term: Any, limits: list[Any]) -> tuple[Any, list[tuple[list[Any], list[Any]]]]:
    """Split a product into what holds no index, and groups that share indices."""
    outside = sympy.Integer(1)
    groups: list[tuple[list[Any], list[Any]]] = []
    for factor in sympy.Mul.make_args(term):
        mine = [limit for limit in limits if factor.has(limit[0])]
        if not mine:
            outside *= factor
            continue
        factors, inner = [factor], mine
        for group in [g for g in groups if any(limit in g[1] for limit in mine)]:
            groups.remove(group)
            factors = [*group[0], *factors]
            inner = [*group[1], *(limit for limit in inner if limit not in group[1])]
        groups.append((factors, inner))
    return outside, groups


def _canonical(summand: Any, limits: list[Any]) -> Any:
    """Name the indices of a sum in one way, whatever they were called."""
    others = summand.atoms(sympy.Symbol) - {k for k, *_ in limits}
    taken = {s.name for s in others if s.name.startswith("bound")}
    first = 1 + max((int(name.removeprefix("bound")) for name in taken), default=0)
    names = [
        sympy.Symbol(f"bound{first + n}", integer=True, nonnegative=True)
        for n in range(len(limits))
    ]
    forms = []
    for order in permutations(limits):
        renamed = {limit[0]: name for limit, name in zip(order, names, strict=True)}
        forms.append(
            sympy.Sum(
                summand.xreplace(renamed),
                *((renamed[k], low, high) for k, low, high in order),
            )
        )
    return min(forms, key=str)
