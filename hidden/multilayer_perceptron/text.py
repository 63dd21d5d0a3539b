# %% [markdown]
# Softmax regression can only draw straight borders between classes. A multilayer perceptron puts one thing
# before it: a hidden layer, whose units are features that are learned and not given. Here you write all of
# it, from the activations to training, and at the end your network reads handwritten digits.

# %% [markdown]
# ## The data, and what you bring along
#
# The *examples* are the rows $\boldsymbol{x}_n^T$ of the matrix $\boldsymbol{X}$, in code `X` of shape
# `(N, D)`. This time `X` has **no column of ones**: the network has biases of its own. The *targets* are
# classes from $0$ to $K-1$, in code `t` of shape `(N,)`; a batch may lack some of them.
#
# You wrote softmax and its logarithm in the last notebook. Here they are given: `softmax(Z)` and
# `log_softmax(Z)` go along the last axis, one example a row, and stay right however large the logits are.
# Your answers may call them. (SciPy's functions behind them, called without `axis`, would treat the whole
# array as one distribution.)
#
# None of your functions may change its arguments: training passes the same `X` and `t` again and again, and
# back-propagation needs the parameters as they were on the way forward.

# %% given="imports"
from typing import NamedTuple

import numpy as np
from scipy import special


# %% given="softmax"
def softmax(Z):
    """As in the last notebook: along the last axis."""
    return special.softmax(Z, axis=-1)


def log_softmax(Z):
    """As in the last notebook: along the last axis."""
    return special.log_softmax(Z, axis=-1)


# %% [markdown]
# ## 1 ReLU
#
# A hidden unit computes a linear function $z$ of its inputs, the *pre-activation*, and then an
# **activation** $f(z)$, which must not be linear. The simplest is the **rectified linear unit**: positive
# numbers stay as they are, negative ones become 0,
#
# $$\operatorname{ReLU}(z) = \max(0, z).$$
#
# Write it for an array of any shape, entry by entry.

# %% exercise="relu"

# %% [markdown]
# ## 2 Its slope
#
# Training needs the slope of the activation. ReLU is flat on the left and rises with slope 1 on the right.
# Exactly at $z = 0$, in the *kink*, it has no slope; there we agree on 0:
#
# $$\operatorname{ReLU}'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0. \end{cases}$$

# %% exercise="relu_derivative"

# %% [markdown]
# Before ReLU, networks used smooth steps: the sigmoid, and the **hyperbolic tangent**, which is the sigmoid
# stretched and moved so that it is symmetric around 0,
#
# $$\tanh(z) = 2\,\sigma(2z) - 1, \qquad \tanh'(z) = 1 - \tanh^2(z).$$
#
# Here are all three, with your two functions for ReLU. Compare the slopes: on its way back through a layer, what
# a unit has to learn is multiplied by them. Which of the three keeps it, and where? Which loses at least three
# quarters of it, wherever $z$ is?

# %% show="activations"
from glm2mlp import data, figures, figures_network
from glm2mlp.trainings import descend

if ready("relu", "relu_derivative"):
    functions = {
        "ReLU": (relu, relu_derivative),
        "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
        "σ": (special.expit, lambda z: special.expit(z) * special.expit(-z)),
    }
    display(figures_network.activations_and_slopes(functions))

# %% [markdown] exercise="choose_activations"
# **An exam question.** In the hidden layer the activation is ours to choose. At the output it is
# not: there it belongs to what the targets are and to the distribution that we assume of them.
#
# A network with one hidden layer and one output should predict by how many degrees tomorrow will be warmer
# than today; a negative number means colder. Which activations fit?
#
# - [ ] Identity in the hidden layer, identity at the output.
#   > The output fits. But a linear function of a linear function is linear: with the identity in its hidden
#   > layer this network is linear regression, however many units it has.
# - [ ] Tanh in the hidden layer, ReLU at the output.
#   > ReLU is never negative, so this network could never say «colder». Where its output is off, it would not
#   > even learn: the slope there is 0.
# - [x] ReLU in the hidden layer, identity at the output.
#   > The target may be any real number, with Normal noise around the prediction: that is the identity. In the
#   > hidden layer any of the three curves above would do; ReLU keeps the slope 1 wherever a unit is on.
# - [ ] ReLU in the hidden layer, σ at the output.
#   > σ gives numbers between 0 and 1, the probability of class 1. Degrees are no probability.
# - [ ] Tanh in the hidden layer, softmax at the output.
#   > Softmax shares a probability of one among its outputs. A single output gets all of it and is always 1,
#   > whatever its logit.

