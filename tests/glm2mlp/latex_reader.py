r"""Reads printed LaTeX: it knows how mathematicians bracket, but no `Term`.

An oracle for the printer, together with `latex_values`, which computes what was read.
"""

import re
from typing import Any

SIZES = r"\\(?:left|right|[bB]ig[lr])(?![a-zA-Z])|\\,"
TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\[{}]|\d+|\S")

Node = tuple[Any, ...]


class Reader:
    """A parser by recursive descent: sums of products of factors of atoms."""

    def __init__(self, text: str) -> None:
        self.tokens = [*TOKEN.findall(re.sub(SIZES, " ", text)), "end"]

    @property
    def next(self) -> str:
        return self.tokens[0]

    def take(self, expected: str | None = None) -> str:
        token = self.tokens.pop(0)
        assert expected in (None, token), f"expected {expected}, found {token} {self.tokens[:9]}"
        return token

    def group(self) -> Node:
        self.take("{")
        inside = self.sum()
        self.take("}")
        return inside

    def whole(self) -> Node:
        node = self.sum()
        self.take("end")
        return node

    def sum(self) -> Node:
        node = self.signed()
        while self.next in "+-":
            sign = self.take()
            right = self.product()
            node = ("+", node, right if sign == "+" else ("neg", right))
        return node

    def signed(self) -> Node:
        if self.next == "-":
            self.take()
            return ("neg", self.product())
        return self.product()

    def product(self) -> Node:
        node = self.factor()
        while self.next not in ("+", "-", ")", "]", "}", ",", "=", ";", r"\mid", "end"):
            sign = self.take() if self.next in (r"\cdot", r"\odot") else ""
            node = (r"\odot" if sign == r"\odot" else "*", node, self.factor())
        return node

    def factor(self) -> Node:
        """An atom, or a prefix with what it takes: Σ takes the rest of the product."""
        match self.next:
            case r"\sum" | r"\prod":
                sign = self.take()
                self.take("_")
                self.take("{")
                index = self.name()
                if self.next == "=":
                    self.take("=")
                    self.take("1")
                self.take("}")
                length = None
                if self.next == "^":
                    self.take("^")
                    length = self.group()
                return (sign, index, length, self.signed())
            case r"\log":
                self.take()
                return ("log", self.operand())
            case r"\nabla":
                self.take()
                self.take("_")
                by = self.group()
                return ("gradient", by, self.operand())
            case r"\operatorname*":
                self.take()
                for token in ("{", "a", "r", "g", "m"):
                    self.take(token)
                while self.take() != "}":
                    pass
                self.take("_")
                self.group()
                return self.sum()
            case r"\frac" if self.tokens[2] == r"\partial":
                self.take()
                self.take("{")
                self.take()
                body = self.atom() if self.next != "}" else None
                self.take("}")
                self.take("{")
                self.take(r"\partial")
                by = self.atom()
                self.take("}")
                return ("slope", by, self.operand() if body is None else body)
        return self.atom()

    def operand(self) -> Node:
        return self.factor() if self.next in (r"\sum", r"\prod", r"\log") else self.atom()

    def atom(self) -> Node:
        node = self.primary()
        while self.next in "^_":
            if self.take() == "_":
                node = ("entry", node, self.list("{", "}"))
            elif self.next == "T":
                self.take()
                node = ("T", node)
            else:
                node = ("^", node, self.group())
        return node

    def list(self, left: str, right: str) -> list[Node]:
        self.take(left)
        nodes = [self.sum()]
        while self.next != right:
            assert self.take() in (",", ";", r"\mid")
            nodes.append(self.sum())
        self.take(right)
        return nodes

    def primary(self) -> Node:
        match self.next:
            case "(":
                (node,) = self.list("(", ")")
                return node
            case "[":
                self.take()
                first = self.sum()
                if self.take() == "=":
                    second = self.sum()
                    self.take("]")
                    return ("same", first, second)
                second = self.sum()
                self.take("]")
                return ("list", first, second)
            case r"\frac":
                self.take()
                return ("/", self.group(), self.group())
            case r"\sqrt":
                self.take()
                return ("sqrt", self.group())
            case "e":
                self.take()
                self.take("^")
                return ("exp", self.group())
            case r"\pi":
                self.take()
                return ("pi",)
            case digits if digits.isdigit():
                return ("number", int(self.take()))
        return self.named()

    def name(self) -> Node:
        """A letter with \\boldsymbol and \\bar: ("name", letter, mark)."""
        prefix = ""
        while self.next in (r"\boldsymbol", r"\bar"):
            prefix += self.take()
            self.take("{")
        token = self.take()
        if token == r"\operatorname":
            self.take("{")
            token = ""
            while self.next != "}":
                token += self.take()
            self.take("}")
        for _ in range(prefix.count("\\")):
            self.take("}")
        return ("name", prefix + token, "")

    def named(self) -> Node:
        _, letter, _ = self.name()
        slope = self.next == "'" and bool(self.take())
        at = None
        if self.next == "_":
            self.take()
            at = self.list("{", "}")
        mark, turned = "", False
        if self.next == "^" and self.tokens[1:3] == ["{", "("] and self.tokens[4] == ")":
            mark = self.tokens[3]
            del self.tokens[:5]
            turned = self.next == "T" and bool(self.take())
            self.take("}")
        if letter == "C" and at:
            return at[0]  # the class C_t is told by its number
        node: Node = ("name", letter, mark)
        if at is not None:
            node = ("entry", node, at)
        if slope or (self.next == "(" and self.callable(letter, at)):
            node = ("call", ("name", letter, "'" * slope), self.list("(", ")"))
        return ("T", node) if turned else node

    def callable(self, letter: str, at: object) -> bool:
        """p(…), y(…), σ(…), E(…) are calls; x (y − 1) is a product, and prints as one."""
        inside = "".join(self.tokens[1 : self.tokens.index(")")])
        known = letter in ("p", "f", "A", r"\sigma", r"\tanh", "softmax", "E") or ";" in inside
        return known and at is None
