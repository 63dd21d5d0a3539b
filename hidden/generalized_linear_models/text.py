# %% [markdown]
# Linear, logistic and softmax regression are one idea, three times. Here you write down what they share
# as a table, entry by entry, then one function that computes the gradient of all three, and at the end
# train them with it on real data: real numbers, two classes, ten classes.

# %% [markdown]
# ## The idea
#
# A **generalized linear model** predicts in two steps. It computes a *linear part*
# $\bar y = \boldsymbol{x}^T\boldsymbol{w}$ (or $K$ of them, $\boldsymbol{x}^T\boldsymbol{W}$), and an
# *activation* $a$ makes of it the mean of a distribution of the target:
#
# $$y = a(\bar y), \qquad t \sim \text{a distribution with the mean } y.$$
#
# Training needs nothing else: the loss is $-\log p(t)$, and its gradient follows by calculus. So a row of
# our table has four entries: activation, distribution, loss, gradient. The examples are the rows of `X` of
# shape `(N, D)`, its last column all ones; their targets are `t` of shape `(N,)`.
#
# None of your functions may change its arguments: training passes the same `X` and `t` again and again.

# %% given="imports"
import numpy as np
from scipy import special


def softmax(Z):
    """Softmax along the last axis, as you wrote it before; here it is SciPy's."""
    return special.softmax(Z, axis=-1)


# %% [markdown]
# ## 1 The table
#
# Your formulas are made of the symbols of the next cell. We write $z$ for the linear part, since it is
# shorter than $\bar y$.

# %% given="symbols"
from sympy import exp, log, pi, sqrt, symbols

z, t = symbols("z t", real=True)
z_0, z_1, z_2 = symbols("z_0 z_1 z_2", real=True)

# %% [markdown]
# From here on `exp`, `log`, `sqrt` and `pi` are SymPy's and make formulas; for arrays go on using `np.exp` and
# so on. Please keep the names of these symbols for them, also in cells of your own.
#
# These distributions are at hand. Each has the mean $y$; in your table name them by the words of the first
# column, as text: `"Poisson"`.
#
# | name | the target $t$ is | its probability $p(t)$ |
# |:--|:--|:--|
# | Bernoulli | 0 or 1 | $y^t\,(1-y)^{1-t}$ |
# | categorical | one of $K$ classes | $y_t$, where $y$ is a list of $K$ probabilities |
# | Laplace | any real number | $\frac12 e^{-\lvert t-y\rvert}$ |
# | Normal | any real number | $\frac{1}{\sqrt{2\pi}}\,e^{-(t-y)^2/2}$, that is with variance 1 |
# | Poisson | 0, 1, 2, … | $y^t e^{-y} / t!$ |
# | uniform | a real number from $y-1$ to $y+1$ | $\frac12$ |
#
# **Your task:** fill in the rows of *linear*, *logistic* and *softmax* regression. For the first two, the
# linear part is $z$ and the target $t$. For softmax take three classes with the logits $z_0, z_1, z_2$, and an
# example of class 0; activation and gradient are then lists of three formulas, since there are three
# probabilities and three logits to differentiate by.
#
# This is the form; copy it, and replace each `None`. Names of your own may be introduced above the
# `return`, for instance for a sum that occurs often.
#
# ```python
#     return {
#         "linear": {
#             "activation": None,
#             "distribution": None,
#             "loss": None,
#             "gradient": None,
#         },
#         "logistic": {
#             "activation": None,
#             "distribution": None,
#             "loss": None,
#             "gradient": None,
#         },
#         "softmax": {
#             "activation": None,  # a list of three formulas
#             "distribution": None,
#             "loss": None,
#             "gradient": None,  # a list of three formulas
#         },
#     }
# ```
#
# As an example, a row that nobody asks for: counts, such as bicycles in an hour, are Poisson distributed
# around a mean that has to be positive, so the activation may be $e^z$. Then $-\log p(t)$ is
# $e^z - t z + \log t!$, and we leave out $\log t!$, since it does not contain $z$:
#
# ```python
#         "counts": {
#             "activation": exp(z),
#             "distribution": "Poisson",
#             "loss": exp(z) - t * z,
#             ...
# ```
#
# *Work in this order:* activation and distribution first; then put the activation into $-\log p(t)$ for the
# loss; then differentiate with respect to $z$, with pencil and paper. (SymPy's `f.diff(z)` may confirm it.) The check below your answer looks
# at whether the entries of a row fit each other. Whether they are the right ones for this model, grading
# tells, with 1 point for each entry by itself.

# %% exercise="glm_table"

# %% [markdown]
# Look at your three gradients side by side. What do they have in common?