# %% [markdown]
# ## 3 The parameters
#
# With $H$ hidden units and $K$ classes, the network computes
#
# $$\boldsymbol{H} = f\bigl(\boldsymbol{X}\boldsymbol{W}^{(h)} + \boldsymbol{b}^{(h)}\bigr), \qquad
# \boldsymbol{Y} = \operatorname{softmax}\bigl(\boldsymbol{H}\boldsymbol{W}^{(y)} +
# \boldsymbol{b}^{(y)}\bigr), \qquad f = \operatorname{ReLU}.$$
#
# The matrix $\boldsymbol{H}$ is the *hidden layer*: one row for each example, one column for each of the $H$
# units. Two weight matrices and two rows of biases are learned. These four arrays travel together, as a named
# tuple, which the next cell gives you:

# %% given="parameters" reference="Parameters"

# %% [markdown]
# A named tuple is a tuple whose parts have names, so you may use it in either way:
#
# ```python
# W_h, b_h, W_y, b_y = p              # take it apart
# p.W_y                               # or ask for one part
# Parameters(W_h, b_h, W_y, b_y)      # make a new one
# ```
#
# A named tuple cannot be changed: `p.W_y = …` and `p.W_y -= …` raise an error. The arrays in it could be, but
# please leave those that you are given as they are: compute new ones, and make a new tuple of them.
#
# (Could the biases be absorbed into the weights once more? A column of ones in $\boldsymbol{X}$ does it for the
# hidden layer. The output would need a hidden unit that is always 1, beside those that are computed. It is
# simpler to keep the biases.)

# %% [markdown] exercise="choose_parameter_count"
# **An exam question.** A network should tell apart 3 species of iris flowers by 4 measurements of
# each flower. You choose a hidden layer of 5 units; both layers have biases. How many numbers does the
# training have to find?
#
# - [ ] 35
#   > These are the weights of both layers. Each hidden unit and each output has a bias besides.
# - [ ] 37
#   > These are the weights, and one bias for each layer. A bias belongs to a unit, not to a layer.
# - [x] 43
#   > DH + H + HK + K with D = 4, H = 5, K = 3: 20 + 5 + 15 + 3. D comes from the features and K from the
#   > targets; H is the only number that you may choose.
# - [ ] 60
#   > This multiplies the three sizes. The layers follow one another: their weights are added up.

# %% [markdown]
# ## 4 Where to start
#
# Softmax regression may start from zeros. A network must not (you will see why), so its weights are drawn at
# random, and only the biases start at 0. How large may the weights be? A unit adds up $M$ inputs. The more
# there are, the smaller each weight should be, lest the sum become large:
#
# $$w \sim U\!\left[-\tfrac{1}{\sqrt{M}},\ \tfrac{1}{\sqrt{M}}\right], \qquad
# M = \text{number of inputs of the layer}, \qquad b = 0.$$
#
# Draw the matrix $\boldsymbol{W}^{(h)}$ by one call of `rng.uniform`, then $\boldsymbol{W}^{(y)}$ by
# another, and nothing else.
#
# *Think ahead:* what is $M$ for the hidden layer, and what for the output?

# %% exercise="init_parameters"

# %% [markdown]
# How much the range matters shows in a deep network. Here a signal goes through ten hidden layers of 256
# units, whose weights your function has drawn. With the identity, each layer multiplies its standard
# deviation by $\frac{1}{\sqrt 3} \approx 0.58$: that comes from the standard deviation of the uniform
# distribution, $\frac{1}{\sqrt{3M}}$, and from the sum over $M$ inputs. ReLU drops about half of the numbers and
# so halves their mean square once more. With a range $\sqrt 6$ times as wide the signal would arrive.

