"""The questions of the recap quizzes."""

from collections import Counter

import pytest

from glm2mlp import quiz
from glm2mlp.catalogue import COURSE, OBJECTIVES


@pytest.fixture(params=quiz.lectures())
def shown(request) -> quiz.Quiz:
    return quiz.show(request.param)


def test_a_quiz_has_at_least_five_questions(shown):
    assert len(shown.questions) >= 5


def test_every_question_has_one_right_choice_and_a_reason_for_each(shown):
    for question in shown.questions:
        assert [choice.right for choice in question.choices].count(True) == 1
        assert all(len(choice.why) > 20 for choice in question.choices), question.text
        for part in ("text", "why"):
            values = [getattr(choice, part) for choice in question.choices]
            assert len(set(values)) == len(values), question.text


def test_every_question_is_tied_to_an_objective_and_items(shown):
    for question in shown.questions:
        assert question.objective in OBJECTIVES
        assert question.items
        assert set(question.items) <= set(COURSE.items)


def test_the_right_choice_is_not_always_at_the_same_place(shown):
    places = Counter(
        [choice.right for choice in question.choices].index(True) for question in shown.questions
    )
    assert max(places.values()) <= len(shown.questions) / 2


def test_formulas_are_closed(shown):
    for question in shown.questions:
        for text in (question.text, *(c.text for c in question.choices)):
            assert text.count("$") % 2 == 0, text
            assert text.count("{") == text.count("}"), text
        for choice in question.choices:
            assert choice.why.count("$") % 2 == 0, choice.why
