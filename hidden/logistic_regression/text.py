# %% [markdown]
# Logistic regression turns a linear function into a probability. Here you build it from its smallest
# parts: the sigmoid and its slope, the loss, the gradient, one epoch of stochastic gradient descent,
# and the decision. At the end your own functions learn to separate two clouds of points, then handwritten
# threes from eights, and you watch how they do it.

# %% [markdown]
# ## The data
#
# We have $N$ *examples*. Each is a row $\boldsymbol{x}_n^T$ of the matrix $\boldsymbol{X}$ with $D$
# columns, in code `X` of shape `(N, D)`. The last column of `X` is all ones, so that the last weight
# acts as the bias. Each example has a *target* $t_n$, its class, which is 0 or 1; in code `t` of
# shape `(N,)`.
#
# None of your functions may change its arguments: training passes the same `X` and `t` again and again.

# %% given="imports"
import numpy as np

# %% [markdown]
# ## 1 The sigmoid
#
# The model has one weight for each column, $\boldsymbol{w} \in \mathbb{R}^D$. Its *linear part*
# $\bar{y} = \boldsymbol{x}^T\boldsymbol{w}$ may be any real number. A probability has to lie between
# 0 and 1, so we squeeze the real line into that interval by the **sigmoid**:
#
# $$p(C_1 \mid \boldsymbol{x}; \boldsymbol{w}) = \sigma(\bar{y}),
# \qquad \sigma(z) = \frac{1}{1 + e^{-z}},
# \qquad p(C_0 \mid \boldsymbol{x}; \boldsymbol{w}) = 1 - \sigma(\bar{y}).$$
#
# Here $z$ is one number, but you will need $\sigma$ for a whole batch at once: write it for an array
# of any shape, entry by entry.
#
# *Think ahead:* for which sign of $z$ does $e^{-z}$ grow beyond all bounds? Multiply numerator and
# denominator by $e^{z}$ to find a form that is safe on that side.

# %% exercise="sigmoid"

# %% [markdown]
# ## 2 Its slope
#
# You need the slope of the sigmoid in exercise 6, where you derive the gradient of the loss, and again for
# the hidden units of a network. It can be written with the sigmoid itself:
#
# $$\sigma'(z) = \sigma(z)\,\bigl(1 - \sigma(z)\bigr).$$
#
# The argument is the point $z$ at which we want the slope, not the value $\sigma(z)$. Why the formula
# holds, you will show in exercise 4.

# %% exercise="sigmoid_derivative"

# %% [markdown]
# Your two functions, drawn. The curve is steepest at $z = 0$; far from there it is flat. Exercise 6 shows that
# the gradient of logistic regression does not suffer from that: there the slope cancels. The hidden units
# of a network are not so lucky.

# %% show="curves"
from glm2mlp import data, figures

if ready("sigmoid", "sigmoid_derivative"):
    display(figures.sigmoid_curves(sigmoid, sigmoid_derivative))

# %% [markdown]
# ## 3 The logit
#
# Read the model backwards: which $\bar{y}$ belongs to a given probability $p = p(C_1 \mid
# \boldsymbol{x})$? Solving $p = \sigma(\bar{y})$ for $\bar{y}$ gives the **logit**, the logarithm of
# the odds of the two classes:
#
# $$\bar{y} = \log\frac{p}{1 - p} = \log\frac{p(C_1 \mid \boldsymbol{x})}{p(C_0 \mid \boldsymbol{x})},
# \qquad 0 < p < 1.$$
#
# This is what the linear part of the model means: it is 0 for even odds, and each step of
# $\log 10 \approx 2.3$ makes class 1 ten times as likely compared to class 0.

# %% exercise="logit"

# %% [markdown] exercise="choose_logit_meaning"
# **An exam question.** A change of the weights adds $\log 2$ to the linear part $\bar{y}$
# of one example. What happens to its $p = p(C_1 \mid \boldsymbol{x})$, whatever it was before?
#
# - [ ] The probability $p$ doubles.
#   > Then p = 0.6 would become 1.2. What doubles is the ratio of p to 1 − p; p itself follows along the
#   > sigmoid and stays below 1.
# - [x] The odds $p : (1 - p)$ double.
#   > The linear part is the logarithm of the odds, and adding log 2 to a logarithm multiplies what is
#   > inside by 2.
# - [ ] The probability $p$ grows by $\log 2$.
#   > That confuses the two scales: the linear part grows by log 2 ≈ 0.69, but p = 0.5 plus 0.69 would be
#   > no probability any more. Put both through the sigmoid, before and after.
# - [ ] The probability $p$ becomes $\frac{2}{3}$.
#   > This is so only if p was ½ before, where odds of 1 : 1 become 2 : 1. Try p = 0.9: its odds of 9 : 1
#   > become 18 : 1.

