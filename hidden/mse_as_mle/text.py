# %% [markdown]
# Linear regression minimizes the mean squared error. Why the square, and not, say, the absolute value?
# Here you show that it is no arbitrary choice: it is what maximum likelihood asks for, if the targets
# have Normal noise. At the end the model fits real data, and the same assumption tells you how far
# to trust each prediction.

# %% [markdown]
# ## The data
#
# We have $N$ *examples*, the rows $\boldsymbol{x}_n^T$ of the matrix $\boldsymbol{X}$; in code `X` of
# shape `(N, D)`, its last column all ones. The *target* $t_n$ of an example is a real number; in code
# `t` of shape `(N,)`. The model *predicts* $y_n = \boldsymbol{x}_n^T\boldsymbol{w}$; in code `y` of
# shape `(N,)`. So the prediction is the linear part itself: the activation is the identity.
#
# None of your functions may change its arguments: other functions use the same arrays after yours.

# %% given="imports"
import numpy as np

# %% [markdown]
# ## 1 The mean squared error
#
# $$\operatorname{MSE} = \frac{1}{N}\sum_{n=1}^{N} (y_n - t_n)^2.$$
#
# There is no $\frac12$ in it. Many books put one there, to be rid of the 2 that appears in the gradient;
# keep an eye on that 2 until section 5.

# %% exercise="mse"

# %% [markdown]
# ## 2 A distribution around the prediction
#
# No model predicts exactly. So let it predict a *distribution* of the target, whose mean is the
# prediction: the **Normal distribution** $\mathcal{N}(t; y, \sigma^2)$ with the density
#
# $$p(t \mid \boldsymbol{x}; \boldsymbol{w}) = \frac{1}{\sqrt{2\pi\sigma^2}}
# \exp\left(-\frac{(t - y)^2}{2\sigma^2}\right), \qquad y = \boldsymbol{x}^T\boldsymbol{w}.$$
#
# Why this one? Among all densities with that mean and that variance it has the largest entropy: it
# assumes the least beyond these two numbers.
#
# Careful with names: $\sigma^2$ is the **variance**, $\sigma$ the **standard deviation**. (In logistic
# regression $\sigma$ was a function, the sigmoid; here it is a number.) Your functions receive the
# variance, in code `variance`.
#
# The loss is the mean over the examples of $-\log p(t_n \mid \boldsymbol{x}_n; \boldsymbol{w})$. Here $p$
# is a density, no probability, so it may be larger than 1 and the loss negative.
#
# *Think ahead:* $e^{-5000}$ is stored as 0, and its logarithm is lost. What is
# $\log\bigl(a\,e^{-b}\bigr)$, taken by hand before you write any code?

# %% exercise="gaussian_nll"

# %% [markdown] exercise="choose_noise"
# **An exam question.** You fit a linear model by minimizing the mean squared error and say
# that this is maximum likelihood. Which statement is it that you assume?
#
# - [x] Given its features, each target is Normal around its prediction.
#   > The noise t − y is Normal with mean 0, with one variance for all examples, and independent from
#   > example to example. Features and targets themselves may be distributed as they like.
# - [ ] The targets, taken over all examples, have a Normal distribution.
#   > Mix two groups of examples whose predictions lie far apart: the targets then have two humps, and the
#   > assumption may still hold. It speaks of each target around its own prediction.
# - [ ] Each feature, taken over all examples, has a Normal distribution.
#   > The model is of p(t | x): the features are given, and nothing is said about how they are distributed.
#   > Features of 0 and 1 are quite all right.
# - [ ] The weights that we look for have a Normal distribution around 0.
#   > That is a prior on the weights. Assumed in addition, it would give L² regularization; maximum
#   > likelihood has no opinion about the weights.

# %% [markdown]
# ## 3 From the likelihood to the squares
#
# Take two examples, with targets $t_0, t_1$ and predictions $y_0, y_1$, and write $v$ for the variance
# $\sigma^2$. Their densities are $p_0$ and $p_1$ of the next cell. If the examples are independent, both
# together have the density $p_0\,p_1$, and the loss of section 2 is
# $\frac12\bigl(-\log p_0 - \log p_1\bigr) = -\frac12\log(p_0\,p_1)$.
#
# You write each line as a SymPy formula, in the symbols of the next cell, and return the list of all
# lines. Each line has to equal the line before it and has to look different. (SymPy tidies up a little on
# its own, for example the order of a sum; lines that then read the same count as one.)

# %% given="symbols"
from sympy import exp, log, pi, sqrt, symbols

t_0, t_1, y_0, y_1 = symbols("t_0 t_1 y_0 y_1", real=True)
v = symbols("v", positive=True)
p_0 = exp(-((t_0 - y_0) ** 2) / (2 * v)) / sqrt(2 * pi * v)
p_1 = exp(-((t_1 - y_1) ** 2) / (2 * v)) / sqrt(2 * pi * v)
mean_square = ((t_0 - y_0) ** 2 + (t_1 - y_1) ** 2) / 2

