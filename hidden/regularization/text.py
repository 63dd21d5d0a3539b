# %% [markdown]
# A network with many hidden units can memorize its training examples. Meanwhile it gets worse on new
# ones: it overfits. Two remedies cost only a few lines: a price on large weights (L² regularization), and a
# training that ends in time (early stopping). You write both, and at the end you watch what they do to a network
# that knows 221 patients too well.

# %% [markdown]
# ## The network, and what you bring along
#
# The network is that of lecture 5: a hidden layer of ReLUs with the weights $\boldsymbol{W}^{(h)}$ and the
# biases $\boldsymbol{b}^{(h)}$, an output with $\boldsymbol{W}^{(y)}$ and $\boldsymbol{b}^{(y)}$. Its loss on the
# examples, the mean negative log-likelihood, is $E$. Neither the loss nor back-propagation is asked for here:
# your functions get what these have computed. The four arrays travel together, as a named tuple:

# %% given="imports"
from typing import NamedTuple

import numpy as np


# %% given="parameters" reference="Parameters"

# %% [markdown]
# `p.W_y` is one part of `p`; `W_h, b_h, W_y, b_y = p` takes it apart; `Parameters(W_h, b_h, W_y, b_y)` makes a new
# one.
#
# None of your functions may change its arguments: the trainings that you compare start from the same arrays.

# %% [markdown]
# ## 1 A price on weights
#
# Training makes the loss small, and large weights help it to be sure of the training examples. So each weight $w$
# gets a price, $\frac{\lambda}{2} w^2$, with a strength $\lambda \ge 0$ that you choose. Training then minimizes
#
# $$E_\lambda = E + \frac{\lambda}{2}\Bigl(\sum_{d,j} \bigl(w^{(h)}_{d,j}\bigr)^2
# + \sum_{j,k} \bigl(w^{(y)}_{j,k}\bigr)^2\Bigr),$$
#
# where $d$ counts features, $j$ hidden units and $k$ outputs. **Biases are free**, as is usual for networks: a
# bias shifts a unit, but does not make it more sensitive to its inputs. (In softmax regression the biases were a
# row of $\boldsymbol{W}$ and paid like all others. Both are in use; what counts is the formula.)
#
# In code $\lambda$ is `l2` and $E$ is `loss`, a number.
#
# *Think ahead:* what do the weights $3$ and $-3$ cost, each with $\lambda = 0.1$? Does the price depend on how many
# examples there are?

# %% exercise="regularized_loss"

# %% [markdown]
# ## 2 A step down
#
# Differentiate $\frac{\lambda}{2} w^2$, and you know what the price adds to the gradient of a weight. With the
# learning rate $\alpha$ and the gradients $\boldsymbol{G}$ and $\boldsymbol{g}$ of $E$, a step of SGD is
#
# $$\boldsymbol{W} \leftarrow \boldsymbol{W} - \alpha\,(\boldsymbol{G} + \lambda\boldsymbol{W})
# \qquad\text{for both weight matrices,}$$
#
# $$\boldsymbol{b} \leftarrow \boldsymbol{b} - \alpha\,\boldsymbol{g} \qquad\text{for both biases.}$$
#
# *Think ahead:* if a weight has the gradient 0, by which factor does it shrink in each step? This is why the method
# is also called *weight decay*.

# %% exercise="l2_step"

# %% [markdown]
# The next cell trains a network of 50 ReLUs with your step, from the same start with three strengths. It draws the
# length of all weights, the root of the sum of their squares, which comes from your `regularized_loss`. Without a
# price the weights grow as long as training goes on.

# %% show="lengths"
from glm2mlp import data, figures, figures_trainings, trainings

patients = data.patients(seed)


def trained(l2, on_epoch):
    rng = np.random.default_rng(seed)
    return trainings.fit_by(
        lambda p, g: l2_step(p, g, learning_rate=0.2, l2=l2),
        Parameters(*trainings.network(10, 50, rng)),
        patients.X_train,
        patients.t_train,
        epochs=200,
        batch_size=50,
        rng=rng,
        on_epoch=on_epoch,
    )


if ready("regularized_loss", "l2_step"):
    lengths = {}
    for l2 in (0, 0.03, 0.3):
        record = lengths.setdefault(f"λ = {l2}", [])
        trained(l2, lambda p: record.append(np.sqrt(regularized_loss(p, 0, 2))))
    display(
        figures.learning_curves(lengths, "length of all weights", "What a price does to weights")
    )

