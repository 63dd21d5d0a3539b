"""Pages say what helps, and hold nothing that runs or fetches."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from engine_kit import SOFTMAX, page_of
from hypothesis import given
from hypothesis import strategies as st
from markup import Markup, dangers

from autograder.feedback.html import to_html
from autograder.feedback.markdown import fenced, plain, to_markdown
from autograder.feedback.maths import markdown_to_html
from autograder.report import Evidence, ExerciseResult, Plot, PublicCheck, Report, TestResult
from glm2mlp.catalogue import ASSIGNMENTS

NASTY = (
    "</pre></style><script>alert(1)</script><img src=http://x.y onerror='a()'>\"&`[a](javascript:a)"
)
CURVE = Plot(
    "curve",
    (0.1, None, 0.9),
    (0.2, 0.5, 0.8),
    x=(-1.0, 0.0, 1.0),
    call="sigmoid(np.linspace(-1, 1, 3))",
)


def results(assignment: str = SOFTMAX, **special: ExerciseResult) -> dict[str, ExerciseResult]:
    """Full points, but for the written answers and for those given."""
    passed = (TestResult("test_it", "passed"),)
    return {
        e.name: special.get(e.name)
        or (
            ExerciseResult(None, e.points, "manual")
            if e.kind == "written"
            else ExerciseResult(e.points, e.points, "passed", passed)
        )
        for e in ASSIGNMENTS[assignment].exercises
    }


def report(student: str = "ada", assignment: str = SOFTMAX, **special: ExerciseResult) -> Report:
    exercises = results(assignment, **special)
    points = sum(result.points or 0 for result in exercises.values())
    maximum = ASSIGNMENTS[assignment].max_points
    return Report(student, assignment, "graded", points, maximum, exercises=exercises)


def failed(**parts) -> ExerciseResult:
    """A softmax that fails one of two tests, with evidence."""
    check = PublicCheck(
        "Rows sum to one.", "failed", "softmax([1.0])", "[1.0]", "[2.0]", "Sum rows."
    )
    seen = PublicCheck("One example works.", "passed")
    tests = (
        TestResult("test_shape", "passed", "the message", sentence="Sentence of shape."),
        TestResult("test_rows", "failed", "the message", sentence="Sentence of rows."),
    )
    plain_one = ExerciseResult(
        1.5, 3.0, "failed", tests, "Sentence of rows.", evidence=Evidence((seen, check), CURVE)
    )
    return replace(plain_one, **parts)


def shown(*args, **kwargs) -> tuple[str, str]:
    """The page as HTML and as Markdown."""
    said = page_of(report(*args, **kwargs))
    return to_html(said), to_markdown(said)


def text_of(html: str) -> str:
    return " ".join(Markup(html).text.split())


# What it says


def test_points_and_what_was_right_and_the_first_that_goes_wrong():
    for text in map(text_of, (shown(softmax=failed())[0],)):
        assert "At least 18.5 of 22 points" in text
        assert "1 of 2 hidden tests pass." in text
        assert "What is right already One example works." in text
        assert (
            "The first thing that goes wrong This does not hold yet: Rows sum to one. you call softmax([1.0])"
            in text
        )
        assert "expected [1.0] you get [2.0]" in text
        assert "A hint Sentence of rows." in text
        assert 'Softmax: lecture 3 Softmax regression, "From numbers to probabilities"' in text


def test_points_are_of_what_they_were_out_of_when_they_were_given():
    """An exercise may be worth less by now; «22 of 21» would be nonsense to a student."""
    said = page_of(replace(report(), points=24.0, max_points=24.0))
    assert "24 of 24 points" in text_of(to_html(said))
    assert "**24** of 24 points" in to_markdown(said)


def test_markdown_says_the_same():
    text = shown(softmax=failed())[1]
    for said in (
        "At least **18.5** of 22 points",
        "## `softmax`: 1.5 of 3",
        "- One example works.",
        "you get:\n\n```text\n[2.0]\n```",
        "Sentence of rows.",
        "From numbers to probabilities",
    ):
        assert said in text


def test_messages_of_tests_are_not_told():
    for text in shown(softmax=failed()):
        assert "the message" not in text
        assert "Sentence of shape" not in text


def test_hint_of_a_misconception_takes_the_place_of_the_check_s_own():
    recognised = failed(misconception="axis-0", hint="Add up your result along each axis.")
    for text in shown(softmax=recognised):
        assert "Add up your result along each axis." in text
        assert "Sum rows." not in text
        assert "axis-0" not in text


def test_place_of_an_error_stays_beside_a_hint():
    check = PublicCheck(
        "Works.", "failed", "f()", "a result", "ValueError: no", "It was raised in `f`"
    )
    raised = failed(misconception="x", hint="Try.", evidence=Evidence((check,)))
    text = text_of(shown(softmax=raised)[0])

    assert "you call f() it raises ValueError: no It was raised in f" in text
    assert "a result" not in text


def test_answer_that_passes_all_checks_is_told_that_hidden_tests_look_at_more():
    passing = Evidence((PublicCheck("Rows sum to one.", "passed"),))
    text = text_of(shown(softmax=failed(evidence=passing))[0])

    assert "All public checks of your notebook pass. Hidden tests look at more" in text


@pytest.mark.parametrize("after_deadline", [False, True])
def test_pages_obey_the_disclosure_of_each_test(after_deadline):
    tests = tuple(
        TestResult(f"test_{name}", "failed", sentence=f"Sentence of {name}.", disclosure=disclosure)
        for name, disclosure in [
            ("never_told", "never"),
            ("later", "after the deadline"),
            ("open", "public"),
        ]
    )
    secret = failed(tests=tests, hint="Sentence of never_told.")
    said = page_of(report(softmax=secret), after_deadline=after_deadline)
    for text in (to_html(said), to_markdown(said)):
        assert "never" not in text
        assert ("Sentence of later" in text) == after_deadline
        assert "Sentence of open." in text
        assert "not yet" in text


def test_nothing_but_points_where_no_test_may_speak():
    silent = tuple(replace(test, disclosure="never") for test in failed().tests)
    text = text_of(shown(softmax=failed(tests=silent, evidence=None))[0])

    assert "Sentence" not in text
    assert "What went wrong here is not told, or not yet." in text


def test_choice_is_explained_and_its_letter_told():
    wrong = ExerciseResult(
        0.0, 1.0, "failed", (TestResult("test_letter", "failed", "chose B"),), "Because of xᵀv."
    )
    text = text_of(shown(choose_shift=wrong)[0])

    assert "You chose B." in text
    assert "Why Because of xᵀv." in text


def test_letters_that_are_none_are_not_quoted():
    odd = TestResult("test_letter", "failed", "returned none of the letters")
    text = text_of(shown(choose_shift=ExerciseResult(0.0, 1.0, "failed", (odd,), "A letter."))[0])

    assert "You chose" not in text


def test_advice_stands_beside_full_points():
    advised = replace(results()["softmax"], advice=("`softmax` makes NumPy warn.",))
    assert "Advice, at no cost: softmax makes NumPy warn." in text_of(shown(softmax=advised)[0])


def test_written_answer_shows_what_is_looked_for():
    text = text_of(shown()[0])

    assert "A person reads this answer" in text
    assert "Concludes, with 0 ≤ u ≤ 1" in text


def test_unreadable_submission_says_what_to_do_and_no_path_of_ours():
    unreadable = Report(
        "ada",
        SOFTMAX,
        "unreadable",
        None,
        22.0,
        error="/srv/c/submitted/ada/x/x.ipynb: is empty; save it",
    )
    for text in (to_html(page_of(unreadable)), to_markdown(page_of(unreadable))):
        assert "Your file: is empty; save it" in text.replace("\\", "")
        assert "/srv" not in text
        assert "No points yet, of 22" in text


def test_pending_exercise_is_not_the_students_fault():
    text = text_of(shown(softmax=failed(points=None, outcome="harness"))[0])

    assert "a fault of the grader, not of your answer" in text
    assert "Sentence of rows" not in text


def test_submission_that_a_person_looks_at_says_so():
    one = replace(
        report(softmax=failed()), status="review", error="/srv/x.ipynb: it ended too often"
    )
    for text in (text_of(to_html(page_of(one))), to_markdown(page_of(one))):
        assert text.count("A person will look at this notebook, too") == 1
        assert "/srv" not in text


def test_fault_of_ours_is_told_once_where_it_is():
    harness = ExerciseResult(None, 3.0, "harness")
    one = replace(report(softmax=harness), status="review", error="a fault of the grader")
    assert to_markdown(page_of(one)).count("A person will look at") == 1


# What it is made of


def test_nothing_in_a_page_runs_or_fetches():
    assert dangers(shown(softmax=failed())[0]) == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_task_is_shown_with_its_formulas(assignment):
    """Every exercise at fault at once: all tasks, all choices, all readings, without a dollar left."""
    wrong = {
        e.name: ExerciseResult(0.0, e.points, "failed", failed().tests, "Try again.")
        for e in ASSIGNMENTS[assignment].exercises
        if e.kind != "written"
    }
    html, _ = shown(assignment=assignment, **wrong)

    assert dangers(html) == []
    assert html.count("<details>") == len(ASSIGNMENTS[assignment].exercises)
    tasks = "".join(part.task for part in page_of(report(assignment=assignment)).parts)
    assert ("<math" in html) == ("$" in tasks)
    text = Markup(html).text
    assert "\\frac" not in text
    assert "$" not in text


def test_page_has_language_title_and_one_main_heading():
    html, _ = shown(softmax=failed())
    elements = Markup(html).elements

    assert '<html lang="en">' in html
    assert elements.count("h1") == 1
    assert elements.count("main") == 1
    assert "<title>Softmax regression: feedback for ada</title>" in html
    levels = [int(tag[1]) for tag in elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_plot_is_described_in_words():
    html, markdown = shown(softmax=failed())
    said = "At 1 of 3 places your result is no finite number, first at 0."

    assert re.search(rf'<svg viewBox="[\d ]+" role="img" aria-label="Plot\. [^"]*{said}">', html)
    assert said in markdown


def test_plot_shows_its_own_input_wherever_its_numbers_stand():
    """The failing check above it is another call, whose numbers are others."""
    html, markdown = shown(softmax=failed())
    above = html.partition("<figure>")[0]
    assert above.count(CURVE.call) == 1
    assert above.rindex("softmax(") < above.index(CURVE.call)
    assert re.search(
        rf"\*\*Another call\*\*\n\n```text\n{re.escape(CURVE.call)}\n```\n\nAt 1 of", markdown
    )


@pytest.mark.parametrize(
    "plot",
    [
        Plot("sums", (None, None), (1.0, 1.0)),
        Plot("sums", (1e300, -1e300), (1.0, 1.0)),
        Plot("sums", (5e-324, 0.0), (1.0, 1.0)),
        Plot("entries", (1.0,), (1.0000001,), labels=("[0]",)),
        Plot("entries", (0.0,) * 30, (1.0,) * 30, labels=tuple(f"W[{i}]" for i in range(30))),
        Plot("curve", (None,) * 3, (0.0, 0.0, 0.0), x=(-1.0, 0.0, 1.0)),
    ],
    ids=str,
)
def test_any_numbers_can_be_drawn(plot):
    html, _ = shown(softmax=failed(evidence=Evidence((), plot)))

    assert dangers(html) == []
    assert not re.search(r'"(nan|inf|[^"]*[ ,](nan|inf))', html)


def test_html_in_our_own_markdown_is_text():
    assert "<script>" not in markdown_to_html(
        "<script>a()</script> [a](http://x.y) ![b](http://x.y)"
    )
    assert "http" not in markdown_to_html("[a](http://x.y) ![b](http://x.y)")


# Hostile texts


def test_markup_of_a_student_is_text_wherever_it_stands():
    check = PublicCheck(NASTY, "failed", NASTY, NASTY, NASTY, NASTY)
    tests = (TestResult(NASTY, "failed", NASTY, sentence=NASTY, disclosure="public"),)
    evil = failed(tests=tests, hint=NASTY, advice=(NASTY,), evidence=Evidence((check,), CURVE))
    said = replace(page_of(report(NASTY, softmax=evil)), repairs=(NASTY,), problem=NASTY)
    html = to_html(said)

    assert dangers(html) == []
    assert Markup(html).text.count("<script>") >= 9
    assert set(Markup(html).elements) <= set(
        Markup(to_html(page_of(report(softmax=failed())))).elements
    )


@given(st.text(max_size=60), st.text("`<>&\"'$\\[]()!#*_~\n a", max_size=60))
def test_any_text_of_a_student_is_text(name, text):
    check = PublicCheck("Ours.", "failed", text, text, text, text)
    said = page_of(report(name, softmax=failed(evidence=Evidence((check,)))))

    assert dangers(to_html(said)) == []
    written = to_markdown(said)
    for line in written.splitlines():
        escaped_or_code = r"\\.|`[^`\n]+`"
        assert "<" not in re.sub(escaped_or_code, "", line) or _inside_code(written, line)


def _inside_code(markdown: str, line: str) -> bool:
    """Whether the line stands between fences."""
    fence = ""
    for each in markdown.splitlines():
        if fence:
            if each == line:
                return True
            fence = "" if each == fence else fence
        elif each.startswith("```"):
            fence = "`" * (len(each) - len(each.lstrip("`")))
    return False


@given(st.text("`a\n~", max_size=40))
def test_fence_is_longer_than_any_in_the_text(text):
    first, *middle, last = fenced(text).split("\n")

    assert first == f"{last}text"
    assert last not in middle


def test_signs_of_markdown_mean_nothing_in_a_name():
    assert plain("a_b <i> [x](http://y) `a_b` #") == r"a\_b \<i\> \[x\](http\://y) `a_b` \#"
