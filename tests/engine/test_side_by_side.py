"""Functions that run side by side: what they ask for is asked for at once, or of one after the other."""

import weakref

import pytest

from autograder.grading.side_by_side import ask, side_by_side


def adds(*numbers):
    """A function that asks for the double of each number, and adds what it gets."""
    return lambda: sum(ask(number) for number in numbers)


@pytest.fixture
def asked():
    return []


@pytest.fixture
def doubles(asked):
    def doubles(questions):
        asked.append(questions)
        return [2 * question for question in questions]

    return doubles


def one_by_one(asked):
    def double(question):
        asked.append(question)
        return 2 * question

    return double


def unneeded(question):
    raise AssertionError(f"{question} is asked for by itself")


def test_questions_of_all_are_asked_at_once(asked, doubles):
    assert side_by_side([adds(1, 2), adds(), adds(3)], doubles, unneeded) == [6, 0, 6]
    assert asked == [[1, 3], [2]]


def test_nothing_is_asked_for_nobody(asked, doubles):
    assert side_by_side([], doubles, unneeded) == []
    assert side_by_side([adds(), adds()], doubles, unneeded) == [0, 0]
    assert asked == []


def test_without_answers_each_runs_to_its_end_before_the_next(asked):
    functions = [adds(1, 2), adds(3, 4)]

    assert side_by_side(functions, lambda _: None, one_by_one(asked)) == [6, 14]
    assert asked == [1, 2, 3, 4]


def test_answers_that_stop_coming_are_asked_for_one_by_one(asked):
    rounds = iter([[2, 6], None])
    functions = [adds(1, 2), adds(3, 4, 5)]

    assert side_by_side(functions, lambda _: next(rounds), one_by_one(asked)) == [6, 24]
    assert asked == [2, 4, 5]


@pytest.mark.parametrize("at_once", [True, False])
def test_an_answer_that_is_an_exception_is_raised_where_it_was_asked_for(at_once):
    def asks():
        try:
            return ask(1)
        except KeyError:
            return "caught"

    def answer(question):
        raise KeyError(question)

    answers = (lambda questions: [KeyError(q) for q in questions]) if at_once else (lambda _: None)

    assert side_by_side([asks, asks], answers, answer) == ["caught"] * 2


def test_what_a_function_holds_is_let_go(doubles):
    class Held:
        pass

    held = Held()
    functions = [lambda held=held: ask(1)]
    left = weakref.ref(held)
    side_by_side(functions, doubles, unneeded)
    del held, functions

    assert left() is None


def test_after_one_that_ended_all_others_run(asked, doubles):
    def ends():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        side_by_side([adds(1), ends], doubles, unneeded)

    assert side_by_side([adds(1), adds(2, 3)], doubles, unneeded) == [2, 10]
    assert asked == [[1, 2], [3]]
