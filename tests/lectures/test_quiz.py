"""The recap quizzes: what is refused, and the HTML; tests/lint has the questions themselves."""

import re
from html.parser import HTMLParser

import pytest

from glm2mlp import quiz


@pytest.fixture(params=quiz.lectures())
def shown(request) -> quiz.Quiz:
    return quiz.show(request.param)


class Page(HTMLParser):
    """Collects the tags with their attributes, and checks that they are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.opened: list[str] = []
        self.feed(html)
        assert self.opened == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "input":
            self.opened.append(tag)

    def handle_endtag(self, tag):
        assert self.opened.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def table(**changes):
    """A question as it is read from a file, changed in some of its keys."""
    choices = [{"text": f"choice {i}", "why": f"reason {i}", "right": i == 1} for i in range(3)]
    question = {"text": "Why?", "objective": "O1", "items": ["S2"], "choice": choices}
    return {**question, **changes}


def html_of(question: dict) -> str:
    return quiz.Quiz("x", (quiz._question("x", question),))._repr_html_()


def test_each_input_has_its_own_label_and_a_question_its_own_group(shown):
    page = Page(shown._repr_html_())
    inputs = page.all("input")
    ids = [each["id"] for each in inputs]
    assert len(set(ids)) == len(ids)
    assert [label["for"] for label in page.all("label")] == ids
    groups = [each["name"] for each in inputs]
    assert len(set(groups)) == len(page.all("fieldset")) == len(shown.questions)
    assert len(page.all("legend")) == len(shown.questions)


def test_needs_no_script_and_nothing_from_elsewhere(shown):
    html = shown._repr_html_()
    assert "<script" not in html
    assert not re.search(r"(https?:)?//", html)
    assert not re.search(r"\son\w+=", html)


def test_reasons_stand_in_the_order_of_the_choices(shown):
    html = shown._repr_html_()
    for question in shown.questions:
        places = [html.index(quiz._inline(choice.why)) for choice in question.choices]
        assert places == sorted(places)


def test_a_reason_says_in_words_whether_the_choice_is_right():
    html = html_of(table())
    assert html.count("✓ Right.") == 1
    assert html.count("✗ Not this one.") == 2
    assert html.index("✗") < html.index("✓") < html.rindex("✗")


def test_text_elsewhere_keeps_the_answers_to_itself(shown):
    text = repr(shown)
    for question in shown.questions:
        assert question.text in text
        assert all(choice.why not in text for choice in question.choices)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & *c*", "a &lt; b &amp; <em>c</em>"),
        (
            "$a < b$ and `x < y`",
            r'<span class="math">\(a &lt; b\)</span> and <code>x &lt; y</code>',
        ),
        ("<script>", "&lt;script&gt;"),
        ("$a * b * c$", r'<span class="math">\(a * b * c\)</span>'),
    ],
)
def test_a_little_markdown_is_written_as_html(text, html):
    assert quiz._inline(text) == html


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"objective": "O4"}, "name one objective"),
        ({"items": ["S47"]}, "from S1 to S46"),
        ({"items": ["S0"]}, "from S1 to S46"),
        ({"items": []}, "name the items"),
        ({"hint": "?"}, "unknown key 'hint'"),
        ({"choice": table()["choice"][:2]}, "three to five"),
        ({"choice": table()["choice"] * 2}, "three to five"),
        ({"choice": [{"text": "a", "why": "b"}] * 3}, "exactly one"),
        ({"choice": [{"text": "a", "why": "b", "right": True}] * 3}, "exactly one"),
        ({"choice": [{"text": "a"}, *table()["choice"]]}, "say `why`"),
        ({"choice": [{"text": "a", "why": " "}, *table()["choice"]]}, "say `why`"),
        ({"choice": [{"text": "a", "why": "b", "wrong": 1}]}, "unknown key 'wrong'"),
    ],
)
def test_a_mistake_is_named(changes, message):
    with pytest.raises(quiz.QuizError, match=message):
        quiz._question("x.toml, question 1", table(**changes))


def test_an_unknown_lecture_is_told_which_there_are():
    with pytest.raises(quiz.QuizError, match="1_logistic_regression"):
        quiz.show("7_transformers")
