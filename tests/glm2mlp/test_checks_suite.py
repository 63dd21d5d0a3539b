"""How `check` and `check_all` behave in a notebook: lookup, what they raise, what they say."""

import sys

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from notebook_answers import DERIVATIONS, REFERENCE, notebook

from glm2mlp.checks import mse_as_mle, softmax_regression
from glm2mlp.checks.compare import APPROXIMATE, Unexpected, call_text, expect, expect_classes
from glm2mlp.checks.report import ONE_HINT, PUBLIC
from glm2mlp.checks.softmax_regression import check, check_all, ready, suite
from glm2mlp.checks.suite import CheckFailed

SOFTMAX = """
def softmax(Z):
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)
"""
NLL = """
def gaussian_nll(y, t, variance):
    return np.mean((t - y) ** 2) / (2 * variance) + np.log(2 * np.pi * variance) / 2
"""
STUB = "def {}(*arguments, **keywords):\n    raise NotImplementedError()"
REFERENCE = [*REFERENCE["softmax_regression"], *DERIVATIONS]


@pytest.fixture(autouse=True)
def _no_notebook(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython")  # as in a terminal: reports are printed


def test_a_right_answer_is_told_and_raises_nothing(capsys):
    assert check("softmax", notebook(SOFTMAX)) is None
    out, err = capsys.readouterr()
    assert out.startswith("softmax: 5 of 5 public checks passed\n")
    assert PUBLIC in out
    assert err == ""


def test_functions_are_looked_up_where_check_is_called(capsys):
    names = notebook("from glm2mlp.checks.softmax_regression import check, check_all", SOFTMAX)
    exec("check('softmax')", names)
    assert "5 of 5" in capsys.readouterr().out
    exec("check_all()", names)
    assert "worth 3 of 22 points" in capsys.readouterr().out


def test_a_wrong_answer_raises_and_shows_expected_got_and_hint(capsys):
    names = notebook("def softmax(Z): return np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)")
    with pytest.raises(CheckFailed, match=r"4 of 5 public checks passed.*Logits of ±1000"):
        check("softmax", names)
    out = capsys.readouterr().out
    assert "✗ failed       Logits of ±1000 give probabilities, not nan." in out
    assert "call       softmax([[1000.0, 1000.0, 0.0], [-1000.0, -2000.0, -1000.0]])" in out
    assert "expected   [[0.5, 0.5, 0. ]" in out
    assert "got        [[nan, nan,  0.]" in out
    assert "hint       softmax(z + c) = softmax(z)" in out
    assert ONE_HINT not in out


@pytest.mark.parametrize("cell", ["", STUB.format("softmax"), "softmax = 3"])
def test_a_missing_answer_is_friendly_and_raises(cell, capsys):
    with pytest.raises(CheckFailed, match=r"softmax: not (written yet|defined)"):
        check("softmax", notebook(cell))
    assert capsys.readouterr().out.count("\n") == 1


def test_an_error_is_shown_with_its_line(capsys):
    names = notebook("def softmax(Z):\n    E = np.exp(Z)\n    return E @ np.ones(7)")
    with pytest.raises(CheckFailed):
        check("softmax", names)
    out = capsys.readouterr().out
    assert "got        ValueError: matmul" in out
    assert "raised in `softmax`, line 3: return E @ np.ones(7)" in out


def test_what_cannot_be_checked_yet_is_told(capsys):
    names = notebook(*REFERENCE, STUB.format("log_softmax"))
    with pytest.raises(CheckFailed, match="nll: 0 of 4"):
        check("nll", names)
    out = capsys.readouterr().out
    assert out.count("– not checked") == 4
    assert "`log_softmax` is not written yet" in out


def test_a_test_that_waits_for_another_exercise_raises_nothing(capsys):
    check("gradient", notebook(*REFERENCE, "def nll(W, X, t, l2=0.0): return 0.0"))
    out = capsys.readouterr().out
    assert "gradient: 4 of 5 public checks passed" in out
    assert "It needs `nll`, whose own checks do not pass yet." in out


def test_a_failure_by_an_earlier_exercise_says_so(capsys):
    with pytest.raises(CheckFailed):
        check("nll", notebook(*REFERENCE, "def log_softmax(Z): return np.abs(Z)"))
    assert "mend `log_softmax` first" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("def mse(y, t): return np.max((y - t) ** 2)", "Square each error"),
        ("def mse(y, t): return np.mean((y - t) ** 2) / 2", "There is no ½"),
        ("def mse(y, t): return np.mean((y - t) ** 2) + np.ones(2)", "expected shape"),
        ("def mse(y, t): y -= t; return np.mean(y**2)", "In-place"),
    ],
)
def test_there_is_one_hint_at_a_time(cell, hint):
    report = mse_as_mle.suite.examine("mse", notebook(cell))
    (given,) = (result.hint for result in report.failures if result.hint)
    assert hint in given
    assert (ONE_HINT in repr(report)) == (len(report.failures) > 1)
    assert (ONE_HINT in report._repr_html_()) == (len(report.failures) > 1)