# %% show="depth"
if ready("relu", "init_parameters"):
    rng = np.random.default_rng(seed)
    kinds = {
        "identity": (lambda z: z, 1),
        "tanh": (np.tanh, 1),
        "ReLU": (relu, 1),
        "ReLU, range √6 times as wide": (relu, np.sqrt(6)),
    }
    spreads = {}
    for name, (activation, wider) in kinds.items():
        layer, spreads[name] = rng.normal(size=(100, 256)), []
        for _ in range(10):
            layer = activation(layer @ (wider * init_parameters(256, 256, 1, rng)[0]))
            spreads[name].append(np.std(layer))
    display(figures_network.depth_curves(spreads))

# %% [markdown]
# ## 5 Forward
#
# Now compute both layers of section 3 for a batch. Return the pair: the hidden layer $\boldsymbol{H}$, as it
# is *after* ReLU, and the probabilities $\boldsymbol{Y}$. Training will need both.
#
# *Think ahead:* write the shape under each part of the two formulas. To which axis is a bias added?

# %% exercise="forward"

# %% [markdown]
# ## 6 The loss
#
# The output is that of softmax regression, so the loss is too, the mean negative log-likelihood of the
# observed classes:
#
# $$E = \frac{1}{N}\sum_{n=1}^{N} -\log p(C_{t_n} \mid \boldsymbol{x}_n), \qquad
# p(C_k \mid \boldsymbol{x}_n) = Y_{n,k}.$$
#
# It is computed from the logits, as before. `forward` does not return them; but it returns the hidden layer, and
# they are one step from there. You wrote this loss for softmax regression, so it is given.

# %% given="nll" reference="nll"

# %% [markdown]
# ## 7 The gradients
#
# How does the loss change with each of the four arrays? Go backwards through the network, one step at a time.
# For one example $\boldsymbol{x}$ with target $t$, let $\boldsymbol{z}$ be the pre-activations of the hidden
# layer, $\boldsymbol{h} = f(\boldsymbol{z})$ and $\boldsymbol{y}$ the output, all of them columns.
#
# *At the output* all is as in softmax regression, with $\boldsymbol{h}$ in the place of $\boldsymbol{x}$. With
# respect to the logits, the gradient is prediction minus target; a bias is a weight whose input is always 1:
#
# $$\boldsymbol{\delta}^{(y)} = \boldsymbol{y} - \boldsymbol{1}_t, \qquad
# \nabla_{\boldsymbol{W}^{(y)}} = \boldsymbol{h}\,\boldsymbol{\delta}^{(y)T}, \qquad
# \nabla_{\boldsymbol{b}^{(y)}} = \boldsymbol{\delta}^{(y)}.$$
#
# *Back to the hidden layer:* unit $j$ takes part in every logit, in the logit $k$ with the weight
# $W^{(y)}_{j,k}$. So what comes back to it is the sum $\sum_k W^{(y)}_{j,k}\,\delta^{(y)}_k$, and the chain
# rule multiplies this by the slope of its activation:
#
# $$\boldsymbol{\delta}^{(h)} = \bigl(\boldsymbol{W}^{(y)}\boldsymbol{\delta}^{(y)}\bigr) \odot
# f'(\boldsymbol{z}), \qquad
# \nabla_{\boldsymbol{W}^{(h)}} = \boldsymbol{x}\,\boldsymbol{\delta}^{(h)T}, \qquad
# \nabla_{\boldsymbol{b}^{(h)}} = \boldsymbol{\delta}^{(h)},$$
#
# where $\odot$ multiplies entry by entry. A unit that is off, $z \le 0$, passes nothing on.
#
# The gradients of the batch are the **means** of these over its examples, for the biases too. You need no
# loop: as in softmax regression, a sum over examples of columns times rows is one matrix product.
#
# *Think ahead:* now $\boldsymbol{\delta}^{(y)}$ is a row for each example, an array of shape `(N, K)`. What
# shape has that of $\boldsymbol{\delta}^{(h)}$, and which product makes it?

# %% exercise="gradients"

# %% [markdown]
# ## 8 Training and the decision
#
# One epoch is still that of logistic regression: one order of the examples, consecutive slices of it, a step after
# each. Only, there are four arrays now:
#
# $$\theta \leftarrow \theta - \alpha\,\nabla_\theta E_{\mathbb{B}} \qquad\text{for } \theta = \boldsymbol{W}^{(h)},
# \boldsymbol{b}^{(h)}, \boldsymbol{W}^{(y)}, \boldsymbol{b}^{(y)}.$$
#
# All four gradients belong to the same point, the parameters before the step. If $\boldsymbol{W}^{(y)}$ had
# moved already when the gradient of $\boldsymbol{W}^{(h)}$ is computed, the step would be that of no network at all.
# `descend` of the package `glm2mlp` takes such steps along your `gradients`. The decision is given, too; it calls your
# `forward`.

