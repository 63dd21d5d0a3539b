"""Misconceptions of activations and distributions in `glm_table`. Trusted side."""

from sympy import Abs, exp, log, tanh

from solutions.derivations import z, z_0, z_1, z_2

from .glm_table_entries import each, logits, mistake, p, y

ACTIVATIONS = (
    mistake(
        "linear-not-any-number",
        "The logit of linear regression is bent before it is the mean.",
        "The mean that linear regression predicts may be any number, below zero and above one. Which "
        "values can yours take? Think of what this model does to its logit.",
        *each("linear activation", y, tanh(z), exp(z), (z + Abs(z)) / 2, Abs(z), z**2),
    ),
    mistake(
        "logit-changed",
        "The logit of linear regression is scaled, moved or turned before it is the mean.",
        "Weights and bias are in the logit already. Is there anything left to do before it is the mean?",
        *each("linear activation", -z, 2 * z, z / 2, z + 1, z - 1),
    ),
    mistake(
        "no-activation",
        "The logits are taken for the probabilities.",
        "A logit may be any number, a probability may not. What brings it between 0 and 1?",
        {"logistic activation": z, "softmax activation": list(logits)},
    ),
    mistake(
        "not-normalised",
        "The exponential is taken for the probability, and nothing divides it.",
        "Your values are positive, but they can be larger than 1. What makes probabilities of positive "
        "numbers?",
        {"logistic activation": exp(z), "softmax activation": [exp(z_k) for z_k in logits]},
    ),
    mistake(
        "exponent-sign",
        "The exponent has the wrong sign, so that large logits get small probabilities.",
        "Put a large logit in, then a very negative one: which should be the more probable?",
        {
            "logistic activation": 1 / (1 + exp(z)),
            "softmax activation": [exp(-z_k) / sum(exp(-z_j) for z_j in logits) for z_k in logits],
        },
    ),
    mistake(
        "signs-mixed",
        "Two forms of σ are mixed.",
        "Put z = 0 in, and then a large z: does your value stay below 1? Two ways to write the same "
        "function have been mixed here; follow the signs of both exponents.",
        *each("logistic activation", exp(z) / (1 + exp(-z)), exp(-z) / (1 + exp(z)), 1 + exp(-z)),
    ),
    mistake(
        "tanh-for-sigmoid",
        "tanh, or tanh moved and not stretched, is taken for σ.",
        "This is related to tanh. Between which two values does it lie, and how steep is it at 0? Compare "
        "both with what a probability needs.",
        *each("logistic activation", tanh(z), (1 + tanh(z)) / 2, tanh(z / 2)),
    ),
    mistake(
        "slope-for-activation",
        "The slope of the activation is taken for the activation.",
        "Your formula is largest in the middle and falls on both sides. Should the probability not go on "
        "growing? This is the slope of what you need.",
        *each("logistic activation", y * (1 - y)),
    ),
    mistake(
        "inverse-activation",
        "The logit is taken of z: the way from the probability to the logit.",
        "You go the wrong way: your formula takes a probability and gives a logit. Here the logit is given.",
        *each("logistic activation", log(z / (1 - z)), log((1 - z) / z)),
    ),
    mistake(
        "other-nonlinearity",
        "The activation of a hidden layer is taken.",
        "Functions such as this one stand in hidden layers. What comes out here has to be a probability.",
        *each("logistic activation", (z + Abs(z)) / 2, (1 + z / (1 + Abs(z))) / 2),
    ),
    mistake(
        "both-classes",
        "Both probabilities of logistic regression are given.",
        "In logistic regression one number says everything: give the probability of class 1 as a single "
        "formula.",
        *each("logistic activation", [1 - y, y]),
    ),
    mistake(
        "shares-of-the-logits",
        "The logits themselves are divided by their sum.",
        "Your shares sum to 1, but logits can be negative, and so can your shares. What has to happen to "
        "them before you divide?",
        *each("softmax activation", [z_k / (z_0 + z_1 + z_2) for z_k in logits]),
    ),
    mistake(
        "independent-sigmoids",
        "Each class gets a σ of its own.",
        "Each of your three is a probability, but do they sum to 1? Exactly one class is right, so they "
        "have to share.",
        *each("softmax activation", [1 / (1 + exp(-z_k)) for z_k in logits]),
    ),
    mistake(
        "logarithms-of-probabilities",
        "The logarithm of the softmax is given.",
        "These are the logarithms of the probabilities. They come later, in the loss.",
        *each("softmax activation", [log(p_k) for p_k in p]),
    ),
    mistake(
        "not-three",
        "The probability of one class is given, or the list has another length.",
        "There are three classes, and the docstring asks for a list: one formula for each of them, in "
        "their order.",
        *each("softmax activation", p[0], p[1], [p[0]], p[:2], p[1:], [*p, 0]),
    ),
    mistake(
        "order-of-classes",
        "The three stand in another order.",
        "The right formulas in another order: number the classes as the docstring does.",
        *each(
            "softmax activation",
            p[::-1],
            [p[1], p[2], p[0]],
            [p[2], p[0], p[1]],
            [p[1], p[0], p[2]],
            [p[0], p[2], p[1]],
        ),
    ),
    mistake(
        "one-formula-three-times",
        "The formula of one class is copied and its index not changed.",
        "Look at the indices: is each class's own logit in its numerator?",
        *each("softmax activation", [p[0]] * 3, [p[0], p[1], p[1]], [p[0], p[0], p[2]]),
    ),
    mistake(
        "own-class-missing-below",
        "The sum goes over the other classes only.",
        "Add your three up. Over which classes does the sum in the denominator go?",
        *each(
            "softmax activation",
            [exp(z_k) / sum(exp(z_j) for z_j in logits if z_j != z_k) for z_k in logits],
            [exp(z_0) / (exp(z_1) + exp(z_2)), p[1], p[2]],
        ),
    ),
)

