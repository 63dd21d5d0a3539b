"""All lectures run without a warning, and what their text claims of numbers is true of those printed."""

import re

import numpy as np
import pytest
from thinning import slow

from autograder.authoring.lectures import execute_all
from glm2mlp.catalogue import COURSE

pytestmark = slow
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


class Printed:
    """What a lecture printed."""

    def __init__(self, text: str) -> None:
        self.text = text

    def rows(self, start: str) -> list[list[float]]:
        """The numbers behind `start` in each line that begins so."""
        lines = [line for line in self.text.splitlines() if line.lstrip().startswith(start)]
        return [[float(n) for n in NUMBER.findall(line.split(start, 1)[1])] for line in lines]

    def before(self, end: str) -> float:
        """The number before the only place of a text."""
        before, _ = self.text.split(end)
        return float(NUMBER.findall(before)[-1])

    def rows_below(self, head: str, rows: int) -> np.ndarray:
        """The numbers of the rows below the only line that begins with `head`."""
        lines = self.text.splitlines()
        (place,) = (i for i, line in enumerate(lines) if line.lstrip().startswith(head))
        below = lines[place + 1 : place + 1 + rows]
        return np.array([[float(n) for n in NUMBER.findall(line)] for line in below])

    def row(self, start: str) -> list[float]:
        """The numbers behind `start` in the only line that begins so."""
        (row,) = self.rows(start)
        return row


@pytest.fixture(scope="module")
def lectures() -> dict[str, Printed]:
    runs = execute_all(COURSE)
    return {name[0]: Printed(run.printed) for name, run in runs.items()}


def test_training_lowers_the_loss_of_the_irises(lectures):
    first, last, accuracy = lectures["1"].row("mean NLL")
    assert first == pytest.approx(np.log(2), abs=1e-3)
    assert last < first / 2
    assert accuracy > 90


def test_the_formula_of_a_gradient_agrees_with_trying(lectures):
    for number in "123":
        assert lectures[number].row("largest difference:")[0] < 1e-7
    for parameter in ("W_h", "b_h", "W_y", "b_y"):
        assert lectures["5"].row(parameter)[-1] < 1e-8


def test_the_variance_moves_no_minimum_of_the_patients_loss(lectures):
    found = [lectures["2"].row(start)[-1] for start in ("0.3 ", "0.6 ", "4 ", "MSE ")]
    assert len(set(found)) == 1
    assert lectures["2"].row("least loss at variance") == lectures["2"].row("least MSE")


def test_a_slip_moves_the_mean_and_hardly_the_median(lectures):
    for noise, statistic in (("Normal", "mean    "), ("Laplace", "median")):
        best, value = lectures["2"].row(noise), lectures["2"].row(statistic)
        assert best == pytest.approx(value, abs=0.5)
    mean, moved = lectures["2"].row("mean    ")
    median, hardly = lectures["2"].row("median")
    assert abs(moved - mean) > 3
    assert abs(hardly - median) < 1


def test_the_patients_fit_the_normal_distribution_but_not_one_variance(lectures):
    assert lectures["2"].row("within  σ:")[0] == pytest.approx(68, abs=7)
    assert lectures["2"].row("within 2σ:")[0] == pytest.approx(95, abs=4)
    (low, *others) = (typical for _, typical in lectures["2"].rows("mean prediction"))
    assert low < min(others)


def test_softmax_regression_reads_over_96_percent_of_the_digits_and_a_network_half_of_the_rest(
    lectures,
):
    linear, network = (lectures[number].before("% of the test digits") for number in "36")
    assert 96 < linear < 97
    assert 0.4 < (100 - network) / (100 - linear) < 0.6


def test_larger_weights_make_right_answers_surer_and_wrong_ones_dearer(lectures):
    rows = [lectures["3"].row(f"{factor} · W") for factor in (0.5, 1, 2, 4)]
    right, training, right_too, test = zip(*rows, strict=True)
    assert set(right) == {100}
    assert len(set(right_too)) == 1
    assert sorted(training, reverse=True) == list(training)
    assert sorted(test) == list(test)


def test_the_validation_loss_is_least_for_a_strength_in_between(lectures):
    table = lectures["3"].rows_below("λ   loss: training", 4)
    assert sorted(table[:, 1]) == list(table[:, 1])
    assert 0 < table[:, 2].argmin() < 3