# %% given="predict" reference="predict"

# %% [markdown]
# ## What a hidden layer can do
#
# One class lies around the other. Softmax regression is lost here: its regions are convex, and the region of
# the outer class would have to go around. Your network of eight hidden units can do it. The segment joins two
# examples of one region and leaves it on the way, so this region is not convex. The border is made of straight
# pieces; it bends where a hidden unit is switched on or off.

# %% show="regions"
if ready("relu", "init_parameters", "forward", "gradients"):
    X_ring, t_ring = data.ring(seed)
    settings = {"epochs": 60, "batch_size": 10, "learning_rate": 0.1}
    rng = np.random.default_rng(seed)
    ring = descend(gradients, init_parameters(2, 8, 2, rng), X_ring, t_ring, **settings, rng=rng)
    found = figures_network.segments_inside(lambda X: predict(ring, X), X_ring)
    display(
        figures_network.regions_with_segment(
            lambda X: forward(ring, X)[1], X_ring, t_ring, found.ends, "Eight hidden units"
        )
    )
    print(f"{found.share:.0%} of the segments between examples of one region leave it.")

# %% [markdown]
# ## 9 Two ways to waste a hidden layer
#
# Three networks learn the digits, alike in all but their first parameters: all zero; all weights the same
# number; drawn by your `init_parameters`. The columns of $\boldsymbol{W}^{(h)}$ are the hidden units. (Where units
# differ by $10^{-6}$ or less, that is rounding: they are the same unit fifty times.)

# %% show="starts"
if ready("init_parameters", "forward", "gradients"):
    X_train, t_train, X_test, t_test = data.digits(seed)
    X_train, X_test = X_train[:, :64], X_test[:, :64]  # without the ones
    rng = np.random.default_rng(seed)
    drawn = init_parameters(64, 50, 10, rng)
    starts = {
        "all zero": Parameters(*(np.zeros(part.shape) for part in drawn)),
        "equal weights": Parameters(*(np.full(part.shape, 0.1) for part in drawn)),
        "drawn": drawn,
    }
    settings = {"epochs": 10, "batch_size": 10, "learning_rate": 0.1}
    accuracies, ended = {}, {}
    for name, start in starts.items():
        accuracies[name] = []

        def measure(epoch, parameters):
            accuracies[name].append(np.mean(predict(parameters, X_test) == t_test))

        ended[name] = descend(
            gradients, start, X_train, t_train, **settings, rng=rng, on_epoch=measure
        )
    display(figures.learning_curves(accuracies, "test accuracy", "Three ways to start"))
    for name, start in starts.items():
        moved = np.abs(ended[name][0] - start.W_h).max()
        apart = np.ptp(ended[name][0], axis=1).max()
        print(f"{name}: W_h moved by up to {moved:.2g}, its columns differ by up to {apart:.2g}")

# %% [markdown]
# **Explain** two things, in a few sentences and formulas each:
#
# 1. *The identity.* Put $f(z) = z$ into the formulas of section 3. Which model is the network then, and what
#    are the weights and the biases of that model?
# 2. *Zeros.* Let all four parameters be 0 at the start. Follow the first step through sections 5 and 7: what
#    are $\boldsymbol{H}$, $\boldsymbol{Y}$ and the four gradients? Which parameters never move, however long
#    the training goes on, and what is the most that the network can learn?

