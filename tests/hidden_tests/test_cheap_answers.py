"""What answers earn that know nothing of the exercise: trivial ones, and solvers that borrow."""

import math

import pytest
from cohorts import GIVEN, a_third, sampled
from generic_solvers import SOLVERS
from in_process import InProcessStudent, in_the_engine
from thinning import some
from trivial_answers import trivial_answers

from autograder.authoring import load_reference
from autograder.grading.lending import lender, to_lend
from autograder.grading.trusted import sent
from autograder.report import points_of
from glm2mlp.catalogue import ASSIGNMENTS

FUNCTIONS = [
    (assignment, exercise)
    for assignment in ASSIGNMENTS.values()
    for exercise in assignment.exercises
    if exercise.kind == "function"
]
SEEDS = range(3)

# What trivial answers earn at most, by full id, and why that is right. All others earn nothing.
IS_THE_RULE = "the rule itself, z > 0"
WITHOUT_PATIENCE = "a known mistake, right where patience does not run out: 3 tests of 7"
LUCK = "luck: two zeros among seven labels, in one of 21 orders"
EARNED_BY_TRIVIAL_ANSWERS = {
    ("logistic_regression/predict", "random bits in the asked shape"): (1 / 6, LUCK),
    ("multilayer_perceptron/relu_derivative", "positive of z"): (2, IS_THE_RULE),
    ("regularization/early_stopping", "argmin + 1 of losses"): (6 / 7, WITHOUT_PATIENCE),
}

# What solvers earn with loans, at most, and why. All others earn nothing with loans.
BUILT_ON = "the exercise is built on the lent function: an own right one gives as much"
IS_THE_ANSWER = "the asked formula, which calls the lent function"
EARNED_WITH_LOANS = {
    ("logistic_regression/sigmoid_derivative", "differences of sigmoid"): (2, BUILT_ON),
    ("logistic_regression/nll", "integral of sigmoid"): (5 / 3, BUILT_ON),
    ("logistic_regression/nll", "logarithm of sigmoid"): (5 / 3, IS_THE_ANSWER),
    ("logistic_regression/gradient", "differences of a loss of sigmoid"): (3, BUILT_ON),
    ("logistic_regression/predict", "sign of sigmoid"): (1, IS_THE_ANSWER),
    ("softmax_regression/log_softmax", "logarithm of softmax"): (12 / 5, IS_THE_ANSWER),
    ("softmax_regression/nll", "logarithm of softmax"): (5 / 3, IS_THE_ANSWER),
    ("softmax_regression/predict", "largest of softmax"): (1, IS_THE_ANSWER),
    ("mse_as_mle/mle_variance", "mse"): (4, IS_THE_ANSWER),
    ("generalized_linear_models/glm_gradient", "residuals of sigmoid_as_softmax"): (
        5 / 7,
        "the asked formula for one of three models",
    ),
    ("generalized_linear_models/glm_gradient", "differences of a loss of sigmoid_as_softmax"): (
        5 / 7,
        BUILT_ON,
    ),
    ("multilayer_perceptron/gradients", "differences of forward"): (5, BUILT_ON),
}


def earned(assignment, exercise, answers, seeds):
    """What each answer earns on the second best of the seeds, since one may be luck; without those of 0."""
    found = {}

    def work(hidden):
        for name, function in answers.items():
            student = InProcessStudent({**GIVEN, exercise.name: function})
            results = [hidden.run(student, seed, exercise)[0] for seed in seeds]
            points = [points_of(exercise.points, each) for each in results]
            assert None not in points, (name, results)
            found[name] = sorted(points)[-2:][0]

    in_the_engine(assignment.name, work)
    return {name: points for name, points in found.items() if points}


def allowed(remainders, assignment, exercise):
    full_id = f"{assignment.name}/{exercise.name}"
    return {name: points for (where, name), (points, _) in remainders.items() if where == full_id}


