"""Misconceptions of gradients in `glm_table`. Trusted side."""

from sympy import Derivative, exp, log

from solutions.derivations import t, z, z_0, z_1, z_2

from .glm_table_entries import bernoulli, each, logits, mistake, p, y

right = [p[0] - 1, p[1], p[2]]

GRADIENTS = (
    mistake(
        "gradient-sign",
        "Target minus prediction is given.",
        "The sign is off: this is the direction in which the loss falls, and a gradient points where it "
        "grows. Take a prediction that is too high: what happens to the loss if it gets higher still?",
        {
            "linear gradient": t - z,
            "logistic gradient": t - y,
            "softmax gradient": [-r for r in right],
        },
    ),
    mistake(
        "slope-of-activation-left",
        "The slope of the activation is left in the gradient, as with squares.",
        "A slope of the activation is still there. The logarithm brings a fraction that meets it: what is "
        "left of both? Only with squares it would stay.",
        {
            "linear gradient": (z - t) * y * (1 - y),
            "logistic gradient": (y - t) * y * (1 - y),
            "softmax gradient": [r * p_k * (1 - p_k) for r, p_k in zip(right, p, strict=True)],
        },
        {
            "logistic gradient": 2 * (y - t) * y * (1 - y),
            "softmax gradient": [
                (p[0] - 1) * p[0] * (1 - p[0]),
                -p[0] * p[1] * p[1],
                -p[0] * p[2] * p[2],
            ],
        },
        {"logistic gradient": (y - t) * (1 - y**2)},
    ),
    mistake(
        "slope-of-the-activation-alone",
        "The slope of the activation is given, not that of the loss.",
        "This is how fast the prediction changes. The question is how fast the loss changes: there is a "
        "logarithm in between.",
        {
            "linear gradient": 1,
            "logistic gradient": y * (1 - y),
            "softmax gradient": [p[0] * (1 - p[0]), -p[0] * p[1], -p[0] * p[2]],
        },
        {
            "logistic gradient": -y * (1 - y),
            "softmax gradient": [p_k * (1 - p_k) for p_k in p],
        },
        {"softmax gradient": [-p[0] * (1 - p[0]), p[0] * p[1], p[0] * p[2]]},
    ),
    mistake(
        "target-forgotten",
        "The prediction alone is given.",
        "This is the prediction, whatever the target is. What would a perfect prediction have to give?",
        {"linear gradient": z, "logistic gradient": y, "softmax gradient": p},
    ),
    mistake(
        "plus-for-minus",
        "Prediction and target are added.",
        "Put a perfect prediction in: is your gradient 0? One sign is off.",
        {
            "linear gradient": z + t,
            "logistic gradient": y + t,
            "softmax gradient": [p[0] + 1, p[1], p[2]],
        },
    ),
    mistake(
        "logit-minus-target",
        "The logit is compared with the target, not the probability.",
        "Which is compared with the target, the logit or the prediction that is made of it?",
        {
            "logistic gradient": z - t,
            "softmax gradient": [z_0 - 1, z_1, z_2],
        },
        {"logistic gradient": t - z, "softmax gradient": [1 - z_0, -z_1, -z_2]},
    ),
    mistake(
        "not-normalised-in-the-gradient",
        "The exponential is taken for the probability.",
        "What is compared with the target has not been divided by anything: it is no probability yet.",
        {
            "logistic gradient": exp(z) - t,
            "softmax gradient": [exp(z_0) - 1, exp(z_1), exp(z_2)],
        },
    ),
    mistake(
        "sigmoid-for-linear",
        "The gradient of logistic regression is given for linear regression.",
        "The three gradients look alike, but each has its own prediction in it. What is the prediction of "
        "this row?",
        *each("linear gradient", y - t, t - y),
    ),
    mistake(
        "two-kept",
        "The factor that falls from a square is kept.",
        "A constant factor is too large. Which factor falls from the square, and what does it meet before "
        "the square?",
        {
            "linear gradient": 2 * (z - t),
            "logistic gradient": 2 * (y - t),
            "softmax gradient": [2 * r for r in right],
        },
        {"linear gradient": 4 * (z - t)},
        {"linear gradient": 2 * (t - z)},
    ),
    mistake(
        "divided-too-often",
        "The gradient is averaged over something, or halved.",
        "Your gradient is right but for a constant factor, and too small. There is one example: over what "
        "is there to average?",
        {
            "linear gradient": (z - t) / 2,
            "logistic gradient": (y - t) / 2,
            "softmax gradient": [r / 3 for r in right],
        },
        {"softmax gradient": [r / 2 for r in right]},
    ),
    mistake(
        "loss-for-gradient",
        "The loss is given, or squares of the residual.",
        "This is no slope yet: a square, or the loss itself, stands where its derivative belongs.",
        {
            "linear gradient": (z - t) ** 2 / 2,
            "logistic gradient": bernoulli,
            "softmax gradient": -log(p[0]),
        },
        {"linear gradient": (z - t) ** 2, "logistic gradient": (y - t) ** 2},
        {"logistic gradient": (y - t) ** 2 / 2, "softmax gradient": [r**2 for r in right]},
        {"softmax gradient": [-log(p_k) for p_k in p]},
    ),
    mistake(
        "times-the-logit",
        "The slope with respect to the logit is multiplied by something that comes later, with the weights.",
        "The slope with respect to the logit is asked for. The product with the features comes with the "
        "chain rule afterwards: no further factor stands here.",
        {
            "linear gradient": (z - t) * z,
            "logistic gradient": (y - t) * z,
            "softmax gradient": [r * z_k for r, z_k in zip(right, logits, strict=True)],
        },
    ),
    mistake(
        "not-worked-out",
        "A Derivative is left in the entry.",
        "Work the derivative out: a Derivative is the question once more, not its answer.",
        {
            "linear gradient": Derivative((z - t) ** 2 / 2, z),
            "logistic gradient": Derivative(bernoulli, z),
            "softmax gradient": [Derivative(-log(p[0]), z_k) for z_k in logits],
        },
    ),
    mistake(
        "one-class-only-in-the-gradient",
        "The slope for one of the two classes is given.",
        "Put t = 0 in, then t = 1: your slope is right for one of them only. Keep t a symbol.",
        *each(
            "logistic gradient",
            y - 1,
            -t * (1 - y),
            (1 - t) * y,
            1 - y,
            -t * (1 - y) - (1 - t) * y,
        ),
    ),
    mistake(
        "by-the-target",
        "The loss is differentiated by the target.",
        "By which letter do you differentiate? The target is given; what can be changed is the logit.",
        *each("logistic gradient", -log(y) + log(1 - y), log(y) - log(1 - y)),
    ),
    mistake(
        "fraction-left",
        "The logarithms are differentiated, and the slope of the prediction is forgotten.",
        "There is a fraction left: you have the slope by the prediction. What does the chain rule still "
        "multiply it by?",
        {"logistic gradient": -t / y + (1 - t) / (1 - y), "softmax gradient": [-1 / p[0], 0, 0]},
        {"logistic gradient": -t / y - (1 - t) / (1 - y), "softmax gradient": -1 / p[0]},
    ),
    mistake(
        "right-class-only",
        "Only the logit of the right class gets a slope.",
        "The logits of the wrong classes stand in the denominator. Does the loss not change when one of "
        "them grows?",
        *each(
            "softmax gradient",
            p[0] - 1,
            [p[0] - 1, 0, 0],
            [p[0] - 1],
            1 - p[0],
            [1 - p[0], 0, 0],
            [-1, 0, 0],
        ),
    ),
    mistake(
        "one-everywhere",
        "1 is subtracted from each probability.",
        "Your three slopes sum to −2. For how many classes is the target 1, and what is it for the others?",
        *each("softmax gradient", [p_k - 1 for p_k in p], [1 - p_k for p_k in p]),
    ),
    mistake(
        "another-class-in-the-gradient",
        "Another class is taken for the right one.",
        "The 1 stands at the wrong class. Which one is right here? The docstring says it.",
        *each("softmax gradient", [p[0], p[1] - 1, p[2]], [p[0], p[1], p[2] - 1]),
    ),
    mistake(
        "wrong-classes-signs",
        "The slopes of the wrong classes have the wrong sign, or their classes' 1.",
        "Your slope for the right class is right. What happens to the loss when the logit of a wrong class "
        "grows?",
        *each("softmax gradient", [p[0] - 1, -p[1], -p[2]], [p[0] - 1, 1 - p[1], 1 - p[2]]),
    ),
    mistake(
        "slopes-missing",
        "Not all three slopes are given.",
        "The loss depends on three logits, so the list has three slopes. Which of them is missing?",
        *each("softmax gradient", [p[0] - 1, p[1]], [p[1], p[2]]),
    ),
)
