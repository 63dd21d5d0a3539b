r"""The LaTeX of a term, in the lecture's notation, made from the term alone. Student side.

Brackets follow from how tightly each operation binds: sums < products < ∇f, ∂f/∂z and log f <
powers, entries, transposes. Σ takes the whole product after it, so it stands last in a product.
"""

import re
from collections.abc import Callable
from typing import Any

from glm2mlp.derivation.terms import Function, Index, Name, Term

SUM, PRODUCT, FACTOR, POWER, ATOM = range(5)

CHAIN = ("mul", "matmul")
BESIDE_BRACKETS = ("size", "symbol", "index", "entry", "named")  # t(1 − y) would look like a call
UNBRACKETED = ("sum", "prod", "log")  # ∂/∂z log f and log Σ can be read in one way only
COUNTED_FROM_ONE = ("N",)  # examples run from 1 to N; indices of other axes stand alone


def latex(term: Term) -> str:
    """Return the LaTeX of a term."""
    return _OPS[term.op](term)


def name_latex(name: Name, *, bold: bool = False, subscript: str = "") -> str:
    r"""Return \bar{\boldsymbol{w}}_{i}^{(h)}; an entry of a matrix W is written with w."""
    letter = name.letter
    if subscript and not bold and len(letter) == 1:
        letter = letter.lower()
    text = rf"\boldsymbol{{{letter}}}" if bold else letter
    text = rf"\bar{{{text}}}" if name.bar else text
    text += f"_{{{subscript}}}" if subscript else ""
    return text + (f"^{{{name.mark}}}" if name.mark else "")


def bracketed(text: str) -> str:
    """Put brackets around, as large as the formula is."""
    if any(tall in text for tall in (r"\frac", r"\sum", r"\prod", r"\sqrt")):
        return rf"\left({text}\right)"
    size = r"\Big" if r"\big" in text else r"\big" if "(" in text else ""
    return rf"{size}l({text}{size}r)" if size else f"({text})"


def _binds(term: Term) -> int:
    """How tightly a term's outermost operation binds."""
    match term.op:
        case "add" | "sub" | "neg":
            return SUM
        case "mul" | "matmul":
            return SUM if _factors(term)[0][1].op == "neg" else PRODUCT
        case "hadamard" | "sum" | "prod":
            return PRODUCT
        case "partial" if _short(term.parts[0]):
            return ATOM
        case "log" | "partial" | "gradient" | "argmin" | "argmax":
            return PRODUCT if term.parts[0].op in UNBRACKETED else FACTOR
        case "pow" | "exp" | "transpose" | "div":
            return POWER
    return ATOM


def _at(term: Term, level: int) -> str:
    """Return a term as a part of something that binds its parts at `level`."""
    text = latex(term)
    return text if _binds(term) >= level else bracketed(text)


def _operand(term: Term) -> str:
    """Return what ∇, ∂/∂z or log stands before."""
    return latex(term) if term.op in UNBRACKETED else _at(term, POWER)


def _factors(term: Term) -> list[tuple[str, Term]]:
    """Take a product apart, each factor after its operation: (a b) c, but not A (B C)."""
    if term.op not in CHAIN:
        return [("", term)]
    a, b = term.parts
    right = [(term.op, b)]
    if term.op == "mul" and a.shape == () != b.shape and b.op == "matmul":
        right = _factors(b)  # a number times a product of matrices
        right[0] = (term.op, right[0][1])
    return [*_factors(a), *right]


def _chain(term: Term) -> str:
    operations, factors = zip(*_factors(term), strict=True)
    minus = "-" if factors[0].op == "neg" else ""
    if minus:
        factors = (factors[0].parts[0], *factors[1:])
    texts = [
        _factor(factor, last=factor is factors[-1], before=after)
        for factor, after in zip(factors, (*operations[1:], ""), strict=True)
    ]
    signs = [
        operation == "mul" and _dotted(a, b, text)
        for operation, a, b, text in zip(
            operations[1:], factors, factors[1:], texts[1:], strict=False
        )
    ]
    everywhere = any(signs) and len(factors) > 2
    whole = texts[0]
    for operation, a, sign, text in zip(operations[1:], factors, signs, texts[1:], strict=False):
        dot = sign or (everywhere and operation == "mul" and a.op != "number")
        whole += (r" \cdot " if dot else " ") + text
    return minus + whole