# %% [markdown] exercise="explain_identity_and_zero_init"
# **The identity.** Without the activation,
#
# $$\bigl(\boldsymbol{X}\boldsymbol{W}^{(h)} + \boldsymbol{b}^{(h)}\bigr)\boldsymbol{W}^{(y)} +
# \boldsymbol{b}^{(y)} = \boldsymbol{X}\,\bigl(\boldsymbol{W}^{(h)}\boldsymbol{W}^{(y)}\bigr) +
# \bigl(\boldsymbol{b}^{(h)}\boldsymbol{W}^{(y)} + \boldsymbol{b}^{(y)}\bigr).$$
#
# The logits are linear in $\boldsymbol{x}$ again, so this is softmax regression, with the weights
# $\boldsymbol{W}^{(h)}\boldsymbol{W}^{(y)}$ and the biases
# $\boldsymbol{b}^{(h)}\boldsymbol{W}^{(y)} + \boldsymbol{b}^{(y)}$, however many hidden units there are.
# Its regions are convex.
#
# **Zeros.** All pre-activations are 0, so $\boldsymbol{H} = \operatorname{ReLU}(0) = 0$, all logits are 0 and
# all probabilities are $\frac1K$. The gradient of $\boldsymbol{W}^{(y)}$ has the factor $\boldsymbol{h} = 0$.
# The gradients of $\boldsymbol{W}^{(h)}$ and $\boldsymbol{b}^{(h)}$ have the factors $\boldsymbol{W}^{(y)} = 0$
# and $\operatorname{ReLU}'(0) = 0$. So these three are 0, and only $\boldsymbol{b}^{(y)}$ moves, by the mean of
# $\boldsymbol{y} - \boldsymbol{1}_t$. After the step $\boldsymbol{H}$ is 0 as before, and so it goes on for
# ever: $\boldsymbol{W}^{(h)}$, $\boldsymbol{b}^{(h)}$ and $\boldsymbol{W}^{(y)}$ never move. The output does not
# depend on $\boldsymbol{x}$; at best $\boldsymbol{b}^{(y)}$ learns how frequent the classes are, and every
# example is predicted as the most frequent one.

# %% [markdown]
# ## Look at what you built
#
# Your network learns 1000 images of handwritten digits, which your seed picks, and is tested on the other 797.

# %% show="learning"
if ready("init_parameters", "forward", "gradients"):
    losses = {"training": [], "test": []}

    def measure(epoch, parameters):
        losses["training"].append(nll(parameters, X_train, t_train))
        losses["test"].append(nll(parameters, X_test, t_test))

    rng = np.random.default_rng(seed)
    settings = {"epochs": 30, "batch_size": 10, "learning_rate": 0.1}
    start = init_parameters(64, 50, 10, rng)
    digits = descend(gradients, start, X_train, t_train, **settings, rng=rng, on_epoch=measure)
    display(figures.learning_curves(losses))
    print(f"Right on {np.mean(predict(digits, X_test) == t_test):.1%} of the test digits.")

# %% [markdown]
# What have the hidden units become? Each has 64 weights, one a pixel: a unit is on where the image is dark in
# the right places (orange is negative, violet positive). Nobody has told it what to look for.

# %% show="features"
if ready("init_parameters", "forward", "gradients"):
    display(figures_network.weights_as_images(digits[0]))

# %% [markdown]
# ## Beside the published results
#
# The lab of the course trains such a network on the same digits, and publishes what it prints. Your functions
# print the same if they draw the same random numbers. Two things are otherwise there: the pixels go from 0 to
# 16, and all weights, of both layers, are drawn from $U[-0.1, 0.1]$, not from the ranges of the lecture. So
# the next cell draws them itself. This earns no points; it shows that what you wrote is the real thing.

# %% show="published"
from glm2mlp import published

if ready("forward", "gradients"):
    lab = data.lab_digits(42, ones=False)
    lines = []

    def tell(epoch, parameters):
        on_train = np.mean(predict(parameters, lab.X_train) == lab.t_train)
        on_test = np.mean(predict(parameters, lab.X_test) == lab.t_test)
        lines.append(f"After epoch {epoch}: train acc {on_train:.1%}, test acc {on_test:.1%}")

    rng = np.random.RandomState(42)
    W_h = rng.uniform(-0.1, 0.1, size=(64, 50))
    W_y = rng.uniform(-0.1, 0.1, size=(50, 10))
    start = Parameters(W_h, np.zeros(50), W_y, np.zeros(10))
    settings = {"epochs": 10, "batch_size": 10, "learning_rate": 0.01}
    parts = lab.X_train, lab.t_train
    W_h, b_h, W_y, b_y = descend(gradients, start, *parts, **settings, rng=rng, on_epoch=tell)
    lines.append("Learned parameters:")
    for part in (W_h, W_y, b_h, b_y):
        lines.append(" ".join(f"{number:.2f}" for number in part.ravel()[:12]) + " ...")
    published.compare("multilayer_perceptron", lines)
