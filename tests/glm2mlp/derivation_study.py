"""Breaks every derivation of the lectures at every line and counts what is refused.

    python tests/glm2mlp/derivation_study.py --write docs/derivations.md

writes the page; without --write it prints it. Takes a few minutes; the tests take a sample.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from equivalent_mutants import EQUIVALENT
from lecture_derivations import NAMES, derivation
from mutations import Mutant, mutants

from glm2mlp.derivation import DerivationError

REASONS = {
    f"{name} {change}": reason
    for reason, changes in EQUIVALENT.items()
    for name, listed in changes.items()
    for change in listed
}


@dataclass
class Result:
    """What became of the broken derivations of one derivation."""

    name: str
    unwritable: int = 0  # do not fit together
    refused: Counter[str] = field(default_factory=Counter)  # by kind of change
    equivalent: list[str] = field(default_factory=list)  # accepted, and true
    missed: list[str] = field(default_factory=list)  # accepted, and no reason is known

    @property
    def wrong(self) -> int:
        """How many could be written and are not known to be true."""
        return self.refused.total() + len(self.missed)


def study(name: str, sample: int | None = None) -> Result:
    """Break one derivation in every way, or in `sample` ways drawn at random."""
    result = Result(name)
    every = list(mutants(derivation(name)))
    written = [mutant for mutant in every if mutant]
    result.unwritable = len(every) - len(written)
    if sample is not None:
        written = random.Random(name).sample(written, min(sample, len(written)))
    for mutant in written:
        if is_refused(mutant):
            result.refused[mutant.kind.removeprefix("move: ")] += 1
        elif f"{name} {mutant}" in REASONS:
            result.equivalent.append(str(mutant))
        else:
            result.missed.append(str(mutant))
    return result


def is_refused(mutant: Mutant) -> bool:
    """Tell whether the derivation cannot be built with the wrong line."""
    try:
        mutant.build()
    except DerivationError:
        return True
    return False


def page(results: Sequence[Result]) -> str:
    """Return the results as a page of text."""
    wrong, missed = sum(r.wrong for r in results), [m for r in results for m in r.missed]
    share = (wrong - len(missed)) / wrong
    kinds: Counter[str] = sum((r.refused for r in results), Counter())
    lines = [
        "# Derivations",
        "",
        "Written by `python tests/glm2mlp/derivation_study.py --write docs/derivations.md`.",
        "",
        HOW,
        "## What was broken",
        "",
        f"Every line of {len(results)} derivations was changed in one place at a time. Of {wrong}"
        f" wrong lines **{wrong - len(missed)} were refused ({share:.2%})**;"
        f" {sum(r.unwritable for r in results)} more do not fit together and cannot be written;"
        f" {sum(len(r.equivalent) for r in results)} are true all the same (see below).",
        "",
        "| derivation | lines | decided by SymPy | cannot be written | refused | true | missed |",
        "|:--|--:|--:|--:|--:|--:|--:|",
        *map(_row, results),
        "",
        "| change | refused |",
        "|:--|--:|",
        *(f"| {kind} | {count} |" for kind, count in kinds.most_common()),
        "",
        "## Changes that leave a line true",
        "",
        "Accepted, as they should be: each is proven by hand, and SymPy finds the derivation with the"
        " change true for every size.",
        "",
    ]
    for reason, changes in EQUIVALENT.items():
        lines += [f"**{reason}**", ""]
        lines += [
            f"- {n}, line {_plain(change)}" for n, listed in changes.items() for change in listed
        ]
        lines.append("")
    lines += [f"Missed: {change}" for change in missed]
    return "\n".join(lines).rstrip() + "\n"


def _row(result: Result) -> str:
    proofs = derivation(result.name).proofs
    return (
        f"| {result.name} | {len(proofs) + 1} | {sum(proofs)} of {len(proofs)} steps"
        f" | {result.unwritable} | {result.refused.total()} | {len(result.equivalent)}"
        f" | {len(result.missed)} |"
    )


def _plain(change: str) -> str:
    """Set the formulas of «3: sign: a → b (2)» as formulas."""
    line, kind, formulas, nth = re.fullmatch(
        r"(\d+): ((?:move: )?[^:]*): (.*?)( \(\d\))?", change
    ).groups()
    before, after = formulas.split(" → ")
    place = f", place{nth}" if nth else ""
    return f"{line}: {kind}, ${before}$ → ${after}${place}"


HOW = r"""A lecture's derivation is a list of lines, each with the rule that justifies it
(`glm2mlp/derivations/`, one module a lecture). It reads as the lecture does:

```python
z = scalar("z")
sigma = function(r"\sigma", z, means=1 / (1 + exp(-z)))

SIGMOID_DERIVATIVE = Derivation(
    d(sigma(z), z),
    (d(1 / (1 + exp(-z)), z), r"definition of $\sigma$"),
    (-(d(1 + exp(-z), z) / (1 + exp(-z)) ** 2), r"derivative of $\frac{1}{g}$"),
    (1 / (1 + exp(-z)) * (exp(-z) / (1 + exp(-z))), r"derivative of $e^g$; two factors"),
    (sigma(z) * ((exp(-z) + 1 - 1) / (1 + exp(-z))), r"definition of $\sigma$; $+1 - 1$"),
    (sigma(z) * (1 - sigma(z)), r"definition of $\sigma$"),
)
```

It cannot be built if a line does not follow:

- each line is compared with the line before at random points with 40 digits, where derivatives are
  differences, not rules; sizes N, D, H, K are 2, 3 and 4 in turn, free indices take up to six combinations
  of their values, and a function that may be any is tanh, log(1 + e^z) and ReLU in turn;
- between two derivatives by the same letter, what is differentiated is compared too, so that a wrong constant
  cannot hide;
- between two minimisers, a step names the move (a term taken away, a positive factor, a logarithm, a minus)
  and the objective after the move has to be exactly the next one;
- SymPy decides the steps for sums of symbolic length, so for every N, D, H and K; the derivation says which
  steps it could not decide;
- what is shown is made from the same terms that are computed. A reader that knows nothing but LaTeX reads the
  printed lines and legend back and finds the same values
  (`tests/glm2mlp/test_derivation_display.py`).
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the whole study; 1 if a wrong line was accepted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="the page to write")
    options = parser.parse_args(arguments)
    results = []
    with ProcessPoolExecutor() as pool:
        for result in pool.map(study, NAMES):
            results.append(result)
            print(f"{result.name}: {result.refused.total()} refused", file=sys.stderr)  # noqa: T201
            for change in result.missed:
                print(f"  missed: {change}", file=sys.stderr)  # noqa: T201
    text = page(results)
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    else:
        print(text)  # noqa: T201
    return int(any(result.missed for result in results))


if __name__ == "__main__":
    sys.exit(main())
