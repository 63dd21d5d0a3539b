"""Mutants of the reference that are right all the same, and why. Any other survivor fails the study."""

EQUIVALENT: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {
    # reason → exercise → changes
    "only one more way to pass the settings: every call by keyword goes on as before": {
        ("logistic_regression", "sgd_epoch"): (
            "def sgd_epoch(w, X, t, /, batch_size, learning_rate, rng):",
        ),
        ("regularization", "l2_step"): (
            "def l2_step(parameters, gradients, /, learning_rate, l2):",
        ),
    },
    "the wait grows by one each epoch, so that it equals the patience before it exceeds it": {
        ("regularization", "early_stopping"): ("elif epoch - best >= patience:",),
    },
    "at z = 0 both ways to write the sigmoid give ½": {
        ("logistic_regression", "sigmoid"): ("return np.where(z > 0, 1, e) / (1 + e)",),
    },
    "targets are 0 and 1, so that t ≥ 1 says the same as t = 1": {
        ("logistic_regression", "nll"): (
            "return np.mean(np.logaddexp(0, np.where(t >= 1, -z, z)))",
        ),
    },
    "a constant added to the logits changes nothing, and np.logaddexp needs no shift; what the shift saves, "
    "the last digits of a tiny loss, no docstring asks for": {
        ("softmax_regression", "log_softmax"): ("Z = Z + np.max(Z, axis=-1, keepdims=True)",),
    },
    "what is zipped is of one length": {
        ("generalized_linear_models", "glm_table"): (
            "return {model: dict(zip(names, row, strict=False)) for model, row in rows.items()}",
        ),
    },
    "of the three names only «softmax» is not before «softmax» in the alphabet": {
        ("generalized_linear_models", "glm_gradient"): ('if model >= "softmax":',),
    },
    "a repair is judged by its training, and this one trains as well": {
        ("what_went_wrong", "repair_1"): ("return X, 31.0", "return X, 29.0"),
        ("what_went_wrong", "repair_2"): ("return np.hstack([X, X**2]), 2.0",),
    },
    "a line with a jump at the mean width parts most petals too: on 25 of 60 seeds it is right on as many "
    "held-out examples as is asked for, which is all that is asked for": {
        ("what_went_wrong", "repair_2"): ("return np.hstack([X, X%2]), 1.0",),
    },
    "the derivative of a sum with another constant, or of one times the same, is the same": {
        ("logistic_regression", "derive_sigmoid_derivative"): (
            "-Derivative(1 * exp(-z), z) / (1 + exp(-z)) ** 2,",
            "-Derivative( 2 + exp(-z), z) / (1 + exp(-z)) ** 2,",
            "-Derivative( 0 + exp(-z), z) / (1 + exp(-z)) ** 2,",
        ),
    },
}


def reason(assignment: str, exercise: str, change: str) -> str | None:
    """Why this mutant is right; None if nobody knows a reason."""
    for why, exercises in EQUIVALENT.items():
        if change in exercises.get((assignment, exercise), ()):
            return why
    return None