def test_a_hint_that_names_the_cause_goes_before_a_guess():
    names = notebook("def mle_variance(y, t): return np.var(y - t)", NLL)
    report = mse_as_mle.suite.examine("mle_variance", names)
    assert [bool(result.hint) for result in report.failures] == [False, True, False]
    assert "do not subtract the mean" in report.failures[1].hint


def test_no_guess_where_an_earlier_function_is_wrong():
    wrong = "def log_softmax(Z): return np.abs(Z)"
    report = suite.examine("nll", notebook(*REFERENCE, wrong))
    assert report.failures
    assert not any(result.hint for result in report.failures)
    assert "mend `log_softmax` first" in report.advice[0]


def test_answers_that_call_each_other_forever_end():
    names = notebook(*REFERENCE, "def softmax(Z): return np.exp(log_softmax(Z))")
    exec("def log_softmax(Z): return np.log(softmax(Z))", names)
    with pytest.raises(CheckFailed):
        check("softmax", names)


def test_a_test_cannot_be_spoiled_by_an_answer_that_changes_its_arguments():
    names = notebook(*REFERENCE, "def softmax(Z):\n    Z *= 0\n    return Z + 1")
    assert suite.examine("softmax", names).failures
    assert suite.examine("softmax", notebook(SOFTMAX)).complete


def test_an_unknown_exercise_is_told():
    with pytest.raises(
        CheckFailed, match="no exercise `sofmax`; there are softmax, choose_shift, log_softmax"
    ):
        check("sofmax", {})


def test_a_written_answer_is_graded_by_hand(capsys):
    check("explain_convex_regions", {})
    assert capsys.readouterr().out == "explain_convex_regions: graded by hand\n"


@pytest.mark.parametrize("letter", ["'A'", "'d'", "' C '", "'B)'", "'(a).'"])
def test_any_letter_of_a_question_passes_its_check(letter, capsys):
    check("choose_shift", notebook(f"def choose_shift(): return {letter}"))
    out = capsys.readouterr().out
    assert "1 of 1 public checks passed" in out
    assert "Grading tells whether it is the right one." in out


@pytest.mark.parametrize("value", ["'E'", "''", "'()'", "'AB'", "3", "['A']", "b'A'"])
def test_what_is_no_letter_fails_its_check(value, capsys):
    with pytest.raises(CheckFailed):
        check("choose_shift", notebook(f"def choose_shift(): return {value}"))
    out = capsys.readouterr().out
    assert "expected   A, B, C or D" in out
    assert f"got        a {type(eval(value)).__name__}: {value}" in out


def test_an_untouched_question_is_not_written_yet():
    with pytest.raises(CheckFailed, match="choose_shift: not written yet"):
        check("choose_shift", notebook(STUB.format("choose_shift")))


def test_the_overview_of_a_draft_raises_nothing(capsys):
    check_all(notebook(SOFTMAX, STUB.format("nll")))
    lines = capsys.readouterr().out.splitlines()
    states = {line.split()[0]: line.split(maxsplit=2)[2] for line in lines[1:-1]}
    assert states["softmax"] == "checks pass"
    assert states["nll"] == states["predict"] == "not started"
    assert states["explain_convex_regions"] == "graded by hand"
    assert lines[-1].startswith(
        "The checks pass for exercises worth 3 of 22 points; 2 more are graded by hand. Public checks"
    )


def test_the_overview_of_a_finished_notebook(capsys):
    letters = (f"def {name}(): return 'A'" for name in ("choose_shift", "choose_shapes"))
    check_all(notebook(*REFERENCE, *letters))
    assert "worth 20 of 22 points" in capsys.readouterr().out


