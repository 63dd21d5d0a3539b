# %% [markdown]
# Logistic regression chooses between two classes. Softmax regression chooses among $K$: one linear
# function per class, and one function that turns $K$ numbers into a distribution. Here you write all of
# it, and at the end your functions read handwritten digits and say how sure they are.

# %% [markdown]
# ## The data
#
# We have $N$ *examples*, the rows $\boldsymbol{x}_n^T$ of the matrix $\boldsymbol{X}$; in code `X` of
# shape `(N, D)`, its last column all ones. The *target* $t_n$ of an example is its class, one of
# $0, 1, \dots, K-1$; in code `t` of shape `(N,)`. A batch may lack some of the classes.
#
# None of your functions may change its arguments: training passes the same `X` and `t` again and again.

# %% given="imports"
import numpy as np

# %% [markdown]
# ## 1 Softmax
#
# Each class $C_k$ has its own weights: column $k$ of the matrix $\boldsymbol{W} \in
# \mathbb{R}^{D \times K}$. So an example has $K$ *logits*, $\bar{\boldsymbol{y}}^T =
# \boldsymbol{x}^T\boldsymbol{W}$, one per class. **Softmax** makes them a distribution: all entries
# positive, their sum one, the order kept:
#
# $$p(C_k \mid \boldsymbol{x}; \boldsymbol{W}) = \operatorname{softmax}(\bar{\boldsymbol{y}})_k,
# \qquad \operatorname{softmax}(\boldsymbol{z})_k = \frac{e^{z_k}}{\sum_{j=0}^{K-1} e^{z_j}}.$$
#
# Your function gets the logits of one example, shape `(K,)`, or of a whole batch, shape `(N, K)`, one
# example a row. Each row is a distribution of its own.
#
# *Think ahead:* $e^{1000}$ is too large for any float. But adding the same number $c$ to all entries
# of $\boldsymbol{z}$ multiplies numerator and denominator by $e^c$ and so changes nothing. Which $c$
# makes every exponential harmless?

# %% exercise="softmax"

# %% [markdown] exercise="choose_shift"
# **An exam question.** To each of the $K$ columns of $\boldsymbol{W}$ you add the same vector
# $\boldsymbol{v} \in \mathbb{R}^D$. What happens to the probabilities
# $p(C_k \mid \boldsymbol{x}; \boldsymbol{W})$ of an example $\boldsymbol{x}$?
#
# - [ ] They stay the same if $\boldsymbol{x}^T\boldsymbol{v} = 0$, and else they change.
#   > If xᵀv is not 0, the logits change, all of them by this one number c. Put z + c into softmax: the
#   > factor e^c stands in the numerator and in every term of the denominator.
# - [ ] They change, but the most probable class stays the most probable one.
#   > That is what a positive common factor would do to the logits. Here a common number is added, and of
#   > that softmax shows nothing at all: e^c cancels.
# - [x] They stay the same for every $\boldsymbol{x}$ and every $\boldsymbol{v}$.
#   > Each logit grows by the same number xᵀv, and softmax(z + c) = softmax(z). So one column of W is more
#   > than the model needs: K − 1 would do.
# - [ ] They come closer to $\frac{1}{K}$, since the columns become more alike.
#   > The columns become no more alike: their differences are what they were, and the probabilities depend
#   > on the differences of the logits only.

# %% [markdown]
# ## 2 Its logarithm
#
# The loss will need $\log p(C_k \mid \boldsymbol{x}; \boldsymbol{W})$. Where a probability is so small
# that it is stored as 0, its logarithm is lost, although it is an ordinary number:
#
# $$\log \operatorname{softmax}(\boldsymbol{z})_k = z_k - \log \sum_{j=0}^{K-1} e^{z_j}.$$
#
# So compute it from the logits directly, without a detour through the probabilities. The logits
# $(0, 1000)$ have the log-probabilities $(-1000, 0)$.

# %% exercise="log_softmax"

