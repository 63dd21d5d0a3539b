"""What hidden tests give and expect is on no page, however an answer tries to carry it there."""

import json

import numpy as np
import pytest
from engine_kit import LOGISTIC, ROOMY, SOFTMAX, before, hand_in, page_of, solved, task
from hidden_numbers import Row, found_in, hidden_numbers
from markup import dangers

from autograder.feedback.html import to_html
from autograder.feedback.markdown import to_markdown
from autograder.report import Report

SEEDS = (7, 8)
EARLIER = "seen = []\nimport warnings, sys"
# Each answer tries to say what it was given; what it returns is wrong, and tells nothing by itself.
WAYS = {
    "error": "raise ValueError(f'{given}')",
    "name of an error": "raise type(f'E{given}', (Exception,), {})()",
    "print": "print(given)\n    sys.stderr.write(given)\n    return 0",
    "warning": "warnings.warn(f'overflow encountered in exp {given}', RuntimeWarning)\n    return 0",
    "name of a class": "return type(f'C{given}', (), {})()",
    "text": "return given",
    "entry": "return {given: object()}",
    "recursion": "return exec(f'raise KeyError({given!r})')",
    "stub": "raise NotImplementedError(given)",
    "memory of earlier calls": "seen.append(given)\n    raise ValueError(f'{seen}')",
    "file of earlier calls": (
        "open('seen', 'a').write(given)\n    raise ValueError(open('seen').read())"
    ),
    "markup": "raise type('<script>', (Exception,), {})(f'</pre><script>{given}</script>')",
}


@pytest.fixture(scope="module")
def reports(grading_process, tmp_path_factory):
    """The report of each way, for each seed; graded once."""
    folder = tmp_path_factory.mktemp("secrets")
    made: dict[tuple[str, int], Report] = {}

    def report(way: str, seed: int) -> Report:
        if (way, seed) not in made:
            body = f"given = repr(z.tolist() if hasattr(z, 'tolist') else z)\n    {WAYS[way]}"
            leaking = f"def sigmoid(z):\n    {body}"
            path = hand_in(
                folder / way / str(seed), before(solved(sigmoid=leaking), "sigmoid", EARLIER)
            )
            one = task(path, path.with_name("report.json"), LOGISTIC, ROOMY, seed)
            made[way, seed] = grading_process.grade(one).report
        return made[way, seed]

    return report


def numbers_of(report: Report) -> list[Row]:
    """What the hidden tests gave to these very answers, and expected of them."""
    assert report.seed is not None
    return hidden_numbers(LOGISTIC, [report.seed])[report.seed]


def test_search_finds_what_is_there(reports):
    """The instructor's messages do hold hidden numbers, and only those of this seed."""
    one, other = (reports("error", seed) for seed in SEEDS)
    text = json.dumps(one.to_json()["exercises"]["sigmoid"]["tests"])

    assert len(found_in(text, numbers_of(one))) > 3
    assert found_in(text, numbers_of(other)) == []
    assert len(numbers_of(one)) > 50


def test_short_numbers_are_found_in_company():
    row = np.array([0.0, np.nan, 2.7182818, 3.1415926, 1e300])
    assert found_in("0.12346 and 1.50 and 2.71828, 3.14159", [row]) == ["271828, 314159"]
    assert found_in("3.14159, 2.71828", [row]) == []
    assert found_in("nothing", [row]) == []
    assert found_in("[0.123456789]", [np.array([-0.1234567891234])]) == ["123456789"]
    assert found_in("99.99999987", [np.array([9.999999987e7])]) == ["9999999987"]


@pytest.mark.parametrize("way", WAYS)
def test_no_page_holds_a_hidden_number(way, reports):
    report = reports(way, SEEDS[0])
    numbers = numbers_of(report)
    assert report.exercises["sigmoid"].points == 0
    for after_deadline in (False, True):
        said = page_of(report, after_deadline=after_deadline)
        for text in (to_html(said), to_markdown(said)):
            assert found_in(text, numbers) == []
        assert dangers(to_html(said)) == []


@pytest.mark.parametrize("way", WAYS)
def test_page_is_the_same_whatever_the_hidden_numbers_are(way, reports):
    one, other = (to_html(page_of(reports(way, seed))) for seed in SEEDS)

    assert one == other


@pytest.mark.parametrize("assignment", [LOGISTIC, SOFTMAX])
def test_page_of_wrong_answers_does_not_depend_on_the_seed(assignment, grading_process, tmp_path):
    """All answers wrong by one number, so that they fail and show all that they do on public inputs."""
    names = {
        LOGISTIC: "sigmoid logit nll gradient",
        SOFTMAX: "softmax log_softmax one_hot nll gradient",
    }
    off = "\n".join(
        f"_{n} = {n}\n{n} = lambda *a, **k: _{n}(*a, **k) + 0.01" for n in names[assignment].split()
    )
    pages = []
    for seed in SEEDS:
        path = hand_in(
            tmp_path / str(seed), before(solved(assignment), "predict", off), "s1", assignment
        )
        one = task(path, tmp_path / f"{seed}.json", assignment, ROOMY, seed)
        report = grading_process.grade(one).report
        assert sum(result.outcome == "failed" for result in report.exercises.values()) >= 4
        pages.append(to_html(page_of(report)))

    assert pages[0] == pages[1]
    assert "The first thing that goes wrong" in pages[0]