def test_the_overview_raises_if_something_begun_fails(capsys):
    with pytest.raises(CheckFailed, match=r'fail for softmax, nll, gradient.*check\("softmax"\)'):
        check_all(notebook(*REFERENCE, "def softmax(Z): return Z\ndef nll(*a, l2=0.0): return 0.0"))
    out = capsys.readouterr().out
    assert "softmax                    3  4 of 5 checks fail" in out


def test_a_picture_waits_for_what_it_draws(capsys):
    names = notebook(SOFTMAX, "def nll(W, X, t, l2=0.0): return 0.0")
    assert ready("softmax", notebook=names)
    assert capsys.readouterr().out == ""
    assert not ready("softmax", "nll", "predict", notebook=names)
    assert "once nll, predict pass" in capsys.readouterr().out


def test_notebooks_show_html_that_reads_without_colour():
    html = suite.examine("softmax", notebook("def softmax(Z): return '<b>'"))._repr_html_()
    assert html.count("✗ failed") == 4
    assert '<th scope="col"' in html
    assert "<caption" in html
    assert "a str: &#x27;&lt;b&gt;&#x27;" in html
    assert "<b>" not in html
    assert PUBLIC in html
    assert "color: inherit" in html


def test_a_notebook_gets_the_table_and_no_traceback_of_ours(monkeypatch, capsys):
    monkeypatch.undo()
    monkeypatch.setattr("IPython.core.history.HistoryManager.enabled", False)
    shell = InteractiveShell(user_ns=notebook("def softmax(Z): return Z"))
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.setattr(InteractiveShell, "_instance", shell)
    shell.run_cell("from glm2mlp.checks.softmax_regression import check")
    result = shell.run_cell("check('softmax')")
    out = capsys.readouterr().out
    assert isinstance(result.error_in_exec, CheckFailed)
    assert "✗ failed" in out
    assert "CheckFailed: softmax: 1 of 5 public checks passed. To mend:" in out
    assert "Traceback" not in out
    assert "suite.py" not in out


@pytest.mark.parametrize(
    ("got", "expected", "text"),
    [
        (np.zeros(3), np.zeros((3, 1)), r"an array of shape \(3, 1\), got shape \(3,\)"),
        ([0.0], np.zeros(1), "an array .* got a list"),
        (np.zeros(1), 0.0, r"a number, got shape \(1,\)"),
        (None, 0.0, "a number, got a NoneType"),
        (np.array(["0"]), np.zeros(1), "got a ndarray"),
        (np.array([np.nan]), np.zeros(1), "nan"),
        (1 + 1e-7, 1.0, r"expected 1\.0, got 1\.0000001"),
        (1j, 0.0, "got a complex"),
    ],
)
def test_what_does_not_fit_is_described(got, expected, text):
    with pytest.raises(Unexpected, match=text):
        expect(got, expected, "")


@pytest.mark.parametrize("got", [0.5, np.float64(0.5), np.array(0.5), np.float32(0.5)])
def test_a_number_may_be_of_any_kind(got):
    expect(got, 0.5, "")


def test_classes_are_int64():
    with pytest.raises(Unexpected, match="dtype float64"):
        expect_classes(np.array([1.0]), [1], "")


def test_a_slip_gets_its_own_hint():
    with pytest.raises(Unexpected) as caught:
        expect(-2.0, 2.0, "general", slips=[(4.0, "twice"), (-2.0, "sign")])
    assert caught.value.hint == "sign"


def test_what_is_nearly_right_is_called_so_unless_the_slip_is_known():
    with pytest.raises(Unexpected) as caught:
        expect(np.array([0.2499999, 0.1]), [0.25, 0.1], "general", slips=[([0.5, 0.2], "twice")])
    assert caught.value.hint == APPROXIMATE
    with pytest.raises(Unexpected) as caught:
        expect(0.2499999, 0.25, "general", slips=[(0.2499999, "floats")])
    assert caught.value.hint == "floats"
    with pytest.raises(Unexpected) as caught:
        expect(0.249, 0.25, "general")
    assert caught.value.hint == "general"


def test_long_arguments_are_shown_by_their_shape():
    text = call_text("f", [np.zeros((4, 5)), np.array([1.0, 2])], {"rng": np.random.default_rng(1)})
    assert text == "f(<array of shape (4, 5)>, [1.0, 2.0], rng=Generator)"


def test_the_public_name_is_the_suite():
    assert softmax_regression.check == suite.check
