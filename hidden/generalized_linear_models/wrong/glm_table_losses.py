"""Misconceptions of losses in `glm_table`. Trusted side."""

from sympy import Abs, exp, log, pi, sqrt

from solutions.derivations import t, z, z_0, z_1

from .glm_table_entries import bernoulli, each, logits, mistake, p, total, y

density = exp(-((t - z) ** 2) / 2) / sqrt(2 * pi)
residuals = [p[0] - 1, p[1], p[2]]
squares = sum(r**2 for r in residuals)

LOSSES = (
    mistake(
        "minus-lost",
        "The log-likelihood is given, which is to be made large.",
        "This grows when the prediction gets better. A loss should fall: what stands before the logarithm?",
        {
            "linear loss": -((z - t) ** 2) / 2,
            "logistic loss": -bernoulli,
            "softmax loss": log(p[0]),
        },
    ),
    mistake(
        "log-forgotten",
        "The probability is given, or its negative, without a logarithm.",
        "This is the probability, or the density, itself. What does maximum likelihood do with it, so that "
        "products become sums?",
        {"linear loss": density, "logistic loss": y**t * (1 - y) ** (1 - t), "softmax loss": p[0]},
        {
            "linear loss": -density,
            "logistic loss": -t * y - (1 - t) * (1 - y),
            "softmax loss": -p[0],
        },
        {"linear loss": exp(-((t - z) ** 2) / 2)},
    ),
    mistake(
        "half-lost",
        "The ½ of the density's exponent is lost, as in the MSE.",
        "Write −log of the density out by hand, with variance 1. The MSE differs from it by a factor, and "
        "factors count here.",
        *each("linear loss", (z - t) ** 2, 2 * (z - t) ** 2),
    ),
    mistake(
        "half-twice",
        "The square is halved twice.",
        "A factor is too small. Write −log of the density out by hand, with variance 1: how often is the "
        "square halved?",
        *each("linear loss", (z - t) ** 2 / 4, (z - t) ** 2 / 8),
    ),
    mistake(
        "absolute-value",
        "The absolute value of the residual is taken.",
        "An absolute value belongs to another distribution. Does it fit the one that you name beside it?",
        *each("linear loss", Abs(z - t), Abs(z - t) / 2),
    ),
    mistake(
        "not-squared",
        "The residual itself is taken for the loss.",
        "Your loss can be made as small as you like by a bad prediction. What is missing around the "
        "residual?",
        *each("linear loss", z - t, t - z, (z - t) / 2),
    ),
    mistake(
        "plus-in-the-residual",
        "Prediction and target are added.",
        "For which prediction is your loss smallest? It should be the target itself.",
        *each("linear loss", (z + t) ** 2 / 2, (z + t) ** 2),
    ),
    mistake(
        "too-much-dropped",
        "A term that contains the logit is left out.",
        "Only terms without a logit may go. Multiply the square out: which of its terms contain z?",
        *each("linear loss", z**2 / 2, z**2, -t * z, -2 * t * z),
    ),
    mistake(
        "cross-entropy-for-linear",
        "The loss of logistic regression is taken for linear regression.",
        "This is the loss of targets 0 and 1. Take −log of the distribution that stands in this row.",
        *each("linear loss", bernoulli, -t * log(z) - (1 - t) * log(1 - z)),
    ),
    mistake(
        "squares-for-classes",
        "Squares are taken for the loss of a classification.",
        "Squares come from a Normal distribution. Take −log of the distribution that stands in this row "
        "instead.",
        {"logistic loss": (y - t) ** 2, "softmax loss": squares},
        {"logistic loss": (y - t) ** 2 / 2, "softmax loss": squares / 2},
        {"logistic loss": (z - t) ** 2 / 2, "softmax loss": squares / 3},
        {"logistic loss": (z - t) ** 2, "softmax loss": (p[0] - 1) ** 2},
        *each("softmax loss", (p[0] - 1) ** 2 / 2),
    ),
    # With targets −1 and 1 the loss is log(1 + exp(−tz)), which for t = 0 or 1 is −t log y and a constant.
    mistake(
        "one-class-only",
        "Only one of the two classes has a term, or the targets are taken for −1 and 1.",
        "Put t = 0 in, then t = 1: for one of them your loss is the same whatever the logit, or it does "
        "not look at t. Is it made for targets −1 and 1, or is a term missing?",
        *each(
            "logistic loss",
            -t * log(y),
            -(1 - t) * log(1 - y),
            -log(y),
            -log(1 - y),
            -log(y) - log(1 - y),
        ),
    ),
    mistake(
        "classes-exchanged",
        "The two classes have changed places.",
        "Put t = 1 in: which probability is left in your logarithm, that of class 1 or of class 0?",
        *each(
            "logistic loss", -(1 - t) * log(y) - t * log(1 - y), (1 - t) * log(y) + t * log(1 - y)
        ),
    ),
    mistake(
        "second-sign",
        "The minus reaches only one of the two terms.",
        "Both terms are −log of a probability, so both are positive. Follow the minus into the bracket.",
        *each(
            "logistic loss", -t * log(y) + (1 - t) * log(1 - y), t * log(y) - (1 - t) * log(1 - y)
        ),
    ),
    mistake(
        "logit-in-the-log",
        "The logit is put where the probability belongs.",
        "A logarithm needs a probability, and you gave it the logit, which may be negative. Put the "
        "activation in.",
        {"logistic loss": -t * log(z) - (1 - t) * log(1 - z), "softmax loss": -log(z_0)},
        {"logistic loss": -t * log(Abs(z)) - (1 - t) * log(Abs(1 - z))},
        {"softmax loss": -log(z_0 / sum(logits))},
    ),
    mistake(
        "not-normalised-in-the-loss",
        "The exponential is put where the probability belongs.",
        "What stands in your logarithm has not been divided by anything: it is no probability yet.",
        {"logistic loss": -t * z, "softmax loss": -z_0},
        {"logistic loss": -t * log(exp(z)) - (1 - t) * log(1 - exp(z))},
    ),
    mistake(
        "plus-before-the-logit",
        "The term with the target has the wrong sign.",
        "Take t = 1 and let z grow: your loss grows. Should it?",
        *each("logistic loss", log(1 + exp(z)) + t * z),
    ),
    mistake(
        "factor-in-the-loss",
        "A constant factor is lost or too many: a mean, or another base of the logarithm.",
        "Your loss is right but for a constant factor. There is one example here, nothing to average, and "
        "log is the natural one.",
        *(
            {"logistic loss": factor * bernoulli, "softmax loss": -factor * log(p[0])}
            for factor in (2, 1 / log(2), 1 / log(10))
        ),
        {"logistic loss": bernoulli / 2, "softmax loss": -log(p[0]) / 2},
        {"softmax loss": -log(p[0]) / 3},
    ),
    mistake(
        "another-class",
        "The probability of another class than the right one is taken.",
        "Which class is the right one here? The docstring says it.",
        *each("softmax loss", -log(p[1]), -log(p[2])),
    ),
    mistake(
        "all-classes",
        "The losses of all classes are added up or averaged.",
        "Only one class is the right one: the others come in through the denominator alone. Which "
        "logarithms does −log p of that class have?",
        *each(
            "softmax loss",
            -sum(log(p_k) for p_k in p),
            -sum(log(p_k) for p_k in p) / 3,
            -sum(p_k * log(p_k) for p_k in p),
            -log(p[1]) - log(p[2]),
        ),
    ),
    mistake(
        "denominator-only",
        "The logarithm of the sum is given, and the numerator forgotten.",
        "This is the logarithm of the denominator. What does the numerator leave in −log of the quotient, "
        "and with which sign?",
        *each("softmax loss", log(total), log(total) + z_0, z_0 - log(total) - 2 * z_0),
    ),
    mistake(
        "class-missing-below",
        "The sum in the denominator leaves a class out.",
        "The probability in your logarithm is that of fewer classes. Over which of them does the sum in "
        "the denominator go?",
        *each(
            "softmax loss",
            *(-log(exp(z_0) / (total - exp(z_k))) for z_k in logits),
            -log(exp(z_0)) + log(total - exp(z_0) - exp(z_1)),
        ),
    ),
    mistake(
        "no-logit-left",
        "The logit has dropped out of the loss.",
        "Your loss does not change with any logit, so nothing could be learnt by it. Which terms may be "
        "left out, and which not?",
        {f"{model} loss": 0 for model in ("linear", "logistic", "softmax")},
    ),
    mistake(
        "binary-losses",
        "Each class gets the loss of a logistic regression.",
        "This treats the classes as questions of their own. A categorical distribution has one answer, and "
        "its −log has one term.",
        *each(
            "softmax loss",
            -log(p[0]) - log(1 - p[1]) - log(1 - p[2]),
            -log(1 / (1 + exp(-z_0))),
            log(1 + exp(-z_0)) + sum(log(1 + exp(z_k)) for z_k in logits[1:]),
        ),
    ),
    mistake(
        "loss-for-each-class",
        "A list of losses is given.",
        "A loss is one number, whatever the number of classes: of which class is the probability that "
        "counts?",
        *each("softmax loss", [-log(p_k) for p_k in p]),
    ),
)
