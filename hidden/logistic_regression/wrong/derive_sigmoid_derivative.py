"""Misconceptions of `derive_sigmoid_derivative`. Trusted side."""

from sympy import Derivative, Integer, exp, log

from autograder.misconceptions.derivations import Derived
from solutions.derivations import derive_sigmoid_derivative as right
from solutions.derivations import sigma, z

e = exp(-z)
derivation = Derived(right)

MISCONCEPTIONS = (
    *derivation.of_the_list(
        begins="Your first line has the right value, but a step is already done in it. Begin with the "
        "slope as the question has it, σ not yet touched: it is the line that every rule is then applied "
        "to.",
        ends="So far all is right, but you are not where the docstring wants you. Can you express what is "
        "left by σ alone, and as a product?",
    ),
    derivation.begins(
        "not-differentiated-at-first",
        "The derivation begins with σ, not with its slope.",
        "Your first line is the function. The question is about its slope: how is that written, before any "
        "rule is applied?",
        sigma,
    ),
    derivation.begins(
        "begins-with-another-function",
        "The derivation begins with the slope of another function.",
        "You begin with the slope of something else than σ. Compare your first line with the one in the "
        "docstring.",
        Derivative(e, z),
        Derivative(exp(z), z),
        Derivative(log(sigma), z),
        Derivative(1 / (1 + exp(z)), z),
        Derivative(sigma * (1 - sigma), z),
    ),
    derivation.slip(
        "sign",
        "A minus is lost on the way.",
        "Only the sign is off. Is σ rising or falling, so what sign must its slope have? Count the minus "
        "signs: the rule for a reciprocal has one, and an exponent may have another.",
        -e / (1 + e) ** 2,
    ),
    derivation.slip(
        "slope-is-the-function",
        "The slope of σ is taken for σ itself, as if it were eᶻ.",
        "This line is worth as much as σ itself. Only eᶻ is its own slope. Has a Derivative gone without a "
        "rule, or a denominator lost its square?",
        sigma,
    ),
    derivation.slip(
        "square-lost",
        "The denominator is not squared, so that one factor is left.",
        "Put z = 0 into this line and into the one before it. One factor is lost: read the rule for a "
        "reciprocal again. How often does it divide by g?",
        e / (1 + e),
    ),
    derivation.slip(
        "square-and-sign-lost",
        "The denominator is not squared, and a minus is lost.",
        "Two things in one line: the sign, and a denominator that occurs too seldom. Read the rule for a "
        "reciprocal again, slowly.",
        -e / (1 + e),
    ),
    derivation.slip(
        "inner-derivative-lost",
        "The reciprocal is differentiated, what stands in it is not.",
        "You differentiated the reciprocal and forgot what it is the reciprocal of: the chain rule still "
        "owes you a factor.",
        -1 / (1 + e) ** 2,
        1 / (1 + e) ** 2,
    ),
    derivation.slip(
        "reciprocal-of-the-derivative",
        "The slope of 1/g is taken for 1 over the slope of g, or for the quotient of two slopes.",
        "The slope of a fraction is not the fraction of the slopes. Which rule is there for a reciprocal?",
        -exp(z),
        exp(z),
        Integer(1),
    ),
    derivation.slip(
        "constant-numerator",
        "The numerator is constant, so the slope is taken for zero.",
        "Your line is zero, as if σ were constant. The numerator does not change with z, but what about "
        "the denominator?",
        Integer(0),
    ),
    derivation.slip(
        "integrated",
        "The function is integrated.",
        "Here a logarithm appears, as if σ had been integrated. Is it the slope that you are looking for, "
        "or the area?",
        log(1 + e),
        -log(1 + e),
        log(1 + exp(z)),
    ),
    derivation.slip(
        "exponent-sign",
        "The exponent loses its minus when it is differentiated.",
        "An exponential keeps its exponent when it is differentiated. Compare the exponents of this line "
        "with those of the line before.",
        exp(z) / (1 + e) ** 2,
        -exp(z) / (1 + e) ** 2,
        e / (1 + exp(z)) ** 2,
        exp(z) / (1 + e),
    ),
    derivation.slip(
        "denominator-sign",
        "The plus in the denominator turns into a minus.",
        "Put z = 0 in: your denominator is 0 there, and σ has a slope everywhere. Compare its signs with "
        "those of σ.",
        e / (1 - e) ** 2,
        -e / (1 - e) ** 2,
    ),
    derivation.slip(
        "power-rule",
        "The rule for powers of z is applied to an exponential.",
        "You treated the exponential as a power of z. Here z stands in the exponent: that takes the other "
        "rule.",
        z * exp(-z - 1) / (1 + e) ** 2,
        -z * exp(-z - 1) / (1 + e) ** 2,
        z * e / (1 + e) ** 2,
        -z * e / (1 + e) ** 2,
    ),
    derivation.slip(
        "constant-differentiated",
        "The 1 in the denominator is not taken for a constant.",
        "What is the slope of 1? Something of it is left over in the numerator of your line.",
        -(1 - e) / (1 + e) ** 2,
        (1 - e) / (1 + e) ** 2,
    ),
    derivation.slip(
        "plus-for-minus",
        "A plus stands where a minus belongs.",
        "One sign within this line is off. Put z = 0 in. If you used the rule for a quotient: what stands "
        "between its two products? If you rewrote a numerator: does it still have its value?",
        sigma + sigma**2,
    ),
    derivation.slip(
        "square-for-product",
        "1 − σ² is taken for the slope, as it is for tanh.",
        "Put z = 0 into this line and the one before. Is this the slope of tanh, with σ put in? Or was a "
        "fraction split, and its denominator forgotten in one of the parts?",
        1 - sigma**2,
    ),
    derivation.slip(
        "one-factor-too-many",
        "A factor stands twice, or an exponent of the denominator is too high.",
        "Put z = 0 in: your line is half of the one before. Count how often each factor should occur.",
        sigma * (1 - sigma) ** 2,
        sigma**2 * (1 - sigma),
    ),
    derivation.slip(
        "square-of-a-sum",
        "The square of a sum is taken for the sum of the squares.",
        "Multiply (a + b)(a + b) out on paper: how many products are there? One of them is missing in your "
        "denominator.",
        e / (1 + exp(-2 * z)),
        -e / (1 + exp(-2 * z)),
    ),
    derivation.slip(
        "value-for-the-logit",
        "z is taken for σ(z).",
        "The factors are those of σ, not of its argument: what did you put in, z or σ(z)?",
        z * (1 - z),
    ),
    derivation.slip(
        "constant-factor",
        "A constant factor is lost or too many.",
        "Your line is right but for a constant factor. Where did it come from: an exponent, or an inner "
        "derivative such as that of z/2?",
        2 * e / (1 + e) ** 2,
        e / (1 + e) ** 2 / 2,
        4 * e / (1 + e) ** 2,
        e / (1 + e) ** 2 / 4,
    ),
    derivation.slip(
        "differentiated-twice",
        "The slope of the slope is taken.",
        "This is the slope of the slope: one derivative too many has been taken.",
        sigma * (1 - sigma) * (1 - 2 * sigma),
    ),
    derivation.right_where(
        "right-at-zero-only",
        "Something that changes with z is wrong: an exponent, or a factor that is 1 or ½ at 0.",
        "Put z = 0 in: your line is right there, and elsewhere it is not. So what changes with z otherwise "
        "than in the line before? Look at the exponents first.",
        exp(-2 * z) / (1 + e) ** 2,
        z=0,
    ),
)