# %% [markdown]
# ## 3 Targets as rows
#
# Predictions are rows of $K$ numbers, targets are single integers. To compare them, write a target
# $t$ as its **one-hot** row: a 1 at place $t$, zeros elsewhere,
#
# $$\boldsymbol{1}_t = \bigl([k = t]\bigr)_{k=0}^{K-1},$$
#
# where $[\,\cdot\,]$ is 1 if the condition holds, else 0. The number of classes $K$ belongs to the
# model, so it is an argument: these few targets need not contain all of them.

# %% exercise="one_hot"

# %% [markdown]
# ## 4 The loss
#
# As in logistic regression, the loss is the mean negative log-likelihood of the observed classes.
# Here we add **L² regularization** of strength $\lambda \ge 0$ (in code `l2`), a price for large
# weights:
#
# $$E(\boldsymbol{W}) = \frac{1}{N}\sum_{n=1}^{N} -\log p(C_{t_n} \mid \boldsymbol{x}_n; \boldsymbol{W})
# + \frac{\lambda}{2} \sum_{d,k} W_{d,k}^2.$$
#
# The second sum goes over all entries of $\boldsymbol{W}$; it does not depend on the examples, so it
# is not averaged over them.
#
# *Think ahead:* from each row of log-probabilities the loss takes a single entry, at the place of that
# row's own target. How does NumPy pick one entry a row?

# %% exercise="nll"

# %% [markdown]
# ## 5 Why the gradient is so simple
#
# Take one example of class 0 and three classes, so that the logits are $z_0, z_1, z_2$. How does its
# loss $-\log\operatorname{softmax}(\boldsymbol{z})_0$ change with $z_0$? You write each line as a SymPy
# formula, in the symbols of the next cell, and return the list of all lines. `Derivative(f, z_0)` means
# $\frac{\partial f}{\partial z_0}$ and stays as it is until you write something else. Each line has to
# equal the line before it and has to look different. (SymPy tidies up a little on its own, for example
# the order of a sum; lines that then read the same count as one.)

# %% given="symbols"
from sympy import Derivative, exp, log, symbols

z_0, z_1, z_2 = symbols("z_0 z_1 z_2", real=True)
S = exp(z_0) + exp(z_1) + exp(z_2)

# %% [markdown]
# From here on `exp` and `log` are SymPy's and make formulas; for arrays go on using `np.exp` and
# `np.log`. Please keep the names of these symbols for them, also in cells of your own.
#
# A small example of the form, the slope of $e^{2z_0}$ in three lines:
#
# ```python
# def derive_example():
#     return [
#         Derivative(exp(2 * z_0), z_0),
#         exp(2 * z_0) * Derivative(2 * z_0, z_0),
#         2 * exp(2 * z_0),
#     ]
# ```
#
# The rules you need are
#
# $$\log\frac{a}{b} = \log a - \log b, \qquad
# \frac{\partial}{\partial z}\log g(z) = \frac{1}{g(z)}\cdot\frac{\partial}{\partial z}g(z), \qquad
# \frac{\partial}{\partial z_0} e^{z_1} = 0.$$
#
# **Your task:** get from the derivative of $-\log\frac{e^{z_0}}{S}$, where $S = e^{z_0} + e^{z_1} +
# e^{z_2}$, to $\frac{e^{z_0}}{S} - 1$. The docstring shows both lines in code, and the least number of
# lines.

# %% exercise="derive_softmax_gradient"