def _factor(term: Term, last: bool, before: str) -> str:
    # What takes everything after it needs brackets unless it stands last.
    if term.op in (*CHAIN, "hadamard", "neg") or (term.op == "log" and not last):
        return bracketed(latex(term))
    if before == "matmul" and term.op == "gradient":
        return bracketed(latex(term))  # no dot would say where ∇ ends
    return _at(term, PRODUCT if last else FACTOR)


def _dotted(a: Term, b: Term, text: str) -> bool:
    """Tell whether a dot is easier to read between two factors than nothing."""
    bracket = text.startswith(("(", r"\bigl(", r"\left(", r"\Bigl("))
    if text[0].isdigit() or a.op in ("call", "prime", "gradient", "partial"):
        return b.op not in ("sum", "prod")
    if a.op == "div":
        return b.op in ("div", "call", "partial", "gradient", "pow", "log")
    return bracket and (a.op in BESIDE_BRACKETS or _binds(a) == SUM) and b.shape == ()


def _short(term: Term) -> bool:
    """Tell whether a term may stand above the line of ∂/∂z."""
    return term.op in ("symbol", "named") or (
        term.op == "entry" and term.parts[0].op in ("symbol", "named")
    )


def _pow(term: Term) -> str:
    base, exponent = term.parts
    text = bracketed(latex(base)) if _raised(base) else _at(base, ATOM)
    return f"{text}^{{{_small(exponent)}}}"


def _small(exponent: Term) -> str:
    """Return an exponent; brackets of a fixed size would be too large there."""
    return re.sub(r"\\[bB]ig[lr]", "", latex(exponent))


def width(text: str) -> int:
    """Estimate how wide LaTeX is, in letters."""
    match = re.search(r"\\frac", text)
    if match:
        above, rest = _group(text[match.end() :])
        below, rest = _group(rest)
        inside = max(width(above), width(below))
        return width(text[: match.start()]) + inside + width(rest)
    text = re.sub(r"\\(left|right|[bB]ig[lr]|boldsymbol|bar|operatorname\*?|nabla_|,)", "", text)
    return len(re.sub(r"[{}^_ ]", "", re.sub(r"\\[a-zA-Z]+", "x", text)))


def _group(text: str) -> tuple[str, str]:
    """Split {a}b into a and b."""
    depth = 0
    for position, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if not depth:
            return text[1:position], text[position + 1 :]
    raise AssertionError(text)


def _raised(term: Term) -> bool:
    """Tell whether a name already has something in the place of an exponent."""
    target = term.parts[0] if term.op == "entry" else term
    name = target.data[0].name if target.op == "symbol" else target.data
    return target.op in ("symbol", "named", "row") and bool(name.mark)


def _transpose(term: Term) -> str:
    (part,) = term.parts
    text = _at(part, ATOM)
    return rf"{text[:-1]}\,T}}" if _raised(part) else f"{text}^T"


def _symbol(term: Term) -> str:
    return name_latex(term.data[0].name, bold=bool(term.shape))


def _named(term: Term) -> str:
    return name_latex(term.data, bold=bool(term.shape))


def _entry(term: Term) -> str:
    whole, *indices = term.parts
    at = ",".join(map(latex, indices))
    if whole.op in ("symbol", "named"):
        name = whole.data[0].name if whole.op == "symbol" else whole.data
        return name_latex(name, subscript=at)
    inside = bracketed(latex(whole)) if _subscripted(whole) else _at(whole, ATOM)
    return f"{inside}_{{{at}}}"


def _subscripted(term: Term) -> bool:
    return term.op == "row" or (term.op == "call" and term.data.subscript)


