"""What the course consists of: its assignments and their exercises, declared once.

Student side, public. Notebooks, instant checks, hidden tests, gradebook, feedback and site all read
names, points, objectives and items from here.
"""

from dataclasses import dataclass
from typing import Literal

OBJECTIVES = {
    "O1": "Implement multiclass classification with softmax.",
    "O2": (
        "Reason about linear, logistic and softmax regression in one probabilistic framework: "
        "target distribution, activation, and training by maximum likelihood."
    ),
    "O3": "Explain the multilayer perceptron as a further generalization of linear models.",
}
# A multiple-choice question offers the first few of them.
LETTERS = "ABCDE"
# What people write around the letter of their choice.
AROUND_LETTERS = " \t\r\n()[]{}.,:;*$'\""


@dataclass(frozen=True)
class Exercise:
    """One thing that a student writes.

    `name` is also the `grade_id` of the answer cell; `items` are the lecture's items (S-numbers),
    `exam` the exam topics that it practises (numbers of EXAM_TOPICS); `rubric` gives the criteria of a
    written answer with the points of each; `choices` says how many a multiple-choice question has.
    `read_again` is the heading of a lecture under which the items are explained as they are needed here, if
    they are explained under several.
    """

    name: str
    points: float
    objective: str
    items: tuple[str, ...]
    kind: Literal["function", "derivation", "formulas", "choice", "written"] = "function"
    exam: tuple[str, ...] = ()
    rubric: tuple[tuple[str, float], ...] = ()
    choices: int = 4
    read_again: str = ""

    @property
    def symbolic(self) -> bool:
        """Whether the answer is made of formulas, in the symbols of a locked cell."""
        return self.kind in ("derivation", "formulas")

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of a multiple-choice question."""
        return tuple(LETTERS[: self.choices])


def chosen_letter(value: object) -> str:
    """The letter that an answer to a multiple-choice question gives, as people write it: "d", "(D)", "D."."""
    return value.strip(AROUND_LETTERS).upper() if type(value) is str else ""


@dataclass(frozen=True)
class Assignment:
    """One notebook. `imports` are the libraries that its answers may import, beside Python's own."""

    name: str
    title: str
    imports: tuple[str, ...]
    exercises: tuple[Exercise, ...]

    @property
    def max_points(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def importable(self) -> tuple[str, ...]:
        """The libraries that grading lets answers import: SymPy too where some answer is symbolic."""
        symbolic = any(exercise.symbolic for exercise in self.exercises)
        return (*self.imports, "sympy") if symbolic else self.imports

    def exercise(self, name: str) -> Exercise:
        """The exercise called `name`; raises KeyError if this assignment has none."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(name)


LOGISTIC_REGRESSION = Assignment(
    name="logistic_regression",
    title="Logistic regression",
    imports=("numpy",),
    exercises=(
        Exercise("sigmoid", 2, "O2", ("S2", "S3"), exam=("8",)),
        Exercise("sigmoid_derivative", 2, "O2", ("S3", "S11"), exam=("8",)),
        Exercise("logit", 1, "O2", ("S5",)),
        Exercise("choose_logit_meaning", 1, "O2", ("S5",), kind="choice"),
        Exercise("derive_sigmoid_derivative", 3, "O2", ("S10", "S11"), kind="derivation"),
        Exercise("nll", 2, "O2", ("S4", "S6", "S12")),
        Exercise("derive_nll_gradient", 3, "O2", ("S12", "S13"), kind="derivation"),
        Exercise("gradient", 3, "O2", ("S13", "S14")),
        Exercise("sgd_epoch", 3, "O2", ("S7",), exam=("5",)),
        Exercise("predict", 1, "O2", ("S2", "S4")),
        Exercise("choose_boundary", 1, "O2", ("S2", "S4"), kind="choice"),
    ),
)

SOFTMAX_REGRESSION = Assignment(
    name="softmax_regression",
    title="Softmax regression",
    imports=("numpy",),
    exercises=(
        Exercise("softmax", 3, "O1", ("S21", "S26"), exam=("2", "4")),
        Exercise("choose_shift", 1, "O1", ("S26",), kind="choice", exam=("4",)),
        Exercise("log_softmax", 3, "O1", ("S21", "S25"), exam=("2",)),
        Exercise("one_hot", 1, "O1", ("S32",), exam=("5",)),
        Exercise("nll", 2, "O1", ("S24", "S27"), exam=("5",)),
        Exercise(
            "derive_softmax_gradient",
            4,
            "O2",
            ("S31", "S32"),
            kind="derivation",
            exam=("5", "next 2"),
        ),
        Exercise("gradient", 4, "O1", ("S27", "S31", "S32"), exam=("5",)),
        Exercise("predict", 1, "O1", ("S20", "S24"), exam=("2",)),
        Exercise("choose_shapes", 1, "O1", ("S20", "S24", "S36"), kind="choice", exam=("2",)),
        Exercise(
            "explain_convex_regions",
            2,
            "O1",
            ("S28", "S29"),
            kind="written",
            exam=("6",),
            rubric=(
                (
                    "Says that the logit of a point on the segment is the same mixture of the ends' logits.",
                    1,
                ),
                ("Concludes, with 0 ≤ u ≤ 1, that the same class still has the largest logit.", 1),
            ),
        ),
    ),
)

MSE_AS_MLE = Assignment(
    name="mse_as_mle",
    title="Mean squared error as maximum likelihood",
    imports=("numpy",),
    exercises=(
        Exercise("mse", 3, "O2", ("S17",), exam=("1",)),
        Exercise("gaussian_nll", 5, "O2", ("S15", "S16"), exam=("1",)),
        Exercise("choose_noise", 1, "O2", ("S15", "S16"), kind="choice", exam=("1",)),
        Exercise(
            "derive_mse_from_gaussian", 5, "O2", ("S16", "S17"), kind="derivation", exam=("1",)
        ),
        Exercise("choose_constants", 1, "O2", ("S17", "S19"), kind="choice", exam=("1",)),
        Exercise("mle_variance", 4, "O2", ("S17",), exam=("1",)),
        Exercise(
            "explain_assumptions",
            3,
            "O2",
            ("S15", "S16", "S17"),
            kind="written",
            exam=("1",),
            rubric=(
                (
                    "Says that the examples are independent, so that their likelihood is a product and its "
                    "logarithm a sum.",
                    1,
                ),
                (
                    "Says that each target is Normal around its prediction, with one variance for all "
                    "examples.",
                    1,
                ),
                (
                    "Says what is dropped or added inside argmin, and why that moves no minimum: neither the "
                    "constant term nor the positive factor depends on the weights.",
                    1,
                ),
            ),
        ),
    ),
)

GENERALIZED_LINEAR_MODELS = Assignment(
    name="generalized_linear_models",
    title="Generalized linear models",
    imports=("numpy", "scipy"),
    exercises=(
        Exercise(
            "glm_table",
            12,
            "O2",
            ("S8", "S9", "S14", "S19", "S31", "S37"),
            kind="formulas",
            exam=("1", "8"),
        ),
        Exercise("choose_output_layer", 1, "O2", ("S35", "S37"), kind="choice", exam=("8",)),
        Exercise("sigmoid_as_softmax", 3, "O1", ("S22",), exam=("3",)),
        Exercise("choose_index", 1, "O1", ("S22",), kind="choice", exam=("3",)),
        Exercise("glm_gradient", 5, "O2", ("S8", "S31", "S32"), exam=("5",)),
    ),
)

MULTILAYER_PERCEPTRON = Assignment(
    name="multilayer_perceptron",
    title="The multilayer perceptron",
    imports=("numpy", "scipy"),
    exercises=(
        Exercise("relu", 1, "O3", ("S41",), exam=("8",)),
        Exercise("relu_derivative", 2, "O3", ("S41",), exam=("8",)),
        Exercise(
            "choose_activations",
            1,
            "O3",
            ("S35", "S37", "S38", "S39", "S40", "S41"),
            kind="choice",
            exam=("8",),
            choices=5,
        ),
        Exercise("choose_parameter_count", 1, "O3", ("S34", "S35"), kind="choice", exam=("7",)),
        Exercise("init_parameters", 3, "O3", ("S43", "S44", "S45"), exam=("9",)),
        Exercise("forward", 5, "O3", ("S34", "S37"), exam=("7", "next 1")),
        Exercise("gradients", 7, "O3", ("S42",), exam=("5", "next 2")),
        Exercise(
            "explain_identity_and_zero_init",
            2,
            "O3",
            ("S38", "S45"),
            kind="written",
            exam=("8", "9"),
            rubric=(
                (
                    "Shows that with the identity the logits are a linear function of x again, and says "
                    "which weights and biases it has.",
                    1,
                ),
                (
                    "Follows the gradients from parameters that are all zero, and says which of the four "
                    "never move and what the network can learn at most.",
                    1,
                ),
            ),
        ),
    ),
)

WHAT_WENT_WRONG = Assignment(
    name="what_went_wrong",
    title="What went wrong?",
    imports=("numpy",),
    exercises=(
        Exercise("choose_cause_1", 2, "O3", ("S30", "S42"), kind="choice"),
        Exercise("repair_1", 4, "O3", ("S30", "S42")),
        Exercise("choose_cause_2", 2, "O2", ("S2", "S30"), kind="choice", exam=("11",)),
        Exercise("repair_2", 4, "O2", ("S2", "S30"), exam=("11",)),
        Exercise("choose_cause_3", 2, "O3", ("S30", "S41"), kind="choice"),
        Exercise("repair_3", 4, "O3", ("S30", "S41"), exam=("11",)),
        Exercise("choose_preprocessing", 1, "O3", ("S30", "S34"), kind="choice", exam=("11",)),
        Exercise("choose_overfitting", 1, "O3", ("S30", "S34"), kind="choice", exam=("10",)),
    ),
)

L2_HEADING, OVERFITTING_HEADING = "L² for a network", "Good in training, no better in the test"
REGULARIZATION = Assignment(
    name="regularization",
    title="Small weights and stopping in time",
    imports=("numpy",),
    exercises=(
        Exercise("regularized_loss", 1, "O3", ("S42",), exam=("5",), read_again=L2_HEADING),
        Exercise("l2_step", 2, "O3", ("S42",), exam=("5",), read_again=L2_HEADING),
        Exercise(
            "choose_strength",
            1,
            "O3",
            ("S42",),
            kind="choice",
            exam=("5", "10"),
            read_again=L2_HEADING,
        ),
        Exercise("early_stopping", 2, "O3", ("S42",), exam=("10",), read_again=OVERFITTING_HEADING),
        Exercise(
            "choose_examples",
            1,
            "O3",
            ("S42",),
            kind="choice",
            exam=("10",),
            read_again=OVERFITTING_HEADING,
        ),
    ),
)

ASSIGNMENTS = {
    assignment.name: assignment
    for assignment in (
        LOGISTIC_REGRESSION,
        SOFTMAX_REGRESSION,
        MSE_AS_MLE,
        GENERALIZED_LINEAR_MODELS,
        MULTILAYER_PERCEPTRON,
        WHAT_WENT_WRONG,
        REGULARIZATION,
    )
}