# %% [markdown]
# From here on `exp`, `log`, `sqrt` and `pi` are SymPy's and make formulas; for arrays go on using `np.exp`,
# `np.log`, `np.sqrt` and `np.pi`. Please keep the names of these symbols for them, also in cells of your own.
#
# A small example of the form, the logarithm of $p_0$ in three lines:
#
# ```python
# def derive_example():
#     return [
#         log(p_0),
#         -((t_0 - y_0) ** 2) / (2 * v) - log(sqrt(2 * pi * v)),
#         -((t_0 - y_0) ** 2) / (2 * v) - log(2 * pi * v) / 2,
#     ]
# ```
#
# The rules you need are
#
# $$\log(a\,b) = \log a + \log b, \qquad \log e^a = a, \qquad \log\sqrt{a} = \tfrac12\log a.$$
#
# **Your task:** get from $-\frac12\log(p_0\,p_1)$ to
# $\frac{\operatorname{MSE}}{2v} + \frac12\log(2\pi v)$, where $\operatorname{MSE}$ is `mean_square`. The
# docstring shows both lines in code, and the least number of lines.

# %% exercise="derive_mse_from_gaussian"

# %% [markdown]
# ## 4 What may be dropped, and where
#
# Your last line holds for any number of examples:
#
# $$E(\boldsymbol{w}) = \frac{1}{2\sigma^2}\operatorname{MSE}(\boldsymbol{w}) + \frac12\log(2\pi\sigma^2).$$
#
# If $\sigma^2$ is fixed, $\boldsymbol{w}$ occurs in the MSE only. The second term moves the whole curve up
# or down, the factor $\frac{1}{2\sigma^2} > 0$ stretches it, and neither moves its lowest point:
#
# $$\operatorname*{arg\,max}_{\boldsymbol{w}} \prod_{n} p(t_n \mid \boldsymbol{x}_n; \boldsymbol{w})
# = \operatorname*{arg\,min}_{\boldsymbol{w}} E(\boldsymbol{w})
# = \operatorname*{arg\,min}_{\boldsymbol{w}} \operatorname{MSE}(\boldsymbol{w}).$$
#
# Note where the equals signs stand: between the *places* of the minima. The losses themselves are not
# equal, and neither are their gradients. The next cell draws your `gaussian_nll` over the slope of a
# line (with bias 0), for four variances.

# %% show="minima"
from glm2mlp import data, figures_regression

if ready("gaussian_nll"):
    X_line, t_line = data.noisy_line(seed)
    slopes = np.linspace(-1, 4, 251)
    curves = {
        variance: [gaussian_nll(slope * X_line[:, 0], t_line, variance) for slope in slopes]
        for variance in (0.3, 0.6, 1.5, 4)
    }
    display(figures_regression.loss_curves(slopes, curves))

# %% [markdown] exercise="choose_constants"
# **An exam question.** Anna minimizes the MSE, Boris `gaussian_nll` with $\sigma^2 = 0.01$.
# Both train the same linear model by gradient descent, from the same weights, with the same learning
# rate. Which is true?
#
# - [ ] Both make the same steps, since the constants may be dropped.
#   > Inside argmin they may be dropped, for there only the place of the minimum counts. Boris's gradient
#   > still has its factor 1/(2σ²).
# - [x] Both have the same minimum; Boris's first step is fifty times as long.
#   > His loss is MSE/(2 · 0.01) plus a constant, that is 50 MSE plus a constant: the same minimum, and
#   > at the same weights a gradient 50 times as large. A learning rate that suits Anna may let him diverge.
# - [ ] Boris's minimum lies elsewhere, since his model allows less noise.
#   > With a smaller σ² all his losses for wrong predictions grow, by one common factor. That moves no
#   > minimum.
# - [ ] Boris's minimum lies elsewhere, because of the term ½ log(2πσ²).
#   > This term does not contain the weights: it moves his curve up or down, and its slope along each weight
#   > is 0.

# %% [markdown]
# ## 5 The gradient
#
# By the chain rule $\nabla_{\boldsymbol{w}} \operatorname{MSE} =
# \frac{1}{N}\sum_n 2\,(y_n - t_n)\,\boldsymbol{x}_n$: here is the 2. But the loss that we train with is
# $E$ of section 4 with $\sigma^2 = 1$, and its factor $\frac{1}{2\sigma^2} = \frac12$ cancels it:
#
# $$\nabla_{\boldsymbol{w}} E(\boldsymbol{w}) = \frac{1}{N}\sum_{n=1}^{N} (y_n - t_n)\,\boldsymbol{x}_n,
# \qquad y_n = \boldsymbol{x}_n^T\boldsymbol{w}.$$
#
# So the 2 was not forgotten: it belongs to the gradient of the MSE, not to this one. Prediction minus target,
# times the features, averaged: you wrote it for logistic regression, and only the activation differs. Here it is
# given.

# %% given="gradient" reference="gradient"

