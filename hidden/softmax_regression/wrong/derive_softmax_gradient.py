"""Misconceptions of `derive_softmax_gradient`. Trusted side."""

from sympy import Derivative, Integer, exp, log

from autograder.misconceptions.derivations import Derived
from solutions.derivations import S, z_0, z_1, z_2
from solutions.derivations import derive_softmax_gradient as right

p_0, p_1, p_2 = (exp(z_k) / S for z_k in (z_0, z_1, z_2))
derivation = Derived(right)

MISCONCEPTIONS = (
    *derivation.of_the_list(
        begins="Your first line has the right value, but a step is already done in it. Begin with the "
        "slope of minus the log of the quotient, not yet taken apart.",
        ends="So far all is right, but you are not where the docstring wants you. Work out the slope that "
        "is left, and write the result as a share minus a number.",
    ),
    derivation.begins(
        "not-differentiated-at-first",
        "The derivation begins with the loss, not with its slope.",
        "Your first line is the loss itself. The question is about its slope: how is that written, before "
        "any rule is applied?",
        -log(p_0),
    ),
    derivation.begins(
        "minus-lost-at-first",
        "The derivation begins with the log-probability, without the minus.",
        "You begin with the slope of log p. A loss is to be made small, and log p is never above 0: what "
        "stands before it in the question?",
        Derivative(log(p_0), z_0),
    ),
    derivation.begins(
        "log-forgotten-at-first",
        "The slope of the probability is taken, not of its logarithm.",
        "You begin with the slope of the probability itself. What does the loss do with the probability "
        "first?",
        Derivative(-p_0, z_0),
        Derivative(p_0, z_0),
    ),
    derivation.begins(
        "another-class-at-first",
        "The derivation begins with another class or another logit.",
        "Compare the indices of your first line with those of the question: which class is the right one, "
        "and by which logit do you differentiate?",
        Derivative(-log(p_0), z_1),
        Derivative(-log(p_1), z_1),
        Derivative(-log(p_1), z_0),
        Derivative(-log(p_0), z_2),
        Derivative(log(p_0), z_1),
    ),
    derivation.begins(
        "unnormalised-at-first",
        "The numerator alone is taken for the probability.",
        "Only one exponential stands in your first line. What makes a probability of it?",
        Derivative(-log(exp(z_0)), z_0),
        Derivative(-exp(z_0), z_0),
    ),
    derivation.slip(
        "sign",
        "A minus is lost: the sign of everything is off.",
        "Your line is right but for its sign. The loss of the right class falls when its own logit grows: "
        "what sign must its slope have? From which line on is it otherwise?",
        1 - p_0,
    ),
    derivation.slip(
        "minus-not-distributed",
        "The minus reaches only the first term of log a − log b, or log (a/b) becomes a sum.",
        "Look at the signs of your two terms. What does the log of a quotient become, and what does the "
        "minus before a bracket do to each term in it?",
        -1 - p_0,
        1 + p_0,
    ),
    derivation.slip(
        "numerator-forgotten",
        "Only the denominator is differentiated; the logit of the right class is lost.",
        "This would be the slope for a class that was not the right one. The numerator contains the logit "
        "too: where has its term gone?",
        p_0,
        -p_0,
    ),
    derivation.slip(
        "denominator-forgotten",
        "Only the numerator is differentiated; the denominator is taken for a constant.",
        "Your slope is the same number whatever the logits are. Does the denominator stay what it is when "
        "the logit grows?",
        Integer(-1),
        Integer(1),
    ),
    derivation.slip(
        "inner-derivative-of-log",
        "log S is differentiated as 1/S, without the slope of S.",
        "The log of the sum has become a fraction, and that is half of its rule. What is within the "
        "logarithm depends on the logit too: the chain rule owes you a factor.",
        1 / S - 1,
        1 / S,
        -1 / S - 1,
    ),
    derivation.slip(
        "whole-sum",
        "All exponentials of S are differentiated, or the log of the sum is taken for a sum of logs.",
        "Your line is zero for all logits, as if the loss were constant. Which of the exponentials in S "
        "change when only this one logit moves? And is the log of a sum a sum of logs?",
        Integer(0),
    ),
    derivation.slip(
        "another-index",
        "The slope of S with respect to z₀ is taken for another of its exponentials.",
        "Check the indices: only one logit moves. Which of the exponentials feels it?",
        p_1 - 1,
        p_2 - 1,
        p_1,
        p_2,
    ),
    derivation.slip(
        "log-lost",
        "The logarithm is dropped: the slope of the probability is taken.",
        "You differentiated the probability and lost the logarithm before it. What does the rule for log g "
        "divide by?",
        -p_0 * (1 - p_0),
        p_0 * (1 - p_0),
    ),
    derivation.slip(
        "inner-derivative-of-the-quotient",
        "log g becomes 1/g, and the slope of g is lost.",
        "The logarithm has become a fraction, and the slope of what stands in it is missing: the chain "
        "rule owes you a factor.",
        -S / exp(z_0),
        S / exp(z_0),
    ),
    derivation.slip(
        "square-lost",
        "In the rule for a quotient the denominator is not squared.",
        "Read the rule for a quotient again: how often does it divide by the denominator?",
        -S / exp(z_0) * (exp(z_0) * S - exp(z_0) ** 2) / S,
        -S / exp(z_0) * (exp(z_0) - exp(z_0) ** 2 / S**2),
        S / exp(z_0) * (exp(z_0) * S - exp(z_0) ** 2) / S,
    ),
    derivation.slip(
        "quotient-of-logs",
        "The log of a quotient is taken for the quotient of the logs.",
        "The logarithm of a quotient is not the quotient of the logarithms. Try log(8/2) with numbers.",
        Derivative(-z_0 / log(S), z_0),
        Derivative(z_0 / log(S), z_0),
    ),
    derivation.slip(
        "power-rule",
        "The rule for powers is applied to an exponential.",
        "You treated the exponential as a power of the logit. Here the logit stands in the exponent: that "
        "takes the other rule.",
        z_0 * exp(z_0 - 1) / S - 1,
        z_0 * exp(z_0) / S - 1,
    ),
    derivation.slip(
        "square-too-many",
        "The rule for a reciprocal is applied to the logarithm: the denominator is squared.",
        "How often does the rule for log g divide by g? Squares belong to the rule for 1/g.",
        exp(z_0) / S**2 - 1,
        -exp(z_0) / S**2 - 1,
        exp(z_0) / S**2,
    ),
    derivation.slip(
        "derivative-lost",
        "The Derivative disappears, and what it stood before stays.",
        "Your line is worth as much as the loss itself: a Derivative has gone without a rule being applied.",
        log(S) - z_0,
        z_0 - log(S),
    ),
    derivation.slip(
        "one-derivative-lost",
        "Only one of the two terms is differentiated.",
        "The slope of a difference is the difference of the slopes. One of your two terms has not been "
        "differentiated.",
        p_0 - z_0,
        log(S) - 1,
        p_0 - exp(z_0),
        S - 1,
        S - z_0,
    ),
    derivation.slip(
        "slope-of-log-lost",
        "The slope of S is taken for the slope of log S.",
        "You differentiated what stands within a logarithm, and lost the fraction that the logarithm "
        "makes. What does the rule for log g divide by?",
        exp(z_0) - 1,
    ),
    derivation.slip(
        "averaged",
        "The slope is divided by the number of classes.",
        "Your line is right but for a constant factor. Over what is there an average here, if there is "
        "only one example?",
        (p_0 - 1) / 3,
        (p_0 - 1) / 2,
        2 * (p_0 - 1),
        3 * (p_0 - 1),
    ),
    derivation.slip(
        "own-class-missing-below",
        "The class itself is left out of the denominator, or one of the others is.",
        "S has three exponentials. Do all of them still stand in your denominator?",
        exp(z_0) / (exp(z_1) + exp(z_2)) - 1,
        exp(z_0) / (exp(z_0) + exp(z_1)) - 1,
        exp(z_0) / (exp(z_0) + exp(z_2)) - 1,
    ),
    derivation.slip(
        "sigmoid",
        "The formula of two classes is used.",
        "You used the sigmoid, which belongs to two classes, one with the logit 0. Here there are three "
        "logits: what became of the others?",
        1 / (1 + exp(-z_0)) - 1,
        1 / (1 + exp(-z_0)),
    ),
    derivation.slip(
        "cancelled-in-a-sum",
        "A term of a sum is cancelled as if it were a factor.",
        "You cancelled something that stands in a sum. Only factors of the whole numerator and of the "
        "whole denominator may go.",
        -1 / (exp(z_1) + exp(z_2)),
        1 / (1 + exp(z_1) + exp(z_2)) - 1,
        1 / (exp(z_1) + exp(z_2)) - 1,
    ),
    derivation.slip(
        "slope-left",
        "The slope of the softmax is left in the gradient, as with squares.",
        "A factor that belongs to the slope of the softmax is still there. Does the fraction that the "
        "logarithm brings not cancel it?",
        (p_0 - 1) * p_0 * (1 - p_0),
        (p_0 - 1) ** 2,
        -((1 - p_0) ** 2),
    ),
    derivation.right_where(
        "indices",
        "The two other classes are mixed up, or one of them stands twice.",
        "If the two other logits are equal your line is right, otherwise not. Is there an index that "
        "should be another?",
        exp(z_0) / (exp(z_0) + 2 * exp(z_1)) - 1,
        z_1="z_2",
    ),
    derivation.right_where(
        "right-at-zero-only",
        "Something that changes with the logits is wrong: an exponent, its sign or its index.",
        "Put 0 in for all logits: your line is right there, and elsewhere it is not. So what changes with "
        "them otherwise than in the line before? Look at exponents, their signs and indices first.",
        exp(-z_0) / S - 1,
        z_0=0,
        z_1=0,
        z_2=0,
    ),
)