def test_the_weights_shrink_as_predicted(lectures):
    assert lectures["3"].row("after: ") == lectures["3"].row("as predicted:")


def test_no_segment_leaves_a_region_of_softmax_regression(lectures):
    assert lectures["3"].before(" outside the region") == 0


def test_rings_are_given_to_the_largest_class_and_squares_tell_them_apart(lectures):
    linear, squares = (share for (share,) in lectures["3"].rows("validation accuracy"))
    *predicted, _, _, most = lectures["3"].row("predicted:")
    assert predicted == [0, 0, 500]
    assert linear == most / 5 > 50
    assert squares > 95
    loss, with_squares = (end for (end,) in lectures["3"].rows("training loss at the end"))
    constant = lectures["3"].row("loss of the best constant model")[0]
    assert loss == pytest.approx(constant, abs=0.005)
    assert loss < np.log(3) - 0.05
    assert with_squares < constant / 2


def test_every_cell_of_the_table_is_confirmed(lectures):
    for name in ("linear", "logistic", "softmax", "counts"):
        exact, total, mean, slope, gradient = lectures["4"].rows(f"{name} ")[-1]
        assert max(exact, total, mean) < 1e-8
        assert max(slope, gradient) < 1e-4


def test_means_are_those_of_the_targets(lectures):
    for name in ("diabetes", "tumours", "digit 0", "digit 8"):
        predicted, true = lectures["4"].rows(name)[-1]
        assert predicted == pytest.approx(true, rel=0.03)


def test_a_network_cuts_out_what_logistic_regression_cannot(lectures):
    right, leaving = lectures["5"].row("logistic regression:")
    always = lectures["5"].row("always")[0]
    assert right < always
    assert leaving == 0
    right, leaving = lectures["5"].row("eight hidden ReLUs:")
    assert right > always
    assert leaving > 0


def test_first_weights_keep_the_size_of_their_inputs(lectures):
    for weights, formula, this_range, unit_range in lectures["6"].rows_below("M   std of w", 3)[
        :, 1:
    ]:
        assert weights == pytest.approx(formula, rel=0.1)
        assert this_range == pytest.approx(1 / np.sqrt(3), rel=0.1)
        assert unit_range > 3 * this_range


def test_zeros_stay_zeros_and_equal_units_equal(lectures):
    for name in ("ReLU  zeros", "tanh  zeros"):
        assert lectures["6"].row(name)[:2] == [0, 0]
    moved, apart, _ = lectures["6"].row("σ     zeros")
    assert moved > 0.1
    assert apart < 1e-10


def test_what_went_wrong_in_each_case(lectures):
    cases = {case: lectures["6"].rows(f"{case} ") for case in "ABC"}
    for case, (always, ends, *_) in cases.items():
        assert always[0] == 0
        assert always[1] == always[2], case
        assert ends[0] == pytest.approx(ends[1], abs=0.02), case
    rates = {case: lectures["6"].row(f"{case}:") for case in "ABC"}
    assert min(rates["A"]) > rates["A"][2] - 0.02
    assert rates["B"][1] < rates["B"][2] / 2
    assert rates["C"][4] < rates["C"][2] / 2


def test_the_network_overfits_and_every_remedy_helps(lectures):
    names = ("logistic regression  ", "2 ReLUs", "50 ReLUs, 20 epochs", "50 ReLUs, λ = 0.1")
    training, test, loss = lectures["6"].row("50 ReLUs  ")
    remedies = [row for name in names for row in lectures["6"].rows(name) if len(row) == 3]
    assert len(remedies) == 4
    for held_back, better, cheaper in remedies:
        assert held_back < training
        assert better > test
        assert cheaper < loss


def test_standardized_features_work_with_either_rate(lectures):
    (raw, raw_network, dead), (_, majority, all_dead) = (
        row[-3:] for row in lectures["6"].rows("as measured")
    )
    always = lectures["6"].row('always "benign":')[0]
    assert 50 < dead < 100 == all_dead
    assert majority == pytest.approx(always, abs=1)
    for linear, network, dead in (row[-3:] for row in lectures["6"].rows("standardized")):
        assert min(linear, network) > 90 > raw
        assert network > raw_network
        assert dead == 0


def test_products_are_for_linear_models(lectures):
    for problem in ("disc", "irises"):
        (linear, network), (with_products, _) = (
            row[-2:] for row in lectures["6"].rows(f"{problem} ")
        )
        assert linear < 80
        assert min(network, with_products) > 93
