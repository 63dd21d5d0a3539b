"""Misconceptions of `derive_mse_from_gaussian`. Trusted side."""

from sympy import exp, log, pi, sqrt

from autograder.misconceptions.derivations import Derived
from solutions.derivations import derive_mse_from_gaussian as right
from solutions.derivations import mean_square, p_0, p_1, t_0, t_1, v, y_0, y_1

r_0, r_1 = t_0 - y_0, t_1 - y_1
squares = mean_square / (2 * v)
constant = log(2 * pi * v) / 2
derivation = Derived(right)

MISCONCEPTIONS = (
    *derivation.of_the_list(
        begins="Your first line has the right value, but a rule is already applied in it. Begin with the "
        "logarithm of the product of both densities.",
        ends="So far all is right. Compare your last line with the docstring: how many fractions and how "
        "many logarithms does it have, and how many have you?",
    ),
    derivation.begins(
        "minus-lost-at-first",
        "The derivation begins with the log-likelihood, without the minus.",
        "You begin with the log-likelihood, which is to be made large. The loss is to be made small: what "
        "stands before it?",
        log(p_0 * p_1) / 2,
        log(p_0 * p_1),
    ),
    derivation.begins(
        "mean-lost-at-first",
        "The derivation begins with the sum over the examples, not with their mean.",
        "You begin with the loss of both examples together. The question asks for their mean.",
        -log(p_0 * p_1),
    ),
    derivation.begins(
        "log-forgotten-at-first",
        "The derivation begins with the density, without its logarithm.",
        "There is no logarithm in your first line. What does maximum likelihood do with the product of the "
        "densities first, and why?",
        p_0 * p_1,
        -p_0 * p_1 / 2,
        -p_0 * p_1,
        p_0 * p_1 / 2,
    ),
    derivation.begins(
        "one-example-at-first",
        "Only one of the two examples is taken.",
        "There are two examples, and both are observed. Which density belongs to both together, if they "
        "are independent?",
        -log(p_0),
        -log(p_0) / 2,
        -log(p_1),
        -log(p_1) / 2,
    ),
    derivation.begins(
        "sum-of-densities-at-first",
        "The density of both examples is taken for the sum of their densities.",
        "Two independent examples: are their densities added or multiplied?",
        -log(p_0 + p_1) / 2,
        -log((p_0 + p_1) / 2),
        -log(p_0 + p_1),
    ),
    derivation.begins(
        "squares-at-first",
        "The derivation begins with the squares that it should arrive at.",
        "You begin with the squares. They are what should come out of the density: begin with that.",
        mean_square,
        squares,
        2 * mean_square,
    ),
    derivation.slip(
        "sign",
        "A minus is lost: the sign of everything is off.",
        "Your line is right but for its sign. Should the loss grow or fall with the squares? Follow the "
        "minus that your first line begins with.",
        -squares - constant,
    ),
    derivation.slip(
        "log-of-a-product-as-a-product",
        "The logarithm of a product is taken for the product of the logarithms.",
        "The logarithm of a product is not the product of the logarithms. Try log(10 · 100) with the "
        "decimal logarithm.",
        -log(p_0) * log(p_1) / 2,
        -log(p_0) * log(p_1),
        log(p_0) * log(p_1) / 2,
        log(p_0) * log(p_1) / 4,
    ),
    derivation.slip(
        "log-of-a-product-as-the-log-of-a-sum",
        "The logarithm of a product is taken for the logarithm of a sum.",
        "The rule turns a product within one logarithm into a sum of two logarithms. How many logarithms "
        "does your line have?",
        -log(p_0 + p_1) / 2,
        -log((p_0 + p_1) / 2),
    ),
    derivation.slip(
        "mean-lost",
        "The ½ of the mean is lost.",
        "Your line is twice the one before. Which ½ has got lost: the mean of the two examples has one, "
        "and it holds for all that follows.",
        2 * squares + 2 * constant,
        4 * squares + 4 * constant,
    ),
    derivation.slip(
        "mean-of-one-only",
        "The ½ before the bracket reaches only one of the two logarithms.",
        "Your two examples no longer count the same. What does a factor before a bracket do to each term "
        "in it?",
        -log(p_0) / 2 - log(p_1),
        -log(p_0) - log(p_1) / 2,
    ),
    derivation.slip(
        "sign-of-one-example",
        "One example is subtracted from the other, as if there were a quotient.",
        "Exchange the two examples: your line changes. Should the order of the examples matter? Look for a "
        "minus between them.",
        -(log(p_0) - log(p_1)) / 2,
        (log(p_0) - log(p_1)) / 2,
        (r_0**2 - r_1**2) / (4 * v) + constant,
        (r_1**2 - r_0**2) / (4 * v) + constant,
    ),
    derivation.slip(
        "mean-twice",
        "The mean is taken twice.",
        "Your line is half of the one before. Count how often you divide by the number of examples.",
        squares / 2 + constant / 2,
    ),
    derivation.slip(
        "half-of-the-squares-lost",
        "Of two halves before the squares, only one is left.",
        "The part with the squares is twice too large. Two different halves meet there, one of the density "
        "and one of the mean: do you have both?",
        2 * squares + constant,
        4 * squares + constant,
    ),
    derivation.slip(
        "half-of-the-squares-too-many",
        "There is a half too many before the squares.",
        "The part with the squares is too small. Did you know that mean_square has a half in it already?",
        squares / 2 + constant,
    ),
    derivation.slip(
        "root-or-mean-lost-in-the-constant",
        "The ½ of the constant is lost: the root became none, or each example brought a whole constant.",
        "The constant is twice too large. It comes once from each example, and then there is the mean; and "
        "what does the logarithm make of a root?",
        squares + 2 * constant,
    ),
    derivation.slip(
        "constant-of-one-example",
        "The constant is halved once too often.",
        "The constant is half of what it should be. How many of the examples bring it along, and what is "
        "then their mean?",
        squares + constant / 2,
    ),
    derivation.slip(
        "constant-dropped",
        "The constant is left out, since it does not matter for the minimum.",
        "A constant is gone. For the place of the minimum it does not matter, but your lines say «equal»: "
        "here it has to stay to the end.",
        squares,
        mean_square,
        mean_square / 2,
        2 * mean_square,
        2 * squares,
    ),
    derivation.slip(
        "part-of-the-constant-dropped",
        "Only a part of the constant is left out.",
        "A factor within the logarithm has gone. All that stands below the exponential in the density "
        "belongs to it.",
        squares + log(v) / 2,
        squares + log(2 * pi) / 2,
        squares + log(pi * v) / 2,
        squares + log(2 * v) / 2,
    ),
    derivation.slip(
        "sign-of-the-constant",
        "The minus does not reach the constant: the root is below the line.",
        "The squares have the right sign, the constant has not. It stands in the denominator of the "
        "density, and the whole has a minus before it.",
        squares - constant,
    ),
    derivation.slip(
        "sign-of-the-squares",
        "The minus does not reach the squares, or the exponent loses its own.",
        "The constant has the right sign, the squares have not. Count the minus signs before them: one "
        "stands in the exponent, one before the logarithm.",
        -squares + constant,
    ),
    derivation.slip(
        "deviation-for-variance",
        "v is taken for the standard deviation, is squared, or stands on the wrong side of a fraction.",
        "Which of σ and σ² is v, and on which side of a fraction? Look at the cell of the symbols, and "
        "then at each place of v in your line.",
        squares * v / sqrt(v) + constant,
        squares / v + constant,
        squares + log(2 * pi * v**2) / 2,
        squares / v + log(2 * pi * v**2) / 2,
        squares + log(2 * pi * sqrt(v)) / 2,
        mean_square / 2 + constant,
        squares * v**2 + constant,
        squares + log(2 * pi / v) / 2,
    ),
    derivation.slip(
        "squared-sum",
        "The residuals are added before they are squared.",
        "Suppose one prediction is too high and the other too low by as much: should the loss be as if "
        "both were right?",
        (r_0 + r_1) ** 2 / (4 * v) + constant,
        (r_0 + r_1) ** 2 / (2 * v) + constant,
        ((r_0 + r_1) / 2) ** 2 / (2 * v) + constant,
    ),
    derivation.slip(
        "square-lost",
        "The square of the residual is lost.",
        "In the exponent the residual is squared. Is it still, in your line?",
        (r_0 + r_1) / (4 * v) + constant,
        (r_0 + r_1) / (2 * v) + constant,
    ),
    derivation.slip(
        "square-of-a-difference",
        "The square of a difference is taken for the difference, or the sum, of the squares.",
        "Multiply (a − b)(a − b) out on paper: how many products are there, and which of them is missing "
        "in your line?",
        (t_0**2 - y_0**2 + t_1**2 - y_1**2) / (4 * v) + constant,
        (t_0**2 + y_0**2 + t_1**2 + y_1**2) / (4 * v) + constant,
        ((t_0 + y_0) ** 2 + (t_1 + y_1) ** 2) / (4 * v) + constant,
    ),
    derivation.slip(
        "one-example",
        "One of the two examples is lost.",
        "There are two examples. Where has the other one gone?",
        r_0**2 / (2 * v) + constant,
        r_0**2 / (4 * v) + constant,
        r_0**2 / (4 * v) + constant / 2,
        r_0**2 / (2 * v) + 2 * constant,
    ),
    derivation.slip(
        "exponential-left",
        "The logarithm is dropped, or the exponential stays.",
        "An exponential has lost its logarithm and is still there, or a logarithm went without a rule. "
        "What is the logarithm of an exponential?",
        -p_0 * p_1 / 2,
        -(p_0 + p_1) / 2,
        -(exp(-(r_0**2) / (2 * v)) + exp(-(r_1**2) / (2 * v))) / 2 + constant,
        squares + sqrt(2 * pi * v),
        squares + 2 * pi * v / 2,
    ),
    derivation.slip(
        "quotient-of-logs",
        "The logarithm of a quotient is taken for the quotient of the logarithms.",
        "The logarithm of a quotient is not the quotient of the logarithms. Try log(8/2) with numbers.",
        squares / constant,
        squares * constant,
    ),
    derivation.slip(
        "log-of-a-root-as-a-root",
        "The logarithm of a root is taken for the root of the logarithm.",
        "The root stands within the logarithm. Write it as a power: what does the logarithm do with an "
        "exponent?",
        squares + log(2 * pi * v) ** 2,
        squares + 1 / log(2 * pi * v),
        squares + log(2 * pi * v) ** 2 / 2,
        squares - log(2 * pi * v) ** 2 / 2,
    ),
    derivation.error_without(
        "constant",
        "There is a slip in the constant.",
        "The squares are right: your error stays the same whatever the targets and predictions are. Follow "
        "what stands below the exponential from the line before.",
        squares + constant**2,
        "t_0",
        "y_0",
        "t_1",
        "y_1",
    ),
    derivation.error_without(
        "first-example",
        "There is a slip in what the first example brings.",
        "The second example is right: your error stays the same whatever its target is. Follow the first "
        "example alone from the line before.",
        ((t_0 + y_0) ** 2 + r_1**2) / (4 * v) + constant,
        "t_1",
        "y_1",
    ),
    derivation.error_without(
        "second-example",
        "There is a slip in what the second example brings.",
        "The first example is right: your error stays the same whatever its target is. Follow the second "
        "example alone from the line before.",
        (r_0**2 + (t_1 + y_1) ** 2) / (4 * v) + constant,
        "t_0",
        "y_0",
    ),
    derivation.right_where(
        "squares",
        "There is a slip in the squares or in what stands before them.",
        "If both predictions are perfect your line is right: so is the constant. Look at the squares, and "
        "at what stands before them.",
        r_0**2 * r_1**2 / (4 * v) + constant,
        t_0="y_0",
        t_1="y_1",
    ),
)
