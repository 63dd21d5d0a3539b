"""Misconceptions of `derive_nll_gradient`. Trusted side."""

from sympy import Derivative, exp, log

from autograder.misconceptions.derivations import Derived
from solutions.derivations import derive_nll_gradient as right
from solutions.derivations import sigma, t, z

loss = -t * log(sigma) - (1 - t) * log(1 - sigma)
slope = sigma * (1 - sigma)
derivation = Derived(right)

MISCONCEPTIONS = (
    *derivation.of_the_list(
        begins="Your first line has the right value, but a step is already done in it. Begin with the "
        "slope of the whole loss, not yet taken apart.",
        ends="So far all is right. Multiply your brackets out and look for terms that cancel: what the "
        "docstring asks for has only two terms.",
    ),
    derivation.begins(
        "not-differentiated-at-first",
        "The derivation begins with the loss, not with its slope.",
        "Your first line is the loss itself. The question is about its slope: how is that written, before "
        "any rule is applied?",
        loss,
    ),
    derivation.begins(
        "minus-lost-at-first",
        "The derivation begins with the log-likelihood, without the minus.",
        "You begin with the slope of log p. A loss is to be made small, and log p is never above 0: what "
        "stands before it in the question?",
        Derivative(-loss, z),
    ),
    derivation.begins(
        "one-class-at-first",
        "The loss of one class only is differentiated.",
        "Your first line knows only one of the two classes. What does your loss say of an example of the "
        "other one?",
        Derivative(-t * log(sigma), z),
        Derivative(-(1 - t) * log(1 - sigma), z),
        Derivative(-log(sigma), z),
        Derivative(-log(1 - sigma), z),
    ),
    derivation.begins(
        "another-loss-at-first",
        "The derivation begins with another loss.",
        "Your first line is the slope of another loss. Compare it with the docstring: signs, factors, and "
        "what stands behind each log.",
        Derivative((sigma - t) ** 2, z),
        Derivative((sigma - t) ** 2 / 2, z),
        Derivative(-(1 - t) * log(sigma) - t * log(1 - sigma), z),
        Derivative(-t * log(sigma) + (1 - t) * log(1 - sigma), z),
        Derivative(t * log(sigma) - (1 - t) * log(1 - sigma), z),
        Derivative(-t * log(sigma) - (1 - t) * log(1 + sigma), z),
        Derivative(-t * log(sigma) - (1 + t) * log(1 - sigma), z),
        Derivative(-t * log(sigma) - t * log(1 - sigma), z),
        Derivative(loss, t),
    ),
    derivation.slip(
        "sign",
        "A minus is lost: the sign of everything is off.",
        "Your line is right but for its sign. Try t = 1: the loss falls when z grows, so is its slope "
        "positive or negative? From which line on is it otherwise?",
        t - sigma,
    ),
    derivation.slip(
        "inner-sign",
        "The minus of 1 − σ is lost when log(1 − σ) is differentiated.",
        "Try t = 0 and t = 1 one by one: for one of them your line is right. In the other term σ stands "
        "behind a minus within the logarithm: did the chain rule see it?",
        -t * (1 - sigma) - (1 - t) * sigma,
    ),
    derivation.slip(
        "first-term-sign",
        "The minus before t is lost.",
        "Try t = 0 and t = 1 one by one: for one of them your line is right, for the other it has the "
        "wrong sign. Follow the minus of that term from line to line.",
        t * (1 - sigma) + (1 - t) * sigma,
    ),
    derivation.slip(
        "inner-derivative-of-log",
        "log f is differentiated as 1/f, without the slope of f.",
        "Each logarithm has become a fraction, and that is half of its rule. What is within the logarithm "
        "depends on z too: the chain rule owes you a factor.",
        -t / sigma + (1 - t) / (1 - sigma),
        -t / sigma - (1 - t) / (1 - sigma),
        t / sigma + (1 - t) / (1 - sigma),
        t / sigma - (1 - t) / (1 - sigma),
    ),
    derivation.slip(
        "log-lost",
        "The logarithm is dropped: the slope of log f is taken for the slope of f.",
        "You differentiated what stands within the logarithms, and lost the logarithms. What does the rule "
        "for log g divide by?",
        -t * slope + (1 - t) * slope,
        -t * slope - (1 - t) * slope,
        -t * sigma - (1 - t) * (1 - sigma),
    ),
    derivation.slip(
        "multiplied-by-the-inside",
        "The rule of the logarithm is turned round: what stands in it is multiplied, not divided by.",
        "Your terms got larger where they should get smaller. Does the rule for log g multiply by g, or "
        "divide?",
        -t * slope * sigma + (1 - t) * slope * (1 - sigma),
        -t * slope * sigma - (1 - t) * slope * (1 - sigma),
    ),
    derivation.slip(
        "one-factor-of-the-target",
        "t stands in both terms, or 1 − t has changed.",
        "Put t = 0 in: what is left of your line, and what should be? Look at what stands before each of "
        "the two logarithms.",
        -t * (1 - sigma) + t * sigma,
        -(1 - t) * (1 - sigma) + (1 - t) * sigma,
    ),
    derivation.slip(
        "slope-left",
        "The slope of σ is left in the gradient, as with squares.",
        "A slope of σ is still there. In each term the logarithm brings a fraction: does it not cancel "
        "something? This is where this loss differs from squares.",
        (sigma - t) * slope,
        (t - sigma) * slope,
    ),
    derivation.slip(
        "slope-of-sigma",
        "The slope of σ is put in with one factor missing, or with another sign.",
        "Look at what you put in for the slope of σ. You derived it two exercises ago: of how many factors "
        "is it a product?",
        -t + (1 - t) * sigma / (1 - sigma),
        -t * (1 - sigma) / sigma + (1 - t),
        -t * (1 + sigma) + (1 - t) * sigma * (1 + sigma) / (1 - sigma),
        -t * z / sigma * (1 - z) + (1 - t) * z * (1 - z) / (1 - sigma),
    ),
    derivation.slip(
        "slope-of-one-term",
        "The slope of σ is missing in one of the two terms.",
        "Put the slope of σ into both terms: in one of them it is missing, or has lost a factor.",
        -t * (1 - sigma) + (1 - t) / (1 - sigma),
        -t / sigma + (1 - t) * sigma,
        -t * (1 - sigma) + (1 - t),
        -t + (1 - t),
    ),
    derivation.slip(
        "one-class",
        "Only the examples of one class are thought of.",
        "Your line depends on t otherwise than the one before: one of the two terms is gone, or a number "
        "was put in for t. Keep t a symbol to the end.",
        -t * (1 - sigma),
        (1 - t) * sigma,
        sigma - 1,
        sigma,
        -(1 - sigma) * (1 - t),
        -t * sigma,
    ),
    derivation.slip(
        "log-of-a-difference",
        "log(1 − σ) is taken apart as log 1 − log σ.",
        "The logarithm of a difference is not the difference of logarithms. Put σ = ½ into both sides of "
        "what you did to log(1 − σ).",
        Derivative(-t * log(sigma) + (1 - t) * log(sigma), z),
    ),
    derivation.slip(
        "factors-exchanged",
        "σ and 1 − σ have changed places.",
        "Each logarithm leaves a factor, and yours have changed places. When is an example of class 1 "
        "already well predicted, and what should its term be then?",
        -t * sigma + (1 - t) * (1 - sigma),
    ),
    derivation.slip(
        "factors-exchanged-and-sign",
        "σ and 1 − σ have changed places, and a minus is lost.",
        "Two things in one line: the signs, and the factors that the two logarithms leave, which have "
        "changed places. Take t = 1, then t = 0.",
        t * sigma - (1 - t) * (1 - sigma),
    ),
    derivation.slip(
        "bracket",
        "A bracket is multiplied out wrongly.",
        "The line before is right; a bracket was multiplied out too fast. How many products does each "
        "bracket make, and what sign has each?",
        -t - t * sigma + sigma - t * sigma,
        -t + t * sigma + sigma + t * sigma,
        -t + sigma - t * sigma,
        -t + t * sigma + sigma,
        -t + t * sigma + 1 - t * sigma,
        -t + sigma + 1 - t,
    ),
    derivation.slip(
        "t-sign",
        "The minus before t is lost at the end.",
        "Take a confident and right prediction: σ near 1 and t = 1. Should anything be left to correct?",
        sigma + t,
    ),
    derivation.slip(
        "by-another-letter",
        "t is taken for the variable, or is differentiated too.",
        "By which letter do you differentiate? The target t is given, and does not change with z.",
        -log(sigma) + log(1 - sigma),
        log(sigma) - log(1 - sigma),
    ),
    derivation.slip(
        "derivative-lost",
        "The Derivative disappears, and what it stood before stays.",
        "Your line is worth as much as the loss itself: a Derivative has gone without a rule being applied.",
        loss,
        -loss,
    ),
    derivation.slip(
        "one-derivative-lost",
        "Only one of the two terms is differentiated.",
        "The slope of a sum is the sum of the slopes. One of your two terms has not been differentiated.",
        -t * Derivative(log(sigma), z) - (1 - t) * log(1 - sigma),
        -t * log(sigma) - (1 - t) * Derivative(log(1 - sigma), z),
    ),
    derivation.slip(
        "constant-factor",
        "A constant factor is lost or too many.",
        "Your line is right but for a constant factor. Whose habit is it: was there a square, or a mean?",
        2 * (sigma - t),
        (sigma - t) / 2,
        2 * (t - sigma),
    ),
    derivation.slip(
        "features-early",
        "The slope with respect to z is multiplied by something that comes later, with the weights.",
        "Here the slope with respect to z is asked for. Its product with the features comes with the chain "
        "rule afterwards; there is no further factor yet.",
        (sigma - t) * z,
        (t - sigma) * z,
    ),
    derivation.slip(
        "labels-of-the-perceptron",
        "The targets are taken for −1 and 1.",
        "Your formula belongs to targets −1 and 1, as the perceptron has them. Here t is 0 or 1: put both "
        "in.",
        -t / (1 + exp(t * z)),
    ),
    derivation.slip(
        "logit-for-probability",
        "z stands where σ(z) belongs.",
        "Which is compared with the target, the logit or the probability? Look for a z that should be σ(z).",
        z - t,
        t - z,
    ),
    derivation.slip(
        "squared",
        "The loss is taken for squares.",
        "Squares belong to another loss. What is the rule for the logarithm that stands in yours?",
        (sigma - t) ** 2,
        (sigma - t) ** 2 / 2,
    ),
    derivation.right_where(
        "term-of-class-1",
        "There is a slip in the term of class 1.",
        "Put t = 0 in: your line is right. Put t = 1 in: it is not. In which of the two terms is the slip, "
        "then? Follow that term alone from the line before.",
        -t * slope * sigma + (1 - t) * sigma,
        t=0,
    ),
    derivation.right_where(
        "term-of-class-0",
        "There is a slip in the term of class 0.",
        "Put t = 1 in: your line is right. Put t = 0 in: it is not. In which of the two terms is the slip, "
        "then? Follow that term alone from the line before.",
        -t * (1 - sigma) + (1 - t) * slope / (1 + sigma),
        t=1,
    ),
)