# %% [markdown]
# ## 6 The gradient
#
# Your last line is $\operatorname{softmax}(\boldsymbol{z})_0 - 1$: prediction minus target, for the
# class that was right. For a class $k$ that was not, the same steps end in
# $\operatorname{softmax}(\boldsymbol{z})_k - 0$. Both cases together are one row of $K$ numbers,
# $(\boldsymbol{y} - \boldsymbol{1}_t)^T$ with
# $\boldsymbol{y} = \operatorname{softmax}(\bar{\boldsymbol{y}})$.
#
# The logit $z_k = \boldsymbol{x}^T \boldsymbol{W}_{*,k}$ depends on column $k$ of $\boldsymbol{W}$ only, so
# the chain rule multiplies entry $k$ by $\boldsymbol{x}$ to give that column of the gradient. All columns,
# the mean over the examples, and the L² term together:
#
# $$\nabla_{\boldsymbol{W}} E(\boldsymbol{W}) = \frac{1}{N}\sum_{n=1}^{N}
# \boldsymbol{x}_n\,(\boldsymbol{y}_n - \boldsymbol{1}_{t_n})^T + \lambda \boldsymbol{W}.$$
#
# A column times a row is a matrix: which of its sides is $D$, which is $K$? The result has the shape of
# $\boldsymbol{W}$, and the sum over examples is one matrix product.

# %% exercise="gradient"

# %% [markdown]
# The algorithm that trains the model has not changed since logistic regression, where you wrote it: an epoch goes
# through the examples in a drawn order and steps against the gradient after each minibatch. Below,
# `descend` of the package `glm2mlp` does the same along your `gradient`.

# %% [markdown]
# ## 7 The decision
#
# Predict the most probable class,
# $\operatorname{arg\,max}_k\; p(C_k \mid \boldsymbol{x}; \boldsymbol{W})$; of equally probable ones, the
# one with the lowest number. Softmax keeps the order of the logits: do you need it here?

# %% exercise="predict"

# %% [markdown] exercise="choose_shapes"
# **An exam question.** Images of $8 \times 8$ pixels show one of 10 digits. A batch has 32 of
# them, `X` has a column of ones for the biases, and the probabilities of all of them stand in `Y`. What is
# right?
#
# - [ ] `X` has shape (32, 65), `W` has (10, 65), and each row of `Y` sums to 1.
#   > With these shapes X @ W is not defined: the 65 columns of X have to meet 65 rows of W. Each class has
#   > a column of W.
# - [ ] `X` has shape (32, 64), `W` has (64, 10), and each row of `Y` sums to 1.
#   > This model has no biases. The column of ones is the 65th, and the row of W that it meets holds the
#   > bias of each class.
# - [ ] `X` has shape (32, 65), `W` has (65, 10), and each column of `Y` sums to 1.
#   > A column of Y holds one class for all 32 images, and nothing makes these sum to 1. The distribution
#   > is over the classes, once for each image.
# - [x] `X` has shape (32, 65), `W` has (65, 10), and each row of `Y` sums to 1.
#   > 64 pixels and the one make 65 features; each class has a column of W, each image a row of Y, and that
#   > row is a distribution over the 10 classes.

# %% [markdown]
# ## 8 The shape of the regions
#
# The points for which your model predicts class $k$ form the *decision region* $R_k$. Run the next cell
# and look at the regions of a model with three classes: whichever two points of a region you choose,
# the segment between them stays inside. The region is **convex**.

# %% show="regions"
from glm2mlp import data, figures
from glm2mlp.trainings import descend

if ready("softmax", "gradient"):
    X_clouds, t_clouds = data.three_classes(seed)
    settings = {"epochs": 20, "batch_size": 10, "learning_rate": 0.1}
    rng = np.random.default_rng(seed)
    W_clouds = descend(gradient, np.zeros((3, 3)), X_clouds, t_clouds, **settings, rng=rng)
    display(figures.decision_regions(lambda X: softmax(X @ W_clouds), X_clouds, t_clouds))

# %% [markdown]
# **Explain** in a few sentences why this is so for every $\boldsymbol{W}$. Start like this: let
# $\boldsymbol{x}_A$ and $\boldsymbol{x}_B$ be two points of $R_k$. A point of the segment between them is
# $\boldsymbol{x} = u\boldsymbol{x}_A + (1 - u)\boldsymbol{x}_B$ with $0 \le u \le 1$.
# What are its logits? (Assume that no two logits tie.)

