"""Misconceptions of derivations: slips in a line, and in the list of lines. Trusted side."""

from dataclasses import dataclass
from typing import Any

from sympy import Eq, Function, Symbol, log, sin, zoo

from autograder.misconceptions import Function as Answer
from autograder.misconceptions import Misconception


@dataclass(frozen=True)
class Located(Misconception):
    """Any slip in one part of a line, known by where the error of the line comes from.

    `right_where` holds pairs (symbol, number or another symbol): with these put in, the line is right.
    `error_without` holds symbols on which the error does not depend. One of the two is given. A located
    slip is looked for where no other misconception fits; the first that fits is taken.
    """

    right_where: tuple[tuple[str, str | int], ...] = ()
    error_without: tuple[str, ...] = ()


class Derived:
    """Makes misconceptions of a derivation out of the right one.

    A slip is known by the value of its line, not by its number: where it is made depends on the way that a
    student takes. One mistake may lead to several lines; they get the same hint.
    """

    def __init__(self, right: Answer) -> None:
        self._right = right

    def begins(self, name: str, belief: str, hint: str, *lines: Any) -> Misconception:
        """The mistake of beginning with one of `lines`."""
        return _mistake(name, belief, hint, [[line, *self._right()[1:]] for line in lines])

    def slip(self, name: str, belief: str, hint: str, *lines: Any) -> Misconception:
        """The mistake that leads to one of `lines`; the asked last line follows all the same."""
        first, second, *_, last = self._right()
        return _mistake(name, belief, hint, [[first, second, line, last] for line in lines])

    def right_where(
        self, name: str, belief: str, hint: str, line: Any, **put_in: str | int
    ) -> Located:
        """Any slip that leaves a line right where these values are put in; `line` is an example."""
        wrong = self.slip(name, belief, hint, line).wrong
        return Located(name, belief, hint, wrong, right_where=tuple(put_in.items()))

    def error_without(self, name: str, belief: str, hint: str, line: Any, *symbols: str) -> Located:
        """Any slip whose error does not depend on these symbols; `line` is an example."""
        wrong = self.slip(name, belief, hint, line).wrong
        return Located(name, belief, hint, wrong, error_without=symbols)

    def of_the_list(self, *, begins: str, ends: str) -> tuple[Misconception, ...]:
        """What can be wrong with the list of lines, or with what can be read of it.

        `begins` and `ends` are what a tutor would say of the first and the last line of this exercise.
        """
        return _of_the_list(self._right(), begins, ends)


def _mistake(name: str, belief: str, hint: str, answers: list[list[Any]]) -> Misconception:
    first, *others = map(_returning, answers)
    return Misconception(name, belief, hint, first, also=tuple(others))


def _returning(answer: list[Any]) -> Answer:
    return lambda: answer


def _of_the_list(lines: list[Any], begins: str, ends: str) -> tuple[Misconception, ...]:
    first, last = lines[0], lines[-1]
    (variable, *_) = sorted(first.free_symbols, key=str)
    return (
        Misconception(
            "nothing-returned",
            "The lines are written, and not returned.",
            "Your function returns None. Is the list of your lines what stands behind `return`?",
            lambda: None,
        ),
        Misconception(
            "one-formula",
            "Only the result is returned, not the way to it.",
            "You return one formula. What counts here is the way: return a list of all your lines.",
            lambda: last,
        ),
        Misconception(
            "empty-list",
            "No line is written yet.",
            "Your list is empty. The docstring shows the line to begin with: write it down, then change "
            "one thing at a time.",
            list,
        ),
        Misconception(
            "text",
            "Formulas are written in quotation marks.",
            "A line in quotation marks is text, and nobody can compute with it. Write it without them, in "
            "the symbols of the cell above.",
            lambda: [str(line) for line in lines],
        ),
        Misconception(
            "nested-list",
            "The list of lines stands in another list.",
            "Your lines stand in a list within a list. One pair of brackets is enough.",
            lambda: [lines],
        ),
        Misconception(
            "equations",
            "Each line is written as an equation of two sides.",
            "Write formulas, not equations: each line is only the new right-hand side, and that it equals "
            "the line before is understood.",
            lambda: [Eq(lines[0], lines[1], evaluate=False), *lines[1:]],
        ),
        Misconception(
            "undefined-function",
            "A function is named and not written out.",
            "One of your lines uses a function that has only a name. Use the formulas of the cell above, "
            "so that numbers can be put in.",
            lambda: [first, Function("f")(variable), last],
        ),
        Misconception(
            "another-symbol",
            "A letter is used that the exercise does not have.",
            "One of your lines contains a letter that is not among the symbols of the cell above. What "
            "does it stand for? Write that out.",
            lambda: [first, lines[1] * Symbol("w"), last],
        ),
        Misconception(
            "no-value",
            "A line has no value, such as the logarithm of a negative number or a division by zero.",
            "One of your lines has no value at all: put numbers in. Is there a logarithm of something "
            "negative, or a division by zero?",
            lambda: [first, log(-1 - variable**2), last],
            also=(lambda: [first, zoo, last],),
        ),
        Misconception(
            "rounded-number",
            "A power such as 2**0.5 was worked out and rounded.",
            "A number in one of your lines has been rounded, so the line cannot be exactly equal to the "
            "one before. Write roots with sqrt and fractions as fractions: SymPy keeps those.",
            lambda: [first, lines[1] * 2**0.5, last],
        ),
        Misconception(
            "unknown-part",
            "An integral, a sum sign or a function is used that the exercise does not know.",
            "One of your lines contains an operation that is not needed here and not known: the lines take "
            "exp, log, fractions, powers and Derivative. How can it be written with these?",
            lambda: [first, sin(variable), last],
        ),
        Misconception(
            "begins-worked-out",
            "The first line is already the result of the first step.",
            begins,
            lambda: lines[1:],
        ),
        Misconception(
            "backwards",
            "The derivation begins with what it should arrive at.",
            "Your list begins with the last line. It should read from the question to the answer, so that "
            "every line says what the line before it is equal to.",
            lambda: lines[::-1],
        ),
        Misconception(
            "only-the-question",
            "The first line is copied, and no step is made.",
            "Your lines all read as the first one. Which rule fits its outermost operation? Apply it once, "
            "and write down what comes out.",
            lambda: [first],
        ),
        Misconception(
            "stops-early",
            "The derivation ends before the asked last line.",
            ends,
            lambda: lines[:-1],
        ),
        Misconception(
            "jump",
            "Several rules are applied in one step.",
            "All that you wrote is true, but the reader has to do the work between two of your lines. "
            "Apply one rule a line; the docstring says how many lines it takes at least.",
            lambda: [first, last],
        ),
        Misconception(
            "repeated-lines",
            "Lines that read the same are counted as steps.",
            "Some of your lines are one and the same to SymPy: another order, or a bracket around a "
            "product, makes no new line. Display your list and look for twins; each line should apply a "
            "rule.",
            lambda: [first, first, last, last],
        ),
    )