# %% [markdown] exercise="choose_output_layer"
# **An exam question.** A model should say which of 20 animals are to be seen in a photo. There
# may be several of them at once, or none. What is a fitting output, with its loss?
#
# - [x] 20 numbers with the sigmoid each; the sum of 20 Bernoulli losses.
#   > There are 20 targets of 0 or 1, and nothing makes them exclude each other: each has a Bernoulli
#   > distribution of its own, whose mean is σ of a logit of its own.
# - [ ] 20 numbers with the identity; the mean squared error.
#   > This assumes targets that are Normal around any real number. Here each target is 0 or 1, so its mean is
#   > a probability, and the identity does not keep to values between 0 and 1.
# - [ ] One number with the sigmoid; the loss of a Bernoulli distribution.
#   > One Bernoulli target answers one question with yes or no. Here are 20 such questions for each photo.
# - [ ] 20 numbers with softmax; the loss of a categorical distribution.
#   > Softmax shares out one probability among the 20: a photo with a cat and a dog could give each of them
#   > ½ at best, and «none» has no place. A categorical target is exactly one class.

# %% [markdown]
# ## 2 The sigmoid is a softmax
#
# Two classes can be had in two ways. Logistic regression has one logit $z$ and
# $p(C_1 \mid \boldsymbol{x}) = \sigma(z)$. Softmax regression with $K = 2$ has two logits. But only their
# difference matters, so we may fix one of them at 0, say that of $C_0$, and call the other one $z$. Divide
# numerator and denominator by $e^z$:
#
# $$p(C_1 \mid \boldsymbol{x}) = \frac{e^{z}}{e^{z} + e^{0}} = \frac{1}{1 + e^{-z}} = \sigma(z).$$
#
# **Your task:** compute $\sigma$ with the given `softmax`, and with no exponential of your own: for each
# logit $z$ of an array take softmax of the pair $[z, 0]$, in this order. (By the formula with $e^{-z}$
# the values would be the same, and the points too, but you would miss what this is about.)
#
# *Think ahead:* a place in a list is one thing, the number of a class another. At which place of the pair
# stands the logit of the positive class $C_1$? And which axis will the pairs lie along, if `z` has shape
# `(N,)`?

# %% exercise="sigmoid_as_softmax"

# %% show="coincide"
from glm2mlp import data, figures_glm

if ready("sigmoid_as_softmax"):
    display(figures_glm.sigmoid_twice(sigmoid_as_softmax))

# %% [markdown] exercise="choose_index"
# **An exam question.** A softmax regression with the classes $C_0$ and $C_1$ has the weights
# $\boldsymbol{W} \in \mathbb{R}^{D \times 2}$; column $k$ belongs to $C_k$. For which $\boldsymbol{w}$ does
# the logistic regression $\sigma(\boldsymbol{x}^T\boldsymbol{w})$ give the same
# $p(C_1 \mid \boldsymbol{x})$ for every $\boldsymbol{x}$?
#
# - [ ] $\boldsymbol{w} = \boldsymbol{W}_{*,0} - \boldsymbol{W}_{*,1}$
#   > This gives p(C₀ | x): subtract the logit of C₁ from both, and the pair is [z, 0] with z for C₀. In
#   > softmax([z, 0]) index 0 is the positive class; here C₁ should be it.
# - [x] $\boldsymbol{w} = \boldsymbol{W}_{*,1} - \boldsymbol{W}_{*,0}$
#   > Subtract the logit of C₀ from both: that changes no probability. The logits are then 0 for C₀ and
#   > z = xᵀ(W_{*,1} − W_{*,0}) for C₁, and softmax gives C₁ the probability σ(z).
# - [ ] $\boldsymbol{w} = \boldsymbol{W}_{*,1}$
#   > Only if column 0 is zero. In general the probability of C₁ depends on how far its logit is above the
#   > other one.
# - [ ] $\boldsymbol{w} = \tfrac12\,(\boldsymbol{W}_{*,1} - \boldsymbol{W}_{*,0})$
#   > The decision would be the same, but not the probability: σ(z/2) is nearer to ½ than σ(z).

# %% [markdown]
# ## 3 One gradient
#
# In each row of your table the derivative of the loss with respect to $z$ is *prediction minus target*. With the chain
# rule, and averaged over the examples, one formula serves all three models:
#
# $$\nabla_{\boldsymbol{W}} E = \frac1N \boldsymbol{X}^T(\boldsymbol{Y} - \boldsymbol{T}),
# \qquad \boldsymbol{Y} = a(\boldsymbol{X}\boldsymbol{W}).$$
#
# It is no accident: each of these activations is the *canonical* one of its distribution, whose own slope
# cancels in the slope of the loss. With another activation, or with the squared error for a probability, it
# would not.
#
# **Your task:** this gradient, for a model that is named by a text. The models differ in the activation and
# in $\boldsymbol{T}$: these are the targets themselves, but for softmax their one-hot rows
# $\boldsymbol{1}_{t_n}^T$. Use your `sigmoid_as_softmax` and the given `softmax`.

