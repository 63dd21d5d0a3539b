"""Known wrong ways to write an exercise, as runnable code with a tutor's hint. Trusted side.

`hidden/ASSIGNMENT/wrong/EXERCISE.py` of a course holds the tuple `MISCONCEPTIONS` of that exercise. A
misconception is code, not a pattern: a failing answer is recognised by returning what the misconception
returns, on the same inputs. Only where an exercise is open, so that one idea has many values (a learning
rate that is turned down, by whatever factor), a misconception says itself what shows it, and its code is an
example.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from glm2mlp.course import Assignment

Function = Callable[..., Any]
# What a mistake makes of a result: (value, positional arguments, keywords) → value.
After = Callable[[Any, tuple[Any, ...], Mapping[str, Any]], Any]


class Made(NamedTuple):
    """A call that was made of an answer: its arguments, what came back, and the arguments afterwards."""

    args: tuple[Any, ...]
    value: Any
    left: tuple[Any, ...]


Shown = Callable[[Sequence[Made]], bool]


@dataclass(frozen=True)
class Misconception:
    """One wrong way to write an exercise.

    `id` is unique within the exercise; `belief` says in one sentence what the student did or thought;
    `hint` is what a tutor would say, and gives neither the answer nor a hidden input away. `wrong` is
    called as the exercise is. `after` is set if the mistake acts on the result alone: then it is also
    looked for on top of any other one. `also` are further answers that the same mistake leads to, where
    an answer is made of formulas: it may be made in one line or in another. `shown`, in an open exercise,
    says whether all these calls show the mistake; values are not compared then, and of several that are shown
    the first one counts.
    """

    id: str
    belief: str
    hint: str
    wrong: Function
    after: After | None = None
    also: tuple[Function, ...] = ()
    shown: Shown | None = None


@cache
def misconceptions_of(assignment: Assignment, exercise: str) -> tuple[Misconception, ...]:
    """The misconceptions of an exercise; none if nobody has written any yet."""
    course = assignment.course
    if not course.path("hidden", assignment.name, "wrong", f"{exercise}.py").is_file():
        return ()
    module = course.load(f"hidden.{assignment.name}.wrong.{exercise}")
    known: tuple[Misconception, ...] = module.MISCONCEPTIONS
    return known
