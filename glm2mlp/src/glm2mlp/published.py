"""What the course's own labs print, beside what the student's functions print. Student side, public.

The results are public on the course's page. Training repeats them only if the same random numbers are drawn
in the same order: the seeds stand in the notebooks' last cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from glm2mlp.checks.report import details, paragraph, row, show, table

REMARK = (
    "The last digits may depend on the machine and on the order of additions. A difference costs nothing:"
    " this comparison earns no points."
)

PUBLISHED = {
    "logistic_regression": """\
After epoch 1: train loss 0.3259 acc 94.0%, test loss 0.3301 acc 96.0%
After epoch 2: train loss 0.2321 acc 96.0%, test loss 0.2385 acc 98.0%
After epoch 3: train loss 0.1877 acc 98.0%, test loss 0.1949 acc 98.0%
After epoch 4: train loss 0.1612 acc 98.0%, test loss 0.1689 acc 98.0%
After epoch 5: train loss 0.1435 acc 98.0%, test loss 0.1517 acc 98.0%
After epoch 6: train loss 0.1307 acc 98.0%, test loss 0.1396 acc 98.0%
After epoch 7: train loss 0.1208 acc 98.0%, test loss 0.1304 acc 96.0%
After epoch 8: train loss 0.1129 acc 98.0%, test loss 0.1230 acc 96.0%
After epoch 9: train loss 0.1065 acc 98.0%, test loss 0.1170 acc 96.0%
Learned weights 2.77 -0.60 0.12
""".splitlines(),
    "softmax_regression": """\
After epoch 1: train loss 0.4097 acc 87.6%, test loss 0.6056 acc 81.8%
After epoch 2: train loss 0.1842 acc 95.3%, test loss 0.2684 acc 92.6%
After epoch 3: train loss 0.1589 acc 95.4%, test loss 0.2366 acc 92.7%
After epoch 4: train loss 0.1509 acc 95.9%, test loss 0.2568 acc 91.2%
After epoch 5: train loss 0.1184 acc 96.6%, test loss 0.2067 acc 92.6%
After epoch 6: train loss 0.1052 acc 96.7%, test loss 0.1756 acc 94.6%
After epoch 7: train loss 0.0839 acc 97.2%, test loss 0.1704 acc 94.5%
After epoch 8: train loss 0.0898 acc 97.8%, test loss 0.1826 acc 94.0%
After epoch 9: train loss 0.0910 acc 97.3%, test loss 0.2099 acc 92.7%
After epoch 10: train loss 0.0717 acc 98.4%, test loss 0.1574 acc 95.4%
Learned weights:
  -0.04 0.04 0.06 0.10 -0.02 -0.14 -0.02 -0.11 0.06 0.03 ...
  -0.08 -0.09 -0.06 -0.03 -0.16 0.07 -0.07 -0.01 0.07 -0.07 ...
  -0.05 -0.00 0.02 0.02 -0.00 -0.05 0.07 0.09 0.03 0.07 ...
  -0.02 -0.07 0.04 0.03 0.06 0.10 0.03 -0.00 -0.01 0.08 ...
  -0.09 -0.06 -0.01 -0.21 -0.02 -0.19 -0.08 -0.09 -0.07 -0.07 ...
  -0.06 0.08 0.19 0.09 -0.03 0.16 0.06 -0.09 0.07 -0.01 ...
  0.10 -0.09 -0.01 -0.00 -0.08 -0.06 -0.02 -0.06 -0.03 -0.08 ...
  0.03 0.02 0.04 -0.05 0.07 0.03 0.11 0.10 -0.09 -0.05 ...
  0.03 0.07 -0.01 -0.09 -0.01 -0.06 -0.11 0.09 -0.03 0.02 ...
  0.00 -0.09 0.09 0.01 -0.05 -0.05 -0.03 -0.09 -0.04 -0.02 ...
""".splitlines(),
    "multilayer_perceptron": """\
After epoch 1: train acc 91.1%, test acc 89.2%
After epoch 2: train acc 95.9%, test acc 93.5%
After epoch 3: train acc 96.5%, test acc 95.2%
After epoch 4: train acc 96.1%, test acc 94.5%
After epoch 5: train acc 96.3%, test acc 93.5%
After epoch 6: train acc 98.3%, test acc 96.2%
After epoch 7: train acc 98.4%, test acc 96.4%
After epoch 8: train acc 98.3%, test acc 95.7%
After epoch 9: train acc 99.1%, test acc 97.4%
After epoch 10: train acc 98.8%, test acc 97.4%
Learned parameters:
  -0.03 0.09 0.05 0.02 -0.07 -0.07 -0.09 0.07 0.02 0.04 -0.10 0.09 ...
  0.01 0.10 -0.16 0.02 0.13 0.04 0.14 -0.01 0.05 -0.07 -0.08 0.02 ...
  0.00 0.00 -0.00 0.00 0.00 -0.00 -0.00 0.00 0.00 -0.00 -0.00 -0.00 ...
  0.01 -0.00 -0.00 0.00 0.00 0.00 -0.01 0.00 -0.00 -0.00 ...
""".splitlines(),
}


@dataclass(frozen=True, repr=False)
class Comparison:
    """Lines that a training printed, each with the published one; "" where one of them is missing."""

    title: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def summary(self) -> str:
        """Return how many lines agree."""
        same = sum(_same(*pair) for pair in self.pairs)
        return f"{same} of {len(self.pairs)} lines are the same."

    def __repr__(self) -> str:
        lines = [self.title]
        for yours, theirs in self.pairs:
            if _same(yours, theirs):
                lines.append(f"  same     {yours}")
            else:
                lines += [f"  differs  {yours}  (yours)", f"           {theirs}  (published)"]
        return "\n".join([*lines, self.summary, REMARK])

    def _repr_html_(self) -> str:
        rows = [row([_verdict(*pair), details(_parts(*pair))]) for pair in self.pairs]
        head = table(self.title, ["Result", "Line"], rows)
        return f"<div>{head}{paragraph(self.summary)}{paragraph(REMARK)}</div>"


def compare(name: str, lines: Sequence[str]) -> None:
    """Show the lines that the student's training printed beside those that the course publishes.

    name: the assignment.  lines: as the lab prints them.
    """
    pairs = zip_longest(lines, PUBLISHED[name], fillvalue="")
    show(Comparison("Your training beside the published one", tuple(pairs)))


def _same(yours: str, theirs: str) -> bool:
    return yours.split() == theirs.split()


def _verdict(yours: str, theirs: str) -> str:
    return "same" if _same(yours, theirs) else "differs"


def _parts(yours: str, theirs: str) -> list[tuple[str, str]]:
    """Return what stands in a row: the line once where both agree."""
    if _same(yours, theirs):
        return [("both", yours.strip())]
    return [("yours", yours.strip() or "–"), ("published", theirs.strip() or "–")]
