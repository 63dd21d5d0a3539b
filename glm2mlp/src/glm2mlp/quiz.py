"""The recap quiz at the end of a lecture, in the notebook and on the page. Student side, public.

The questions of a lecture stand in `quizzes/<lecture>.toml`, each with its objective and items, and with
a reason for every choice. They are shown as HTML that needs neither a server nor a script: the reader
chooses, by mouse or by arrow keys, and the reason appears.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Any

from glm2mlp.catalogue import OBJECTIVES
from glm2mlp.course import LETTERS

ITEM = re.compile(r"S([1-9]|[1-3]\d|4[0-6])")

# The reasons stand after the choices and in their order, so that no rule needs a name or a number.
_SHOWN = ", ".join(
    f".quiz input:nth-of-type({n}):checked ~ .reasons > :nth-child({n})" for n in range(1, 6)
)
STYLE = f"""\
.quiz fieldset {{ border: 1px solid; border-color: color-mix(in srgb, currentColor 30%, transparent);
  border-radius: .5em; margin: 0 0 1.2em; padding: .9em 1.1em; min-width: 0; break-inside: avoid; }}
.quiz legend {{ float: left; width: 100%; font-size: 1em; margin: 0 0 .5em; padding: 0; border: 0; }}
.quiz .about {{ float: right; margin-left: 1em; font-size: .85em; }}
.quiz .choices {{ clear: both; display: grid; grid-template-columns: auto 1fr; gap: .1em .7em; }}
.quiz input {{ margin: .75em 0 0 .1em; align-self: start; }}
.quiz input:focus-visible {{ outline: 3px solid #0072B2; outline-offset: 2px; }}
.quiz label > b {{ margin-right: .5em; font-weight: 600; }}
.quiz label {{ margin: 0; padding: .4em 0; line-height: 1.5; cursor: pointer; }}
.quiz .reasons {{ grid-column: 1 / -1; }}
.quiz .reasons > p {{ display: none; margin: .6em 0 .2em; padding: .5em .8em;
  border-left: .3em solid #D55E00;
  background: color-mix(in srgb, currentColor 6%, transparent); }}
.quiz .reasons > .right {{ border-color: #0072B2; }}
{_SHOWN} {{ display: block; }}
@media print {{ .quiz .reasons > p {{ display: none !important; }}
  .quiz .reasons > .right {{ display: block !important; }} }}"""


class QuizError(ValueError):
    """A mistake in the text of a quiz: where it is, and what to do."""


@dataclass(frozen=True)
class Choice:
    """One choice, and the reason why it is right or wrong."""

    text: str
    why: str
    right: bool


@dataclass(frozen=True)
class Question:
    """A question: its text, the objective and items that it asks about, and its choices."""

    text: str
    objective: str
    items: tuple[str, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Quiz:
    """The questions of one lecture; the last expression of a cell shows it."""

    lecture: str
    questions: tuple[Question, ...]

    def _repr_html_(self) -> str:
        asked = "".join(
            _fieldset(f"quiz-{self.lecture}-{number}", number, question)
            for number, question in enumerate(self.questions, 1)
        )
        return f'<style>{STYLE}</style>\n<div class="quiz">{asked}</div>'

    def __repr__(self) -> str:
        """Write the questions and choices without the answers, where no HTML is shown."""
        parts = []
        for number, question in enumerate(self.questions, 1):
            lettered = zip(LETTERS, question.choices, strict=False)
            choices = (f"   {letter}  {choice.text}" for letter, choice in lettered)
            parts.append("\n".join((f"{number}. {question.text}", *choices)))
        return "\n\n".join(parts)


def lectures() -> list[str]:
    """List the lectures that have a quiz, in order."""
    folder = files("glm2mlp").joinpath("quizzes")
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir())


def show(lecture: str) -> Quiz:
    """Return the quiz of a lecture, which is named as its file is, e.g. 1_logistic_regression."""
    file = files("glm2mlp").joinpath("quizzes", f"{lecture}.toml")
    if not file.is_file():
        raise QuizError(f"there is no quiz {lecture!r}; there are {', '.join(lectures())}")
    questions = tomllib.loads(file.read_text(encoding="utf-8"))["question"]
    return Quiz(
        lecture,
        tuple(
            _question(f"{lecture}.toml, question {number}", table)
            for number, table in enumerate(questions, 1)
        ),
    )


def _question(where: str, table: Mapping[str, Any]) -> Question:
    if unknown := table.keys() - {"text", "objective", "items", "choice"}:
        raise QuizError(f"{where}: unknown key {min(unknown)!r}; see another quiz")
    if table["objective"] not in OBJECTIVES:
        raise QuizError(f"{where}: name one objective of {', '.join(OBJECTIVES)}")
    items = tuple(table["items"])
    if not items or not all(ITEM.fullmatch(item) for item in items):
        raise QuizError(f"{where}: name the items of the lecture, from S1 to S46")
    choices = tuple(_choice(where, choice) for choice in table["choice"])
    if not 3 <= len(choices) <= 5:
        raise QuizError(f"{where}: offer three to five choices")
    if sum(choice.right for choice in choices) != 1:
        raise QuizError(f"{where}: mark exactly one choice by `right = true`")
    return Question(table["text"].strip(), table["objective"], items, choices)


def _choice(where: str, table: Mapping[str, Any]) -> Choice:
    if unknown := table.keys() - {"text", "why", "right"}:
        raise QuizError(f"{where}: unknown key {min(unknown)!r} of a choice")
    text, why = table["text"].strip(), table.get("why", "").strip()
    if not why:
        raise QuizError(f"{where}: say `why` of the choice {text!r}")
    return Choice(text, why, table.get("right", False))


def _fieldset(name: str, number: int, question: Question) -> str:
    about = f"{question.objective} · {', '.join(question.items)}"
    rows = [
        f'<fieldset><legend><span class="about">{about}</span>'
        f"<strong>{number}.</strong> {_inline(question.text)}</legend>"
        '<div class="choices">'
    ]
    for letter, choice in zip(LETTERS, question.choices, strict=False):
        rows.append(
            f'<input type="radio" name="{name}" id="{name}-{letter}">'
            f'<label for="{name}-{letter}"><b>{letter}</b> {_inline(choice.text)}</label>'
        )
    rows.append('<div class="reasons" role="status">')
    for choice in question.choices:
        kind, word = ("right", "✓ Right.") if choice.right else ("wrong", "✗ Not this one.")
        rows.append(f'<p class="{kind}"><strong>{word}</strong> {_inline(choice.why)}</p>')
    return "\n".join((*rows, "</div></div></fieldset>\n"))


def _inline(text: str) -> str:
    r"""Write a little Markdown as HTML: `code`, *stress* and $formulas$, which stay TeX in \(…\)."""
    parts = re.split(r"(\$[^$]+\$|`[^`]+`)", text)
    return "".join(
        f'<span class="math">\\({escape(part[1:-1])}\\)</span>'
        if part.startswith("$")
        else f"<code>{escape(part[1:-1])}</code>"
        if part.startswith("`")
        else re.sub(r"\*([^*]+)\*", r"<em>\1</em>", escape(part))
        for part in parts
    )