# %% [markdown]
# ## 4 Why the slope is $\sigma(1-\sigma)$
#
# Now prove the formula of exercise 2, line by line. Two rules do the work:
#
# $$\frac{\partial}{\partial z}\frac{1}{g(z)} = -\frac{\frac{\partial}{\partial z} g(z)}{g(z)^2},
# \qquad \frac{\partial}{\partial z} e^{g(z)} = e^{g(z)} \cdot \frac{\partial}{\partial z} g(z).$$
#
# You write each line as a SymPy formula, in the symbols of the next cell, and return the list of all
# lines. `Derivative(f, z)` means $\frac{\partial f}{\partial z}$ and stays as it is until you write
# something else. Each line has to equal the line before it and has to look different. (SymPy tidies up a
# little on its own, for example the order of a sum; lines that then read the same count as one.)

# %% given="symbols"
from sympy import Derivative, exp, log, symbols

z, t = symbols("z t", real=True)
sigma = 1 / (1 + exp(-z))

# %% [markdown]
# From here on `exp` and `log` are SymPy's and make formulas; for arrays go on using `np.exp` and
# `np.log`. Please keep the names `z`, `t` and `sigma` for these symbols, also in cells of your own.
#
# A small example of the form, the slope of $e^{2z}$ in three lines:
#
# ```python
# def derive_example():
#     return [
#         Derivative(exp(2 * z), z),
#         exp(2 * z) * Derivative(2 * z, z),
#         2 * exp(2 * z),
#     ]
# ```
#
# **Your task:** get from $\frac{\partial}{\partial z}\sigma$ to $\sigma(1 - \sigma)$. The docstring shows
# the first and the last line in code, and the least number of lines.

# %% exercise="derive_sigmoid_derivative"

# %% [markdown]
# ## 5 The loss
#
# How well do weights $\boldsymbol{w}$ explain the data? *Maximum likelihood* asks for the weights
# that make the observed targets most probable. With a minus, a logarithm and a mean, this becomes a
# loss to be made small, the mean **negative log-likelihood**:
#
# $$E(\boldsymbol{w}) = \frac{1}{N}\sum_{n=1}^{N} -\log p(C_{t_n} \mid \boldsymbol{x}_n; \boldsymbol{w}).$$
#
# The class $C_{t_n}$ is the one that example $n$ really has. Since $t_n$ is 0 or 1, one formula (the
# Bernoulli distribution) covers both cases:
#
# $$-\log p(C_t \mid \boldsymbol{x}; \boldsymbol{w})
# = -t\,\log\sigma(\bar{y}) - (1 - t)\,\log\bigl(1 - \sigma(\bar{y})\bigr).$$
#
# *Think ahead:* an example of class 1 with $\bar{y} = -1000$ should cost 1000, but `np.log(0.0)` is
# minus infinity. Put the formula of $\sigma$ into $-\log\sigma(\bar{y})$ and simplify on paper before
# you write code. NumPy has a function for what is left: look up `np.logaddexp`.

# %% exercise="nll"

# %% [markdown]
# ## 6 Why the gradient is so simple
#
# For descent we need the slope of the loss. Take one example; its loss depends on the weights through
# the single number $z = \bar{y} = \boldsymbol{x}^T\boldsymbol{w}$. By the chain rule
#
# $$\nabla_{\boldsymbol{w}}\bigl(-\log p(C_t \mid \boldsymbol{x}; \boldsymbol{w})\bigr)
# = \frac{\partial \bigl(-\log p(C_t \mid z)\bigr)}{\partial z} \cdot \nabla_{\boldsymbol{w}}\, z
# = \frac{\partial \bigl(-\log p(C_t \mid z)\bigr)}{\partial z} \cdot \boldsymbol{x}.$$
#
# Derive the factor in front of $\boldsymbol{x}$. Besides the rules of exercise 4 you need
#
# $$\frac{\partial}{\partial z}\log g(z) = \frac{1}{g(z)} \cdot \frac{\partial}{\partial z} g(z)
# \qquad\text{and}\qquad \sigma'(z) = \sigma(z)\,\bigl(1-\sigma(z)\bigr).$$
#
# Treat $t$ as a symbol: the algebra is the same for 0 and for 1.
#
# **Your task:** get from the derivative of $-t\log\sigma - (1-t)\log(1-\sigma)$ to $\sigma - t$.