# %% [markdown]
# ## 6 The variance
#
# The minimum over $\boldsymbol{w}$ does not depend on $\sigma^2$. But which $\sigma^2$ fits the data best?
# Maximum likelihood answers that as well: keep the predictions, and let $v = \sigma^2$ vary in
#
# $$E(v) = \frac{\operatorname{MSE}}{2v} + \frac12\log(2\pi v).$$
#
# *Think ahead:* where is $\frac{\partial E}{\partial v} = 0$? Solve it on paper. What does your result
# divide by, $N$ or $N - 1$? And around which number does it measure the errors: around 0, or around their
# own mean, as `np.var` does?

# %% exercise="mle_variance"

# %% [markdown]
# Now your model predicts with a Normal distribution. The next cell trains a line by SGD along this gradient
# and draws the prediction with ribbons of one and of two standard deviations: the square root of your
# variance. About 68 % of the points should lie in the inner ribbon, about 95 % in both together. The
# ribbon has the same width everywhere: that is what one fixed variance means.

# %% show="ribbon"
from glm2mlp.trainings import descend

if ready("mle_variance"):
    X_line, t_line = data.noisy_line(seed)
    settings = {"epochs": 50, "batch_size": 5, "learning_rate": 0.1}
    w_line = descend(
        gradient, np.zeros(2), X_line, t_line, **settings, rng=np.random.default_rng(seed)
    )
    variance = mle_variance(X_line @ w_line, t_line)
    display(figures_regression.normal_ribbon(X_line, t_line, w_line, np.sqrt(variance)))

# %% [markdown]
# ## 7 What was assumed
#
# **Explain** in a few sentences why a linear model that minimizes the mean squared error is a maximum
# likelihood model. Start from the likelihood of all $N$ targets and name every assumption where you use
# it. Which terms and factors do you drop or add on the way to the MSE, and why does none of them move the
# minimum?

# %% [markdown] exercise="explain_assumptions"
# *Independence.* Given their features, the targets are independent of each other. So their likelihood is
# the product $\prod_n p(t_n \mid \boldsymbol{x}_n; \boldsymbol{w})$, and its negative logarithm the sum
# $\sum_n -\log p(t_n \mid \boldsymbol{x}_n; \boldsymbol{w})$. The logarithm grows with its argument, so the
# largest likelihood and the least sum belong to the same $\boldsymbol{w}$.
#
# *Normal noise.* Each target is Normal around its own prediction $y_n = \boldsymbol{x}_n^T\boldsymbol{w}$,
# and its variance $\sigma^2$ is one fixed number, the same for all examples. So each term is
# $\frac{1}{2\sigma^2}(t_n - y_n)^2 + \frac12\log(2\pi\sigma^2)$: from here comes the square.
#
# *What is dropped.* The second part does not contain $\boldsymbol{w}$: without it the curve lies lower or
# higher, but its minimum stays where it is. The factor $\frac{1}{2\sigma^2}$ is positive and does not
# contain $\boldsymbol{w}$ either, and it is the same for all examples; so it only stretches the curve. The
# factor $\frac1N$, which makes a mean of the sum, may be put in for the same reason. All of this holds
# inside $\operatorname{arg\,min}$ only: the values and the gradients do change. With a variance that
# differs from example to example, the errors would keep their weights $\frac{1}{\sigma_n^2}$.

# %% [markdown]
# ## Look at what you built
#
# Ten measurements of each of 442 patients (age, blood pressure, blood values, …), and how far their
# diabetes had progressed a year later, as a number from 25 to 346. The features are standardized: each
# has mean 0 and variance 1 over the training examples. Your model learns from 342 patients and is tested
# on the other 100; your `seed` picks which.
#
# For linear regression there is a second opinion: the weights where the gradient is zero solve a system of
# linear equations. SGD needs no such formula, and comes close to it. The dashed lines show what those
# weights reach; how near you come costs or earns nothing.

# %% show="learning"
if ready("mse", "mle_variance"):
    X_train, t_train, X_test, t_test = data.diabetes(seed)
    losses = {"training": [], "test": []}

    def measure(epoch, w):
        losses["training"].append(mse(X_train @ w, t_train))
        losses["test"].append(mse(X_test @ w, t_test))

    settings = {"epochs": 30, "batch_size": 10, "learning_rate": 0.005}
    rng = np.random.default_rng(seed)
    w_sgd = descend(gradient, np.zeros(11), X_train, t_train, **settings, rng=rng, on_epoch=measure)
    w_exact = np.linalg.lstsq(X_train, t_train, rcond=None)[0]
    exact = {"training": mse(X_train @ w_exact, t_train), "test": mse(X_test @ w_exact, t_test)}
    display(figures_regression.learning_curves_with_levels(losses, exact))

# %% [markdown]
# And how far may you trust a prediction for a new patient? Your `mle_variance` of the training examples
# says: within $\sigma$ in 68 % of the cases, within $2\sigma$ in 95 %. The next cell counts on the test
# patients, and draws their errors beside the Normal density that your model promised.

# %% show="errors"
if ready("mse", "mle_variance"):
    sigma = np.sqrt(mle_variance(X_train @ w_sgd, t_train))
    display(figures_regression.errors_and_density(X_test @ w_sgd - t_test, sigma))
