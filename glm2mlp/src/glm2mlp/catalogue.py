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


@dataclass(frozen=True)
class Exercise:
    """One thing that a student writes.

    `name` is also the `grade_id` of the answer cell; `items` are the lecture's items (S-numbers),
    `exam` the exam topics that it practises (numbers of EXAM_TOPICS); `rubric` gives the criteria of a
    written answer with the points of each.
    """

    name: str
    points: float
    objective: str
    items: tuple[str, ...]
    kind: Literal["function", "derivation", "choice", "written"] = "function"
    exam: tuple[str, ...] = ()
    rubric: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Assignment:
    """One notebook. `imports` are the libraries that its answers may import; `minutes` an estimate."""

    name: str
    title: str
    minutes: int
    imports: tuple[str, ...]
    exercises: tuple[Exercise, ...]

    @property
    def max_points(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises)

    def exercise(self, name: str) -> Exercise:
        """The exercise called `name`; raises KeyError if this assignment has none."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(name)


LOGISTIC_REGRESSION = Assignment(
    name="logistic_regression",
    title="Logistic regression",
    minutes=120,
    imports=("numpy",),
    exercises=(
        Exercise("sigmoid", 2, "O2", ("S2", "S3")),
        Exercise("sigmoid_derivative", 2, "O2", ("S3", "S11")),
        Exercise("logit", 1, "O2", ("S5",)),
        Exercise("derive_sigmoid_derivative", 3, "O2", ("S10", "S11"), kind="derivation"),
        Exercise("nll", 2, "O2", ("S4", "S6", "S12")),
        Exercise("derive_nll_gradient", 3, "O2", ("S12", "S13"), kind="derivation"),
        Exercise("gradient", 3, "O2", ("S13", "S14")),
        Exercise("sgd_epoch", 3, "O2", ("S7",)),
        Exercise("predict", 1, "O2", ("S2", "S4")),
    ),
)

SOFTMAX_REGRESSION = Assignment(
    name="softmax_regression",
    title="Softmax regression",
    minutes=150,
    imports=("numpy",),
    exercises=(
        Exercise("softmax", 3, "O1", ("S21", "S26")),
        Exercise("log_softmax", 2, "O1", ("S21", "S25")),
        Exercise("one_hot", 1, "O1", ("S32",)),
        Exercise("nll", 2, "O1", ("S24", "S27")),
        Exercise("derive_softmax_gradient", 3, "O2", ("S31", "S32"), kind="derivation"),
        Exercise("gradient", 3, "O1", ("S31", "S32")),
        Exercise("sgd_epoch", 3, "O1", ("S27",)),
        Exercise("predict", 1, "O1", ("S20", "S24")),
        Exercise(
            "explain_convex_regions",
            2,
            "O1",
            ("S28", "S29"),
            kind="written",
            rubric=(
                (
                    "Says that the logit of a point on the segment is the same mixture of the ends' logits.",
                    1,
                ),
                ("Concludes, with 0 ≤ λ ≤ 1, that the same class still has the largest logit.", 1),
            ),
        ),
    ),
)

MSE_AS_MLE = Assignment(
    name="mse_as_mle",
    title="Mean squared error as maximum likelihood",
    minutes=120,
    imports=("numpy",),
    exercises=(
        Exercise("mse", 2, "O2", ("S17",), exam=("1",)),
        Exercise("gaussian_nll", 4, "O2", ("S15", "S16"), exam=("1",)),
        Exercise(
            "derive_mse_from_gaussian", 4, "O2", ("S16", "S17"), kind="derivation", exam=("1",)
        ),
        Exercise("gradient", 4, "O2", ("S19",), exam=("1",)),
        Exercise("mle_variance", 3, "O2", ("S17",), exam=("1",)),
        Exercise(
            "explain_assumptions", 3, "O2", ("S15", "S16", "S17"), kind="written", exam=("1",)
        ),
    ),
)

GENERALIZED_LINEAR_MODELS = Assignment(
    name="generalized_linear_models",
    title="Generalized linear models",
    minutes=90,
    imports=("numpy",),
    exercises=(
        Exercise("glm_table", 12, "O2", ("S8", "S9", "S14", "S19", "S31")),
        Exercise("glm_gradient", 5, "O2", ("S8", "S31", "S32"), exam=("5",)),
        Exercise("sigmoid_as_softmax", 3, "O1", ("S22",), exam=("3",)),
    ),
)

MULTILAYER_PERCEPTRON = Assignment(
    name="multilayer_perceptron",
    title="The multilayer perceptron",
    minutes=240,
    imports=("numpy",),
    exercises=(
        Exercise("relu", 1, "O3", ("S41",), exam=("8",)),
        Exercise("relu_derivative", 1, "O3", ("S41",), exam=("8",)),
        Exercise("tanh", 1, "O3", ("S40",), exam=("8",)),
        Exercise("tanh_derivative", 1, "O3", ("S40",), exam=("8",)),
        Exercise("init_parameters", 2, "O3", ("S43", "S45"), exam=("9",)),
        Exercise("forward", 3, "O3", ("S34", "S37"), exam=("7", "next 1")),
        Exercise("nll", 2, "O3", ("S37", "S42"), exam=("7",)),
        Exercise("gradients", 4, "O3", ("S42",), exam=("next 2",)),
        Exercise("sgd_epoch", 2, "O3", ("S42",), exam=("5",)),
        Exercise("predict", 1, "O3", ("S34", "S37"), exam=("7",)),
        Exercise(
            "explain_identity_and_zero_init",
            2,
            "O3",
            ("S38", "S45"),
            kind="written",
            exam=("8", "9"),
        ),
    ),
)

WHAT_WENT_WRONG = Assignment(
    name="what_went_wrong",
    title="What went wrong?",
    minutes=90,
    imports=("numpy",),
    exercises=(),
)

ASSIGNMENTS = {
    assignment.name: assignment for assignment in (LOGISTIC_REGRESSION, SOFTMAX_REGRESSION)
}