# %% exercise="derive_nll_gradient"

# %% [markdown]
# ## 7 The gradient
#
# Your derivation says: an example pulls on the weights by *prediction minus target*, in the
# direction of its features. Over the whole batch,
#
# $$\nabla_{\boldsymbol{w}} E(\boldsymbol{w})
# = \frac{1}{N}\sum_{n=1}^{N} \bigl(\sigma(\boldsymbol{x}_n^T\boldsymbol{w}) - t_n\bigr)\,\boldsymbol{x}_n.$$
#
# The result has the shape of $\boldsymbol{w}$. The sum over the examples needs no loop: it is a
# product of a matrix and a vector. Which shapes do they have to have?

# %% exercise="gradient"

# %% [markdown]
# ## 8 One epoch of stochastic gradient descent
#
# The gradient of all the data is a costly way to take a single step. *Stochastic* gradient descent
# steps after each **minibatch** $\mathbb{B}$, a few examples picked at random, with the *learning
# rate* $\alpha$:
#
# $$\boldsymbol{w} \leftarrow \boldsymbol{w} - \alpha \cdot \frac{1}{|\mathbb{B}|}\sum_{n \in \mathbb{B}}
# \nabla_{\boldsymbol{w}}\bigl(-\log p(C_{t_n} \mid \boldsymbol{x}_n; \boldsymbol{w})\bigr).$$
#
# An **epoch** uses each example once:
#
# 1. draw an order of the examples, by one call of `rng.permutation`;
# 2. go through that order in consecutive slices of `batch_size` examples (the last slice may be
#    shorter, its mean is over its own examples);
# 3. after each slice, take the step above.
#
# Return the new weights and leave the arrays that came in as they were.

# %% exercise="sgd_epoch"

# %% [markdown]
# Training is nothing but epochs, one after the other. This function is given; it calls yours.

# %% given="train" reference="train"

# %% [markdown]
# ## 9 The decision
#
# To predict a class, take the more probable one: class 1 if
# $p(C_1 \mid \boldsymbol{x}; \boldsymbol{w}) \ge \frac{1}{2}$, else class 0. What does that mean for
# the logit $\boldsymbol{x}^T\boldsymbol{w}$?

# %% exercise="predict"

# %% [markdown] exercise="choose_boundary"
# **An exam question.** The examples have two features and the column of ones, so that
# $\boldsymbol{w}$ has three entries. You multiply all three by 10. What happens to the boundary, where
# $p(C_1 \mid \boldsymbol{x}; \boldsymbol{w}) = \frac{1}{2}$, and to the probabilities elsewhere?
#
# - [ ] The boundary moves away from the origin, and the probabilities elsewhere change with it.
#   > The boundary is where xᵀw = 0. Multiply both sides by 10: the same points solve it. It would move if
#   > the bias alone, the last weight, were changed.
# - [ ] The boundary stays where it is, and the probabilities elsewhere stay what they are.
#   > Only the sign of xᵀw stays, and with it the predicted class. The probability is σ(xᵀw), and
#   > ten times the logit is another number.
# - [ ] The boundary turns and gets steeper, and the probabilities elsewhere change with it.
#   > The direction of the boundary depends on the ratio of the first two weights, and a common factor
#   > leaves a ratio as it is. What gets steeper is the sigmoid across the boundary.
# - [x] The boundary stays where it is, and the probabilities elsewhere move towards 0 and 1.
#   > The boundary is where xᵀw = 0, which a factor does not change; everywhere else the logit is ten times
#   > as far from 0, so that the model is surer. The length of w says how sure, its direction says of what.

# %% [markdown]
# ## Look at what you built
#
# Two clouds of points in the plane, one per class; they overlap a little. They are drawn from your `seed`.
# The first 100 points are for training, the other 100 are kept aside for testing. Your model starts with all weights zero and runs
# 20 epochs of your `sgd_epoch`; after each, your `nll` is measured on both halves.