# %% exercise="glm_gradient"

# %% [markdown]
# Training is the same for all three. The next cell trains each model on examples with a single feature, and draws what it predicts: the mean
# and, as a ribbon, one standard deviation of the distribution around it. The Normal distribution was given
# variance 1, wherever you look. The other two have no such number to choose: the variance of a target that
# is 1 with probability $y$ and else 0 is $y(1-y)$, largest where the model is in doubt.

# %% show="models"
from functools import partial

from glm2mlp.trainings import descend

if ready("sigmoid_as_softmax", "glm_gradient"):
    settings = {"epochs": 200, "batch_size": 10, "learning_rate": 0.1}

    def fitted(model, X, t, shape, activation):
        rng = np.random.default_rng(seed)
        W = descend(partial(glm_gradient, model), np.zeros(shape), X, t, **settings, rng=rng)
        return figures_glm.Fitted(X, t, lambda points: activation(points @ W))

    display(
        figures_glm.three_models(
            fitted("linear", *data.noisy_line(seed), 2, lambda z: z),
            fitted("logistic", *data.groups_on_a_line(2, seed), 2, sigmoid_as_softmax),
            fitted("softmax", *data.groups_on_a_line(3, seed), (2, 3), softmax),
        )
    )

# %% [markdown]
# ## Look at what you built
#
# Now three real data sets, the same function, and only the model's name, its learning rate and the shape of
# its weights differ: how far the diabetes of 442 patients progressed in a year (linear), which of 569
# tumours are benign (logistic), and 1797 handwritten digits (softmax). Your `seed` picks which examples are
# for training. The dotted lines show what scikit-learn's own models reach on the same test examples; how
# near you come costs or earns nothing.

# %% show="learning"
if ready("sigmoid_as_softmax", "glm_gradient"):

    def trained(model, split, shape, learning_rate):
        weights = []
        settings = {"epochs": 30, "batch_size": 10, "learning_rate": learning_rate}
        settings |= {
            "rng": np.random.default_rng(seed),
            "on_epoch": lambda epoch, W: weights.append(W),
        }
        slope = partial(glm_gradient, model)
        descend(slope, np.zeros(shape), split.X_train, split.t_train, **settings)
        return figures_glm.judged(model, split, weights)

    trainings = {
        "diabetes": trained("linear", data.diabetes(seed), 11, 0.005),
        "tumours": trained("logistic", data.breast_cancer(seed), 31, 0.01),
        "digits": trained("softmax", data.digits(seed), (65, 10), 0.1),
    }
    display(figures_glm.three_trainings(trainings))

# %% [markdown]
# ## Beside the published results
#
# The course's labs on softmax and on logistic regression publish what their training prints. Each of them is
# a program of its own; your one `glm_gradient` prints the same as both, if it draws the same random numbers.
# This earns no points.

# %% show="published"
from glm2mlp import published

if ready("sigmoid_as_softmax", "glm_gradient"):

    def lab(model, split, rng, shape, **settings):
        lines = []

        def measured(W, X, t):
            Z = X @ W
            if Z.ndim == 1:
                Z = np.column_stack([0 * Z, Z])  # two classes, C₀ with the logit 0
            loss = -np.mean(special.log_softmax(Z, axis=1)[np.arange(len(t)), t])
            return f"loss {loss:.4f} acc {np.mean(np.argmax(Z, axis=1) == t):.1%}"

        def tell(epoch, W):
            on_train, on_test = measured(W, *split[:2]), measured(W, *split[2:])
            lines.append(f"After epoch {epoch}: train {on_train}, test {on_test}")

        W = rng.uniform(-0.1, 0.1, size=shape)
        slope = partial(glm_gradient, model)
        W = descend(slope, W, *split[:2], batch_size=10, rng=rng, on_epoch=tell, **settings)
        return W, lines

    settings = {"rng": np.random.RandomState(244), "epochs": 10, "learning_rate": 0.005}
    W_lab, lines = lab("softmax", data.lab_digits(244, ones=True), shape=(65, 10), **settings)
    lines.append("Learned weights:")
    lines += [" ".join(f"{weight:.2f}" for weight in column[:10]) + " ..." for column in W_lab.T]
    published.compare("softmax_regression", lines)

# %% show="published_points"
if ready("sigmoid_as_softmax", "glm_gradient"):
    settings = {"rng": np.random.RandomState(42), "epochs": 9, "learning_rate": 0.5}
    w_lab, lines = lab("logistic", data.lab_points(), shape=3, **settings)
    lines.append("Learned weights " + " ".join(f"{weight:.2f}" for weight in w_lab))
    published.compare("logistic_regression", lines)
