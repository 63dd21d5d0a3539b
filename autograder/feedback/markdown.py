"""A feedback page as Markdown, for those who read it elsewhere. Trusted side.

What came from a student stands in blocks of code only, whose fences are longer than any in it.
"""

import re
from collections.abc import Iterable, Iterator

from autograder.feedback.content import Page, Part, number
from autograder.feedback.figures import figure
from autograder.feedback.html import MARKS, evidence, points


def to_markdown(page: Page) -> str:
    """The page as one Markdown file; formulas are LaTeX between dollars."""
    return _tidy(_lines(page))


def _lines(page: Page) -> Iterator[str]:
    full = number(page.max_points)
    yield from (f"# {page.assignment.title}", "", f"Feedback for {plain(page.student)}", "")
    if page.points is None:
        yield f"No points yet, of {full}"
    else:
        yield f"{'At least ' if page.at_least else ''}**{number(page.points)}** of {full} points"
    if page.dates:
        yield from ("", " ".join(page.dates))
    if page.problem:
        yield from ("", "## Nothing could be graded", "", plain(page.problem))
    if page.review:
        yield from ("", page.review)
    if page.repairs:
        yield from ("", "## Your notebook was mended", "")
        yield from (f"- {plain(repair)}" for repair in page.repairs)
    if page.parts:
        yield from (
            "",
            "## At a glance",
            "",
            "| exercise | points | how it went |",
            "|:--|--:|:--|",
        )
    for part in page.parts:
        earned = f"{points(part.points)} / {number(part.max_points)}"
        yield f"| `{part.name}` | {earned} | {MARKS[part.state]} |"
    for part in page.parts:
        earned = f"{points(part.points)} of {number(part.max_points)}"
        yield from ("", f"## `{part.name}`: {earned}", "", *_part(part))


def part_to_markdown(part: Part) -> str:
    """What is said of one exercise, without its heading."""
    return _tidy(_part(part))


def _tidy(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _part(part: Part) -> Iterator[str]:
    yield part.summary
    for text in part.given:
        yield from ("", text)
    if part.comment:
        yield from ("", "**Comment**", "", fenced(part.comment))
    if part.chosen and part.state != "full":
        yield from ("", f"You chose {part.chosen}.")
    if part.worked:
        yield from ("", "**What is right already**", "", *(f"- {text}" for text in part.worked))
    if part.listed:
        yield from ("", "**Part by part**", "")
    for title, passed, sentence in part.listed:
        yield f"- {title}: {'right' if passed else 'not yet'}{f'. {sentence}' if sentence else ''}"
    if part.failure:
        yield from ("", "**The first thing that goes wrong**", "")
        yield f"This does not hold yet: *{part.failure.sentence}*"
        for name, text in evidence(part.failure):
            yield from ("", f"{name}:", "", fenced(text))
        if part.failure.hint:
            yield from ("", plain(part.failure.hint))
    elif part.remark:
        yield from ("", "**What goes wrong**", "", part.remark)
    if part.hint:
        yield from ("", f"**{'Why' if part.kind == 'choice' else 'A hint'}**", "", part.hint)
    if part.plot:
        yield from ("", "**Another call**", "")
        if part.plot.call:
            yield from (fenced(part.plot.call), "")
        yield figure(part.plot, part.name).description
    for text in part.advice:
        yield from ("", f"**Advice, at no cost:** {text}")
    if part.rubric:
        yield from ("", "**What is looked for**", "")
        yield from (f"- {criterion} ({number(worth)})" for criterion, worth in part.rubric)
    if part.reading and part.state != "pending":
        yield from ("", "**Where to read again**", "")
    for reading in part.reading if part.state != "pending" else ():
        place = f', "{reading.heading}"' if reading.heading else ""
        lecture = f": lecture {reading.lecture}{place}" if reading.lecture else ""
        yield f"- {reading.title}{lecture}"


def plain(text: str) -> str:
    """A text in which no sign means anything to Markdown or HTML, but for `code`."""
    pieces = re.split(r"(`[^`\n]+`)", text)
    return "".join(
        piece if i % 2 else re.sub(r"([\\`*_\[\]<>&#|~$@]|:(?=//)|(?<=www)\.)", r"\\\1", piece)
        for i, piece in enumerate(pieces)
    ).replace("\n", " ")


def fenced(text: str) -> str:
    """A block of code that holds the text, whatever it is."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