# %% show="learning"
if ready("nll", "gradient", "sgd_epoch"):
    X_all, t_all = data.two_classes(seed, N=200)
    X_train, t_train, X_test, t_test = X_all[:100], t_all[:100], X_all[100:], t_all[100:]
    losses = {"training": [], "test": []}

    def measure(epoch, w):
        losses["training"].append(nll(w, X_train, t_train))
        losses["test"].append(nll(w, X_test, t_test))

    settings = {"epochs": 20, "batch_size": 10, "learning_rate": 0.1}
    rng = np.random.default_rng(seed)
    w_trained = train(np.zeros(3), X_train, t_train, **settings, rng=rng, on_epoch=measure)
    display(figures.learning_curves(losses))

# %% [markdown]
# Where does the model decide for which class, and how sure is it? The strong colours are sure, the pale
# ones are not. The border, where $p(C_1 \mid \boldsymbol{x}; \boldsymbol{w}) = \frac{1}{2}$, is a
# straight line: which equation does it have?

# %% show="regions"
if ready("sigmoid", "nll", "gradient", "sgd_epoch", "predict"):
    display(figures.decision_regions(lambda X: sigmoid(X @ w_trained), X_test, t_test))
    accuracy = np.mean(predict(w_trained, X_test) == t_test)
    print(f"Right on {accuracy:.0%} of the test points. Weights: {w_trained.round(2)}")

# %% [markdown]
# ## On real data
#
# Handwritten digits, 8 × 8 pixels each: is it a 3 or an 8? The features are the 64 pixels, from 0 (white) to
# 1 (black), and the one; class 1 is the 8. Your model learns from 200 images, which your `seed` picks, and is
# tested on the other 157. Each pixel has a weight of its own: where it is positive, a dark pixel speaks for an
# 8. Where does an 8 have ink and a 3 none?

# %% show="digits"
if ready("nll", "gradient", "sgd_epoch"):
    X_train, t_train, X_test, t_test = data.threes_and_eights(seed)
    settings = {"epochs": 20, "batch_size": 10, "learning_rate": 0.1}
    rng = np.random.default_rng(seed)
    w_digits = train(np.zeros(65), X_train, t_train, **settings, rng=rng)
    display(figures.pixel_weights(w_digits[:64], ("3", "8")))

# %% [markdown]
# Eight test images with the probabilities that your `sigmoid` gives them: first the four of which the model
# is surest, then the four that lie nearest to its border.

# %% show="doubts"
if ready("sigmoid", "nll", "gradient", "sgd_epoch", "predict"):
    p = sigmoid(X_test @ w_digits)
    order = np.argsort(-np.abs(p - 1 / 2))
    some = np.concatenate([order[:4], order[-4:]])
    images, both = data.images(X_test[some]), np.column_stack([1 - p[some], p[some]])
    display(figures.digits_with_probabilities(images, both, t_test[some], names=("3", "8")))
    print(f"Right on {np.mean(predict(w_digits, X_test) == t_test):.1%} of the test digits.")

# %% [markdown]
# ## Beside the published results
#
# The lab of the course trains this model on 100 other points and publishes what it prints after each epoch.
# Your functions print the same, if they draw the same random numbers: one generator with seed 42 gives first
# the weights to start from, then the order of each epoch. This earns no points; it shows that what you wrote
# is the real thing.

# %% show="published"
from glm2mlp import published

if ready("nll", "gradient", "sgd_epoch", "predict"):
    lab = data.lab_points()
    lines = []

    def measured(w, X, t):
        return f"loss {nll(w, X, t):.4f} acc {np.mean(predict(w, X) == t):.1%}"

    def tell(epoch, w):
        on_train = measured(w, lab.X_train, lab.t_train)
        on_test = measured(w, lab.X_test, lab.t_test)
        lines.append(f"After epoch {epoch}: train {on_train}, test {on_test}")

    rng = np.random.RandomState(42)
    w_lab = rng.uniform(-0.1, 0.1, size=3)
    settings = {"epochs": 9, "batch_size": 10, "learning_rate": 0.5}
    w_lab = train(w_lab, lab.X_train, lab.t_train, **settings, rng=rng, on_epoch=tell)
    lines.append("Learned weights " + " ".join(f"{weight:.2f}" for weight in w_lab))
    published.compare("logistic_regression", lines)