DISTRIBUTIONS = (
    mistake(
        "another-name",
        "The distribution is named in another way, or its activation or loss is named.",
        "This is none of the names in the docstring: an activation, a loss, a formula, or another word for "
        "a distribution. Ask what the targets are: any numbers, 0 or 1, or one of several classes?",
        {f"{model} distribution": "Gaussian" for model in ("linear", "logistic", "softmax")},
    ),
    mistake(
        "laplace-for-normal",
        "Absolute values are taken for squares.",
        "The logarithm of this density is an absolute value. Does linear regression minimise that?",
        {"linear distribution": "Laplace"},
    ),
    mistake(
        "no-noise",
        "The targets are thought to lie evenly around the prediction.",
        "This uniform distribution gives all targets at most 1 from the prediction the same density, and all "
        "others none. Is a target at a distance of 0.9 as likely as one close by, and one at 1.1 impossible?",
        {f"{model} distribution": "uniform" for model in ("linear", "logistic", "softmax")},
    ),
    mistake(
        "classes-for-numbers",
        "The target of linear regression is taken for a class or a count.",
        "Which values may the target of linear regression take? This distribution knows only whole numbers.",
        *each("linear distribution", "Bernoulli", "categorical", "Poisson"),
    ),
    mistake(
        "noise-for-classes",
        "The target of a classification is taken for a number with noise.",
        "Which values may the target take here? The targets of this distribution are others.",
        *(
            {"logistic distribution": name, "softmax distribution": name}
            for name in ("Normal", "Laplace", "Poisson")
        ),
    ),
    mistake(
        "two-and-several",
        "The distributions of two classes and of several are exchanged.",
        "How many classes does this model have? There is one name for two of them and another one for any "
        "number.",
        {"logistic distribution": "categorical", "softmax distribution": "Bernoulli"},
    ),
)