# %% [markdown] exercise="choose_strength"
# **An exam question.** You have trained with $\lambda = 0.03$, as above. Now you take $\lambda = 0.3$, start
# from the same weights, and train again until the losses hardly change. What do you expect of the loss $E$, without the
# price?
#
# - [ ] It is lower on the training examples, since training now works against larger weights as well.
#   > Training now has two aims, E and a low price, and gives up some of the one for the other. Only without a price does
#   > it ask for the lowest E on the training examples.
# - [x] It is higher on the training examples; on new ones it may be lower or higher.
#   > The stronger the price, the more of E on the training examples is given up for small weights. On new examples this
#   > helps as long as the network overfits; beyond that the weights are too small even for what is a rule.
# - [ ] It is higher on the training examples, and lower on new ones.
#   > Then the strongest price would be best. But with a huge λ all weights are nearly 0, and the network predicts the same
#   > for everybody.
# - [ ] It stays the same on the training examples, since the price does not depend on them.
#   > The price does not depend on the examples, but the step does on the price: all weights are pulled towards 0, away
#   > from where E is lowest.

# %% [markdown]
# ## 3 Stopping in time
#
# A training that overfits gives itself away on examples that it is not trained with, the *validation examples*:
# their loss falls, turns round and climbs. So keep the parameters of the epoch in which it was lowest. And why train
# on, if it does not get any lower? The algorithm of the lecture goes on «until patience runs out»: *patience* is how
# many epochs in a row may pass without a loss below the lowest one so far. An example with patience 2:
#
# | epoch | 1 | 2 | 3 | 4 | 5 | 6 | 7 |
# |:--|--:|--:|--:|--:|--:|--:|--:|
# | validation loss | 0.9 | 0.7 | 0.8 | 0.6 | 0.65 | 0.6 | 0.5 |
# | lowest so far | 0.9 | 0.7 | 0.7 | 0.6 | 0.6 | 0.6 | |
# | waited | 0 | 0 | 1 | 0 | 1 | 2 | |
#
# After epoch 6 patience has run out: its loss equals the lowest one, but is not below it. Training ends there. The
# parameters of epoch 4 are kept, and epoch 7, although lower, would never have been trained.
#
# Your function gets an array of losses, which may be longer than training would have been. What happens with equal
# losses, and what if patience never runs out? The docstring decides.

# %% exercise="early_stopping"

# %% [markdown] exercise="choose_examples"
# ## 4 Which examples for what?
#
# **An exam question.** Besides the training examples you have two sets, one for validation and one for
# testing. You train with ten strengths $\lambda$, and keep of each training the epoch that `early_stopping` names.
# Then you choose one of the ten networks, and want to say how good it will be on new examples. Which losses do you
# look at?
#
# - [ ] Stop and choose by the loss on the training examples; report that on the validation examples.
#   > The training loss hardly ever rises, so nothing is stopped; and the smaller λ is, the lower it gets in the end.
#   > This is how one chooses the network that overfits most.
# - [ ] Stop and choose by the loss on the test examples, and report this loss.
#   > Whoever chooses by the test has used it up: its loss is then the lowest of very many, and too good to be true.
# - [ ] Stop and choose by the loss on the validation examples, and report this loss.
#   > Stopping and choosing are right. But the loss that you report is the lowest of very many, and some of that is
#   > luck: on new examples it will be higher.
# - [x] Stop and choose by the loss on the validation examples; report that on the test examples.
#   > The validation examples have been used for all decisions, the test examples for none. So these tell what is to
#   > be expected of new ones.

# %% [markdown]
# ## Look at what you built
#
# Of 442 patients, half are for training, a quarter for validation, and a quarter for the test. From ten measurements
# the network says whether their diabetes will progress far within a year. It has 50 ReLUs, one output and much time, 200
# epochs: on the left without a price, on the right with $\lambda = 0.03$. The upright line is the epoch that your
# `early_stopping` keeps, with patience 20; on the grey ground patience has run out.
#
# On the left, where does the validation loss turn round? And on the right, how much is left to do for early stopping?

# %% show="learning"
if ready("regularized_loss", "l2_step", "early_stopping"):
    seen = patients.X_train, patients.t_train, patients.X_validation, patients.t_validation
    patience, histories, kept, results = 20, {}, {}, []
    for l2 in (0, 0.03):
        title = f"λ = {l2}"
        history, record = trainings.recorder(data.Split(*seen))
        prices, visited = [], []

        def measure(p):
            record(trainings.layers_of(p))
            prices.append(regularized_loss(p, history["training loss"][-1], l2))
            visited.append(p)

        trained(l2, measure)
        histories[title] = {
            "validation": history["validation loss"],
            "training": history["training loss"],
            "training, with the price": prices,
        }
        kept[title] = early_stopping(np.array(history["validation loss"]), patience)
        for epoch in (kept[title], 200):
            results.append((title, epoch, trainings.layers_of(visited[epoch - 1])))
    display(figures_trainings.stopped_curves(histories, kept, patience))

# %% [markdown]
# What does it mean for patients whom neither training nor you have looked at? The table compares, on the test
# examples, the network of the epoch that you keep with that of the last epoch.

# %% show="test"
if ready("regularized_loss", "l2_step", "early_stopping"):
    display(figures_trainings.tested(results, patients.X_test, patients.t_test))