# %% [markdown] exercise="explain_convex_regions"
# The logits are linear in the point, so those of $\boldsymbol{x}$ are the same mixture of the logits of
# the ends: $\bar{\boldsymbol{y}}(\boldsymbol{x}) = u\,\bar{\boldsymbol{y}}(\boldsymbol{x}_A) +
# (1-u)\,\bar{\boldsymbol{y}}(\boldsymbol{x}_B)$. (The column of ones does no harm: its entry stays
# $u + (1 - u) = 1$.)
#
# Both ends are in $R_k$, so for every other class $j$ we have $\bar{y}(\boldsymbol{x}_A)_k >
# \bar{y}(\boldsymbol{x}_A)_j$ and $\bar{y}(\boldsymbol{x}_B)_k > \bar{y}(\boldsymbol{x}_B)_j$. Multiply the
# first inequality by $u$, the second by $1 - u$, and add them. Neither factor is negative
# and they are not both zero, so $\bar{y}(\boldsymbol{x})_k > \bar{y}(\boldsymbol{x})_j$. Class $k$ has
# the largest logit at $\boldsymbol{x}$ too, hence $\boldsymbol{x}$ is in $R_k$.

# %% [markdown]
# ## Look at what you built
#
# 1797 images of handwritten digits, 8 × 8 pixels each. Your model learns from 1000 of them, which your `seed`
# picks, and is tested on the other 797; after each epoch your `nll` is measured on both.

# %% show="learning"
if ready("nll", "gradient"):
    X_train, t_train, X_test, t_test = data.digits(seed)
    losses = {"training": [], "test": []}

    def measure(epoch, W):
        losses["training"].append(nll(W, X_train, t_train))
        losses["test"].append(nll(W, X_test, t_test))

    settings = {"epochs": 20, "batch_size": 10, "learning_rate": 0.1}
    rng = np.random.default_rng(seed)
    start = np.zeros((65, 10))
    W_digits = descend(gradient, start, X_train, t_train, **settings, rng=rng, on_epoch=measure)
    display(figures.learning_curves(losses))

# %% [markdown]
# Eight digits that the model has not seen, with the probabilities that your `softmax` gives them: first
# four that it gets right, then four that it gets wrong. Is it as sure of the wrong ones? Would you have
# known?

# %% show="digits"
if ready("softmax", "nll", "gradient", "predict"):
    right = predict(W_digits, X_test) == t_test
    some = np.concatenate([np.flatnonzero(right)[:4], np.flatnonzero(~right)[:4]])
    images, probabilities = data.images(X_test[some]), softmax(X_test[some] @ W_digits)
    display(figures.digits_with_probabilities(images, probabilities, t_test[some]))
    print(f"Right on {np.mean(right):.1%} of the test digits.")

# %% [markdown]
# ## Beside the published results
#
# The lab of the course trains this model on the same digits, with pixels from 0 to 16 and a smaller learning
# rate, and publishes what it prints after each epoch. Your functions print the same, if they draw the same
# random numbers: one generator with seed 244 gives first the weights to start from, then the order of each
# epoch. This earns no points; it shows that what you wrote is the real thing.

# %% show="published"
from glm2mlp import published

if ready("nll", "gradient", "predict"):
    lab = data.lab_digits(244, ones=True)
    lines = []

    def measured(W, X, t):
        return f"loss {nll(W, X, t):.4f} acc {np.mean(predict(W, X) == t):.1%}"

    def tell(epoch, W):
        on_train = measured(W, lab.X_train, lab.t_train)
        on_test = measured(W, lab.X_test, lab.t_test)
        lines.append(f"After epoch {epoch}: train {on_train}, test {on_test}")

    rng = np.random.RandomState(244)
    W_lab = rng.uniform(-0.1, 0.1, size=(65, 10))
    settings = {"epochs": 10, "batch_size": 10, "learning_rate": 0.005}
    parts = lab.X_train, lab.t_train
    W_lab = descend(gradient, W_lab, *parts, **settings, rng=rng, on_epoch=tell)
    lines.append("Learned weights:")
    for column in W_lab.T:
        lines.append(" ".join(f"{weight:.2f}" for weight in column[:10]) + " ...")
    published.compare("softmax_regression", lines)
