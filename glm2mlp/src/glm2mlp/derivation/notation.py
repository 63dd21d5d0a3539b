"""What authors write derivations with: x.T @ w, d(sigma(z), z), total(i, …). Student side."""

from dataclasses import dataclass

from glm2mlp.derivation.terms import Function, Index, Name, Symbol, Term, make, size_of, term

PI = Term("pi", (), None, ())


def number(value: int) -> Term:
    """Return an integer as a term; `number(1) / 2` is a half."""
    return term(value)


def size(letter: str) -> Term:
    """Return a size such as N, which is also a number."""
    return make("size", data=letter)


def index(letter: str, over: Term) -> Term:
    """Return an index or a label: a letter for one of the positions of a size."""
    return make("index", data=Index(letter, size_of(over)))


def scalar(letter: str, *, positive: bool = False) -> Term:
    """Return a number that is given a letter."""
    return make("symbol", data=(Symbol(Name(letter), positive), ()))


def vector(letter: str, over: Term, *, mark: str = "") -> Term:
    """Return a column."""
    return make("symbol", data=(Symbol(Name(letter, mark)), (size_of(over), 1)))


def row(letter: str, over: Term, *, mark: str = "") -> Term:
    """Return a row."""
    return make("symbol", data=(Symbol(Name(letter, mark)), (1, size_of(over))))


def matrix(letter: str, rows: Term, columns: Term, *, mark: str = "") -> Term:
    """Return a matrix."""
    return make("symbol", data=(Symbol(Name(letter, mark)), (size_of(rows), size_of(columns))))


def labels(letter: str, count: Term, over: Term) -> Term:
    """Return a column of labels, each one of the positions of `over`."""
    return make("symbol", data=(Symbol(Name(letter), over=size_of(over)), (size_of(count), 1)))


def function(
    letter: str, *signature: Term | str, means: Term | None = None, subscript: bool = False
) -> Function:
    r"""Return a function: p(t | x; w) is `function("p", t, "|", x, ";", w, means=…)`.

    What stands after ";" is not written in a call: p(t, x). Other strings are printed before what
    follows them: ("C_", t) is C_t.
    """
    parameters: list[Term] = []
    between: list[str] = []
    text, given = "", 0
    for part in signature:
        if isinstance(part, str):
            text += part
            continue
        given += given > 0 or text == ";"
        between.append(text or ("," if between else ""))
        parameters.append(part)
        text = ""
    return Function(Name(letter), tuple(parameters), given, tuple(between), means, subscript)


def define(letter: str, body: Term, *, mark: str = "", bar: bool = False) -> Term:
    """Return a name for a term; derivatives may be taken with respect to it."""
    return make("named", (body,), Name(letter, mark, bar))


def rows(of: Term, letter: str, *, mark: str = "") -> "Rows":
    """Return x with x[n] the n-th row of a matrix as a column."""
    return Rows(of, Name(letter, mark))


@dataclass(frozen=True)
class Rows:
    """The rows of a matrix as columns, under a letter of their own."""

    of: Term
    name: Name

    def __getitem__(self, n: Term) -> Term:
        return make("row", (self.of, n), self.name)


def array(*indices_and_body: Term) -> Term:
    """Return the column (body)_i or the matrix (body)_{i,j} of a body that holds the indices."""
    *indices, body = indices_and_body
    return make("array", (body,), tuple(i.data for i in indices))


def listed(*entries: Term | int) -> Term:
    """Return the column of the entries, [z, 0]."""
    return make("list", tuple(map(term, entries)))


def total(i: Term, body: Term) -> Term:
    """Return Σ_i body."""
    return make("sum", (body,), i.data)


def product(i: Term, body: Term) -> Term:
    """Return Π_i body."""
    return make("prod", (body,), i.data)


def same(i: Term, j: Term) -> Term:
    """Return [i = j], which is 1 or 0."""
    return make("same", (i, j))


def hadamard(a: Term, b: Term) -> Term:
    """Return the product entry by entry, a ⊙ b."""
    return make("hadamard", (a, b))


def exp(a: Term | int) -> Term:
    """Return e^a."""
    return make("exp", (term(a),))


def log(a: Term) -> Term:
    """Return the natural logarithm."""
    return make("log", (a,))


def sqrt(a: Term) -> Term:
    """Return the square root."""
    return make("sqrt", (a,))


def d(body: Term, by: Term) -> Term:
    """Return ∂body/∂by, by a number: a symbol, a name, or an entry of one."""
    return make("partial", (body, by))


def nabla(by: Term, body: Term) -> Term:
    """Return ∇_by body, the array of all ∂body/∂by_i, of the shape of `by`."""
    return make("gradient", (body, by))


def argmin(by: Term, body: Term) -> Term:
    """Return where `body` is smallest."""
    return make("argmin", (body, by))


def argmax(by: Term, body: Term) -> Term:
    """Return where `body` is largest."""
    return make("argmax", (body, by))
