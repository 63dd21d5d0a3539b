"""Reports: plain data that survives the way to the disk and back, and never lies there half written."""

import json
import os
import stat
from collections.abc import Iterator

import pytest
from engine_kit import LOGISTIC, ROOMY, SOFTMAX
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.authoring import load_release
from autograder.grading import keys
from autograder.grading.hidden import rng_of
from autograder.outcomes import EXPLANATIONS, Outcome, StudentFailure, printable
from autograder.reading.submission import RunnableCell, Submission
from autograder.report import (
    Disclosure,
    Evidence,
    ExerciseResult,
    Plot,
    PublicCheck,
    Report,
    TestResult,
    points_of,
    read_report,
    write_report,
)
from autograder.sandbox.terms import LAYERS, Limits
from glm2mlp.catalogue import ASSIGNMENTS

NOTHING = {"tests": [], "advice": [], "evidence": None}
OUTCOMES = st.sampled_from(Outcome.__args__)


def joined(text: str) -> str:
    """`text` as file names and notebooks hold it: two surrogates that make a character are that one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


# Names of folders need not be text: what is no UTF-8 arrives as lone surrogates.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20).map(joined)
# What a name or a cell can hold, by kind.
KINDS_OF_TEXT = {
    "empty": "",
    "another script": "Μπούλη العربية 李",
    "beyond 16 bits": "\U0001f600",
    "a name that is no UTF-8": os.fsdecode(b"M\xfcller\xff\xfe"),
    "a name that is half UTF-8": os.fsdecode("ü".encode()[:1] + "ü".encode()),
    "lone surrogates": "\ud800 \udfff",
    "surrogates in the wrong order": "\udc00\ud800",
    "no character": "\uffff\ufdd0",
    "line ends": "a\nb\r\nc\x0b\x0c\x1c\x85\u2028\u2029",
    "what a terminal obeys": "\x00\x1b[2J\x07\x7f\x9b",
    "what turns the direction": "\u202eexe.txt\u2066",
    "what nobody sees": "\ufeff\u200b\xad\U000e0041",
    "what JSON escapes": '"\\ud83d\\ude00\\/\b\t',
}
DISCLOSURES = st.sampled_from(Disclosure.__args__)
WEIGHTS = st.floats(0.5, 3, allow_nan=False)
TESTS = st.builds(TestResult, ANY_TEXT, OUTCOMES, ANY_TEXT, WEIGHTS, ANY_TEXT, DISCLOSURES)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
PLOTS = st.builds(
    Plot,
    st.sampled_from(["curve", "sums", "entries"]),
    st.lists(st.none() | NUMBERS, max_size=2).map(tuple),
    st.lists(NUMBERS, max_size=2).map(tuple),
    st.lists(NUMBERS, max_size=2).map(tuple),
    st.lists(ANY_TEXT, max_size=2).map(tuple),
)
CHECKS = st.builds(PublicCheck, ANY_TEXT, st.sampled_from(["passed", "failed"]), got=ANY_TEXT)
EVIDENCE = st.builds(Evidence, st.lists(CHECKS, max_size=2).map(tuple), st.none() | PLOTS)
RESULTS = st.builds(
    ExerciseResult,
    st.none() | st.floats(0, 3),
    st.floats(0, 3),
    OUTCOMES,
    st.lists(TESTS, max_size=3).map(tuple),
    st.none() | ANY_TEXT,
    advice=st.lists(ANY_TEXT, max_size=2).map(tuple),
    evidence=st.none() | EVIDENCE,
)
REPORTS = st.builds(
    Report,
    ANY_TEXT,
    st.just(LOGISTIC),
    st.sampled_from(["graded", "unreadable", "review"]),
    st.none() | st.floats(0, 20),
    st.just(20.0),
    st.none() | ANY_TEXT,
    repairs=st.lists(ANY_TEXT, max_size=2).map(tuple),
    exercises=st.dictionaries(ANY_TEXT, RESULTS, max_size=2),
    answers=st.lists(
        st.fixed_dictionaries({"name": ANY_TEXT, "mode": ANY_TEXT, "source": ANY_TEXT}), max_size=2
    ).map(tuple),
)


def texts_of(data) -> Iterator[str]:
    """All text in JSON data but names of students and answers, which are kept as they are."""
    if isinstance(data, str):
        yield data
    for key, each in (
        data.items()
        if isinstance(data, dict)
        else enumerate(data if isinstance(data, list) else ())
    ):
        yield from () if key in ("student", "answers") else texts_of(each)
        yield from texts_of(key)


def printable_but_for_lines(text: str) -> bool:
    return text.replace("\n", "").isprintable()


def holding(text: str) -> Report:
    """A report with `text` wherever one can be."""
    test = TestResult(text, "failed", text, 1.0, text)
    result = ExerciseResult(0, 1, "failed", (test,), text, advice=(text,))
    answer = {"name": text, "mode": text, "source": text}
    return Report(
        text,
        LOGISTIC,
        "graded",
        0,
        1,
        text,
        repairs=(text,),
        exercises={text: result},
        answers=(answer,),
    )


@example(holding("\ud83d"))
@given(REPORTS)
def test_report_survives_the_way_to_the_disk(tmp_path_factory, report):
    path = tmp_path_factory.mktemp("reports") / "s1.json"

    write_report(report, path)

    again = read_report(path)
    assert (again.student, again.answers) == (report.student, report.answers)
    # Of all other text what a terminal would obey is replaced: once, since it is not there any more.
    write_report(again, path)
    assert read_report(path) == again
    if all(map(printable_but_for_lines, texts_of(report.to_json()))):
        assert again == report


@pytest.mark.parametrize("text", KINDS_OF_TEXT.values(), ids=KINDS_OF_TEXT)
def test_every_kind_of_text_survives_the_way_to_the_disk(tmp_path, text):
    report = holding(text)

    write_report(report, tmp_path / "s1.json")

    again = read_report(tmp_path / "s1.json")
    assert (again.student, again.answers) == (text, report.answers)
    (result,) = again.exercises.values()
    (test,) = result.tests
    assert {again.error, *again.repairs, result.hint, *result.advice, test.message} == {
        printable(text)
    }


def test_exercises_keep_their_order(tmp_path):
    results = {name: ExerciseResult(1.0, 2.0, "passed") for name in ("softmax", "nll", "predict")}

    write_report(Report("s", SOFTMAX, "graded", 2, 4, exercises=results), tmp_path / "a")

    assert list(read_report(tmp_path / "a").exercises) == ["softmax", "nll", "predict"]


def test_report_can_be_read_by_people(tmp_path):
    write_report(Report("Müller", SOFTMAX, "graded", 2, 4), tmp_path / "a")

    assert '"student": "Müller"' in (tmp_path / "a").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "3",
        "{}",
        '{"exercises": []}',
        '{"exercises": {"a": 1}}',
        "[" * 100_000,
        "\0",
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_report_is_told_by_one_of_few_errors(tmp_path, text):
    (tmp_path / "a").write_text(text)

    with pytest.raises((OSError, ValueError, TypeError, KeyError)):
        read_report(tmp_path / "a")


@pytest.mark.parametrize(
    "change",
    [
        {"points": "7"},
        {"points": float("nan")},
        {"points": 10**400},
        {"max_points": None},
        {"keys": ["softmax"]},
        {"alone": ["softmax"]},
        {"alone": {"softmax": []}},
        {"answers": [1]},
        {"exercises": {"softmax": {"points": 1, "max_points": 1, "outcome": [], **NOTHING}}},
        {
            "exercises": {
                "softmax": {"points": "1", "max_points": 1, "outcome": "failed", **NOTHING}
            }
        },
    ],
    ids=str,
)
def test_report_with_another_type_in_it_is_none(tmp_path, change):
    """Whoever reckons with it would end, and the batch with them."""
    data = Report("s", SOFTMAX, "graded", 2, 4).to_json()
    (tmp_path / "a").write_text(json.dumps(data | change))

    with pytest.raises((ValueError, TypeError)):
        read_report(tmp_path / "a")


@pytest.mark.parametrize(
    "name", ["Jürgen O'Neil", "100%", "-rf", "a b", "\udcff", "名前", "x" * 200, "a\nb"]
)
def test_odd_names_of_students_are_names_of_files(tmp_path, name):
    path = tmp_path / f"{name}.json"
    report = Report(
        name, SOFTMAX, "unreadable", None, 4, error=printable(f"{name}/x.ipynb: is empty")
    )

    write_report(report, path)

    assert read_report(path) == report
    assert len(list(tmp_path.iterdir())) == 1


# Points


def ended(*outcomes, weights=None) -> tuple[TestResult, ...]:
    weights = weights or [1.0] * len(outcomes)
    return tuple(
        TestResult(f"test_{i}", outcome, weight=weight)
        for i, (outcome, weight) in enumerate(zip(outcomes, weights, strict=True))
    )


@pytest.mark.parametrize(
    ("results", "points"),
    [
        (ended("passed", "passed"), 3),
        (ended("passed", "failed"), 1.5),
        (ended("failed", "error", "timeout"), 0),
        (ended("passed", "failed", weights=[2.0, 1.0]), 2),
        (ended("passed", "harness"), None),
        ((), None),
    ],
    ids=str,
)
def test_points_are_weight_passed_of_weight_of_all(results, points):
    assert points_of(3, results) == points


# Failures of a student's code


@pytest.mark.parametrize("outcome", EXPLANATIONS)
def test_failure_does_not_satisfy_a_test_that_expects_an_error(outcome):
    failure = StudentFailure(outcome, EXPLANATIONS[outcome])

    assert not isinstance(failure, Exception)
    assert isinstance(failure, pytest.fail.Exception)


# Keys and seeds


def test_course_key_is_made_once_and_for_its_owner_only(tmp_path):
    key = keys.course_key(tmp_path)

    assert len(key) == 32
    assert stat.S_IMODE((tmp_path / "course.key").stat().st_mode) == 0o600
    assert keys.course_key(tmp_path) == key
    assert keys.course_key(tmp_path.parent) != key


@pytest.mark.parametrize("content", [b"", b"ab\n", b"no key", b"\xff" * 64, b"0" * 63], ids=repr)
def test_damaged_course_key_is_told_with_its_file(tmp_path, content):
    (tmp_path / "course.key").write_bytes(content)

    with pytest.raises(ValueError, match=r"course\.key"):
        keys.course_key(tmp_path)


def test_seeds_differ_between_courses_assignments_and_students():
    cases = [
        (key, assignment, student)
        for key in (b"a" * 32, b"b" * 32)
        for assignment in (LOGISTIC, SOFTMAX)
        for student in ("s1", "s2", "s\udcff", "")
    ]

    seeds = [keys.derived_seed(*case) for case in cases]

    assert len(set(seeds)) == len(cases)
    assert seeds == [keys.derived_seed(*case) for case in cases]
    assert all(0 <= seed < 2**64 for seed in seeds)


def test_inputs_of_tests_differ_between_students_and_tests():
    draws = {rng_of(seed, test).uniform() for seed in (1, 2) for test in ("test_a", "test_b")}

    assert len(draws) == 4
    assert rng_of(1, "test_a").uniform() in draws


def key(
    source="x = 1",
    written="",
    repairs=(),
    seed=1,
    limits=ROOMY,
    layers=LAYERS,
    assignment=SOFTMAX,
):
    cells = (RunnableCell("softmax", "answer", source),)
    submission = Submission(cells, {"explain": written}, repairs)
    return keys.exercise_keys(
        submission, load_release(ASSIGNMENTS[assignment]), seed, limits, layers
    )["nll"]


@pytest.mark.parametrize(
    "change",
    [
        {"source": "x = 2"},
        {"written": "Because."},
        {"repairs": ("one",)},
        {"seed": 2},
        {"limits": Limits(memory=1)},
        {"layers": LAYERS[1:]},
        {"assignment": LOGISTIC},
    ],
    ids=str,
)
def test_key_changes_with_all_that_a_result_depends_on(change):
    assert key() == key()
    assert key(**change) != key()


def test_report_is_plain_json():
    report = Report(
        "s",
        SOFTMAX,
        "graded",
        1.5,
        4,
        exercises={"a": ExerciseResult(1, 2, "passed", ended("passed"))},
    )

    assert Report.from_json(json.loads(json.dumps(report.to_json()))) == report