@pytest.mark.parametrize(
    ("assignment", "exercise"), some(FUNCTIONS, spread=True), ids=lambda each: each.name
)
def test_trivial_answers_earn_nothing(assignment, exercise):
    right = load_reference(assignment)[exercise.name]
    answers = a_third(exercise.name, dict(trivial_answers(right)))

    seeds = SEEDS[:1] if sampled(exercise.name) else SEEDS
    points = earned(assignment, exercise, answers, seeds)

    expected = allowed(EARNED_BY_TRIVIAL_ANSWERS, assignment, exercise)
    assert points == pytest.approx(expected)


def with_loans(assignment, exercise, reference):
    """The functions that an exercise may borrow if all before it are wrong, as they answer a worker."""
    names = to_lend(
        assignment, exercise, {each.name: "failed" for each in assignment.exercises}, reference
    )
    lend = lender(reference, names)
    return {
        name: lambda *args, name=name, **kwargs: lend(name, sent(args), sent(kwargs))
        for name in names
    }


SOLVED = [each for each in FUNCTIONS if each[1].name in SOLVERS.get(each[0].name, {})]


@pytest.mark.parametrize(
    ("assignment", "exercise"), some(SOLVED, spread=True), ids=lambda each: each.name
)
def test_a_solver_earns_no_more_with_loans_than_with_right_functions_of_its_own(
    assignment, exercise
):
    reference = load_reference(assignment)
    solvers = SOLVERS[assignment.name][exercise.name]
    lent = with_loans(assignment, exercise, reference)

    borrowed, own = (
        earned(
            assignment, exercise, {n: solver(others) for n, solver in solvers.items()}, SEEDS[:1]
        )
        for others in (lent, reference)
    )

    assert borrowed == pytest.approx(allowed(EARNED_WITH_LOANS, assignment, exercise))
    assert {name for name in borrowed if borrowed[name] > own.get(name, 0) + 1e-9} == set()


def test_every_exercise_that_has_others_before_it_is_solved():
    without = {
        f"{assignment.name}/{exercise.name}"
        for assignment, exercise in FUNCTIONS
        if (assignment, exercise) not in SOLVED
        and next(e for a, e in FUNCTIONS if a == assignment) != exercise
    }
    # Nothing earlier in these notebooks says anything about what they ask.
    assert without == {
        "multilayer_perceptron/init_parameters",
        "multilayer_perceptron/forward",
        "what_went_wrong/repair_2",
        "what_went_wrong/repair_3",
        "regularization/early_stopping",
    }


def test_only_what_an_exercise_is_built_on_is_lent():
    loans = {
        f"{assignment.name}/{exercise.name}": set(
            with_loans(assignment, exercise, load_reference(assignment))
        )
        for assignment, exercise in FUNCTIONS
    }
    assert {name: lent for name, lent in loans.items() if lent} == {
        "logistic_regression/sigmoid_derivative": {"sigmoid"},
        "logistic_regression/nll": {"sigmoid"},
        "logistic_regression/gradient": {"sigmoid"},
        "logistic_regression/sgd_epoch": {"gradient", "sigmoid"},
        "logistic_regression/predict": {"sigmoid"},
        "softmax_regression/log_softmax": {"softmax"},
        "softmax_regression/nll": {"softmax", "log_softmax", "one_hot"},
        "softmax_regression/gradient": {"softmax", "one_hot"},
        "softmax_regression/predict": {"softmax"},
        "mse_as_mle/gaussian_nll": {"mse"},
        "mse_as_mle/mle_variance": {"mse"},
        "generalized_linear_models/glm_gradient": {"sigmoid_as_softmax"},
        "multilayer_perceptron/forward": {"relu"},
        "multilayer_perceptron/gradients": {"forward", "relu", "relu_derivative"},
    }


def test_remainders_are_legitimate_and_written_down():
    ids = {f"{assignment.name}/{exercise.name}" for assignment, exercise in FUNCTIONS}
    for remainders in (EARNED_BY_TRIVIAL_ANSWERS, EARNED_WITH_LOANS):
        assert {where for where, _ in remainders} <= ids
        assert all(reason and math.isfinite(points) for points, reason in remainders.values())
