"""When two formulas read the same. Student side; safe for hostile formulas.

The canonical form forgets what SymPy's automatic evaluation forgets too (order, nesting, like
terms, 1/x against x⁻¹, e·e against e²), so that a line counts as new exactly if it looks new; and
whether a number stands before a bracket or in it. Products of sums are not expanded, logarithms not
taken apart, derivatives not taken.

A form is a sum: a tuple of (monomial, coefficient). A monomial is a tuple of (base, exponent form).
A base is a symbol, a function of forms, or a whole sum in brackets. Tuples only, sorted.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeAlias

from glm2mlp.derivation.trees import DerivationError, Node

Monomial: TypeAlias = tuple[Any, ...]
Form: TypeAlias = tuple[tuple[Monomial, Fraction], ...]

MAX_BITS = 2000
MAX_POWER = 64


def form(node: Node) -> Form:
    """Return the canonical form of a formula."""
    children = [form(child) for child in node.children]
    match node.kind:
        case "Number":
            return _number(Fraction(node.value or 0))
        case "Add":
            return _add(children)
        case "Mul":
            return _multiply(children)
        case "Pow":
            return _power(*children)
        case "exp":
            return _power(_atom(("Exp1", None)), children[0])
    return _atom((node.kind, node.value, *children))


def _number(number: Fraction) -> Form:
    if max(abs(number.numerator), number.denominator).bit_length() > MAX_BITS:
        raise DerivationError("a number is too large.")
    return (((), number),) if number else ()


def _as_number(formula: Form) -> Fraction | None:
    if not formula:
        return Fraction(0)
    ((monomial, coefficient), *others) = formula
    return None if monomial or others else coefficient


def _atom(base: Any) -> Form:
    return ((((base, _number(Fraction(1))),), Fraction(1)),)


def _add(formulas: Iterable[Form]) -> Form:
    terms: dict[Monomial, Fraction] = {}
    for formula in formulas:
        for monomial, coefficient in formula:
            total = terms.get(monomial, Fraction(0)) + coefficient
            _number(total)
            terms[monomial] = total
    return tuple(sorted(((m, c) for m, c in terms.items() if c), key=repr))


def _scale(formula: Form, factor: Fraction) -> Form:
    return tuple((monomial, _number(c * factor)[0][1]) for monomial, c in formula if factor)


def _bracket(formula: Form) -> tuple[Any, Fraction]:
    """Put a sum in brackets as one base, a number in front: −(b − a) is a − b, a/2 + b/2 is (a + b)/2."""
    factor = formula[0][1]
    return ("sum", _scale(formula, 1 / factor)), factor


def _multiply(formulas: Iterable[Form]) -> Form:
    coefficient = Fraction(1)
    exponents: dict[Any, list[Form]] = {}
    for formula in formulas:
        if not formula:
            return ()
        ((monomial, factor), *others) = formula
        if others:
            base, factor = _bracket(formula)
            monomial = ((base, _number(Fraction(1))),)
        coefficient *= factor
        _number(coefficient)
        for base, exponent in monomial:
            exponents.setdefault(base, []).append(exponent)
    factors = [(base, _add(parts)) for base, parts in exponents.items()]
    factors = sorted(((base, exponent) for base, exponent in factors if exponent), key=repr)
    if len(factors) == 1:
        ((base, exponent),) = factors
        if base[0] == "sum" and _as_number(exponent) == 1:
            return _scale(base[1], coefficient)  # 2(x + y) is 2x + 2y
    return ((tuple(factors), coefficient),)


def _power(base: Form, exponent: Form) -> Form:
    n = _as_number(exponent)
    if n == 0:
        return _number(Fraction(1))
    if n == 1:
        return base
    if n is not None and n.denominator == 1 and abs(n) <= MAX_POWER and base:
        return _integer_power(base, int(n), exponent)
    match base:
        case ((((inner, power),), coefficient),) if coefficient == _as_number(power) == 1:
            return ((((inner, exponent),), Fraction(1)),)
    return ((((("sum", base), exponent),), Fraction(1)),)


def _integer_power(base: Form, n: int, exponent: Form) -> Form:
    if len(base) > 1:
        bracket, factor = _bracket(base)
        return ((((bracket, exponent),), _number_power(factor, n)),)
    ((monomial, coefficient),) = base
    powers = tuple((inner, _scale(power, Fraction(n))) for inner, power in monomial)
    return _multiply([((powers, _number_power(coefficient, n)),)])


def _number_power(number: Fraction, n: int) -> Fraction:
    if max(abs(number.numerator), number.denominator).bit_length() * abs(n) > MAX_BITS:
        raise DerivationError("a number is too large.")
    return number**n