def _row(term: Term) -> str:
    return name_latex(term.data, bold=True, subscript=latex(term.parts[1]))


def _array(term: Term) -> str:
    at = ",".join(index.name for index in term.data)
    return f"{bracketed(latex(term.parts[0]))}_{{{at}}}"


def _sum(term: Term) -> str:
    sign = r"\sum" if term.op == "sum" else r"\prod"
    (body,) = term.parts
    # Σ −log p needs no brackets: the lecture writes it so, and it can be read in one way only.
    text = latex(body) if body.op == "neg" else _at(body, PRODUCT)
    return f"{sign}{_bounds(term.data)} {text}"


def _bounds(index: Index) -> str:
    if index.size in COUNTED_FROM_ONE:
        return f"_{{{index.name}=1}}^{{{index.size}}}"
    return f"_{{{index.name}}}"


def _call(term: Term) -> str:
    function: Function = term.data
    parts = list(map(latex, term.parts))
    name = name_latex(function.name)
    if term.op == "prime":
        name += "'"
    if function.subscript:
        return f"{name}_{{{parts[0]}}}"
    inside = "".join(
        _separator(before) + (f"{{{part}}}" if before.endswith("_") else part)
        for before, part in zip(function.between, parts, strict=False)
    )
    return name + bracketed(inside)


def _separator(text: str) -> str:
    return text.replace("|", r" \mid ").replace(";", "; ").replace(",", ", ")


def _log(term: Term) -> str:
    (part,) = term.parts
    if part.op in ("call", "div", "sum", "prod", "entry") or _short(part):
        return rf"\log {latex(part)}"
    return rf"\log {bracketed(latex(part))}"


def _partial(term: Term) -> str:
    body, by = term.parts
    if _short(body):
        return rf"\frac{{\partial {latex(body)}}}{{\partial {latex(by)}}}"
    return rf"\frac{{\partial}}{{\partial {latex(by)}}} {_operand(body)}"


def _gradient(term: Term) -> str:
    body, by = term.parts
    return rf"\nabla_{{{latex(by)}}} {_operand(body)}"


def _argmin(term: Term) -> str:
    body, by = term.parts
    text = latex(body) if body.op in ("neg", "sub") else _at(body, PRODUCT)
    return rf"\operatorname*{{arg\,{term.op[3:]}}}_{{{latex(by)}}} {text}"


def _fraction(term: Term) -> str:
    a, b = term.parts
    return rf"\frac{{{latex(a)}}}{{{latex(b)}}}"


_OPS: dict[str, Callable[[Any], str]] = {
    "number": lambda term: str(term.data),
    "pi": lambda _: r"\pi",
    "size": lambda term: str(term.data),
    "index": lambda term: str(term.data.name),
    "symbol": _symbol,
    "named": _named,
    "add": lambda term: f"{latex(term.parts[0])} + {_at(term.parts[1], PRODUCT)}",
    "sub": lambda term: f"{latex(term.parts[0])} - {_at(term.parts[1], PRODUCT)}",
    "neg": lambda term: f"-{_at(term.parts[0], PRODUCT)}",
    "mul": _chain,
    "matmul": _chain,
    "hadamard": lambda term: r" \odot ".join(_at(part, POWER) for part in term.parts),
    "div": _fraction,
    "pow": _pow,
    "exp": lambda term: f"e^{{{_small(term.parts[0])}}}",
    "log": _log,
    "sqrt": lambda term: rf"\sqrt{{{latex(term.parts[0])}}}",
    "transpose": _transpose,
    "entry": _entry,
    "row": _row,
    "array": _array,
    "list": lambda term: rf"[{', '.join(map(latex, term.parts))}]",
    "sum": _sum,
    "prod": _sum,
    "same": lambda term: rf"[{' = '.join(map(latex, term.parts))}]",
    "call": _call,
    "prime": _call,
    "partial": _partial,
    "gradient": _gradient,
    "argmin": _argmin,
    "argmax": _argmin,
}
