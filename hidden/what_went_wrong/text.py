# %% [markdown]
# Your code is right, the losses fall, and yet the model is useless. Here are three trainings on real data that
# went wrong, each for a reason of its own, and at first sight all three look alike. You find out by cheap
# experiments what is the matter with each, and repair it. At the end come two questions of the exam's kind, with
# the experiments that answer them.

# %% [markdown]
# ## Three cases
#
# Each case tells two classes apart, by a model with a single logit and the sigmoid; `t` is 1 for the class in
# question, else 0. The course's package trains them, by minibatch SGD for 30 epochs.
#
# | case | question | features | model |
# |:--|:--|:--|:--|
# | 1 | Is the handwritten digit a 0, a 1 or an 8? (These look the same upside down.) | 64 pixels, from 0 to 1 | MLP with 20 ReLUs |
# | 2 | Is the flower an *Iris versicolor*? | the width of its petals, standardized | logistic regression |
# | 3 | The same question as in case 1. | 64 pixels as stored, from 0 to 16 | MLP with 20 ReLUs |
#
# Besides the training examples there are others, the **validation** examples, which we use to judge and to
# compare models. Your `seed` draws which are which, and the first weights.

# %% given="imports"
import numpy as np

# %% given="instruments"
from glm2mlp.trainings import experiment, train_case

# %% show="evidence"
from glm2mlp import data, figures_trainings

as_found = [experiment(case, seed=seed) for case in (1, 2, 3)]
display(figures_trainings.training_curves(as_found))
display(figures_trainings.confusion_matrices(as_found))

# %% [markdown]
# The losses fall, and then they flatten or hardly get on; validation accuracy rises and stays. About 70 %,
# that looks like something learned. But the confusion matrices show what it is: all examples, or nearly all, are predicted as the more
# frequent class. A model that never looks at its input does as well. (For a few seeds case 3 is flat from the
# start: its random weights happen to be as good as what it learns.)
#
# *Think ahead:* such a model knows a single number, the share $\pi$ of class 1, and predicts
# $p(C_1 \mid \boldsymbol{x}) = \pi$ for every $\boldsymbol{x}$. What is its loss, for $\pi = 0.3$ and for
# $\pi = \frac13$? Compare with the level at which the curves flatten.

# %% [markdown]
# ## Your instruments
#
# `experiment(case, change, seed)` trains a case again and tells what it measured. The change is a function
# that takes examples `X` and returns two things: the features that the model gets in the place of `X`, and
# the factor by which the learning rate is multiplied. (The rates themselves are of no importance: whether one
# is too high or too low depends on model and data.) Try these, each in a cell of its own:
#
# ```python
# experiment(1, lambda X: (X, 10), seed)              # ten times the learning rate
# experiment(1, lambda X: (X, 1), seed, epochs=300)   # the same rate, for ten times as long
# experiment(1, lambda X: (X**2, 1), seed)            # other features: the pixels squared
# ```
#
# What to look at:
#
# - The **training loss** under other rates, smaller and larger ones, and after more epochs: does it get lower
#   than before? Change one thing at a time, and change rates boldly, by factors of 10.
# - A ReLU is **dead** if it is 0 for every training example. Then its slope is 0 for all of them, no gradient
#   reaches its weights, and it stays dead.
# - The **norm of the gradient** of the training loss at the end, with respect to the weights that the features enter: is
#   there still a slope to go down? Near 0 the training has arrived, wherever that is.
#
# These are the three cases as they were found:

# %% show="measured"
display(figures_trainings.measurements(as_found))

# %% [markdown]
# Now add cells of your own and make experiments, a few with each case, before you go on.
#
# While your notebook is graded, neither experiments nor pictures run. So write the numbers that you found into
# your answers; an answer that needs a variable from one of those cells finds it missing.
#
# None of your functions may change its arguments: each training starts from the same examples.

# %% [markdown] exercise="choose_cause_1"
# ## 1 Case 1
#
# What is the cause in case 1?
#
# - [ ] The features do not suffice: with them this model cannot tell the classes apart.
#   > If that were so, no learning rate would help. Multiply it by 10 and by 100: with the very same pixels
#   > the training loss falls far below the level at which it had flattened.
# - [ ] The learning rate is too high: the first steps have destroyed the hidden layer.
#   > A destroyed hidden layer has dead ReLUs, and here hardly one is dead. Try a smaller rate as well: the
#   > loss falls even less.
# - [x] The learning rate is too low: so many steps of this size do not lead far enough.
#   > The ReLUs are alive, the gradient is not near 0, and the loss still creeps down. With ten times the
#   > rate, or ten times the epochs, it arrives. So far only the share of the classes has been learned, since
#   > in that direction every minibatch pushes alike.
# - [ ] The network overfits: it has memorized the training examples.
#   > A network that has memorized the training examples has a training loss near 0, far below the
#   > validation loss. Here both are high, and nearly equal.

# %% [markdown]
# **Repair it.** Write what case 1 should be trained with: a change as above, now as a function with a name.
# Model, number of epochs and size of the minibatches stay as they are. The check below trains once with your
# repair and asks for an accuracy of 90 %. Grading also trains with it (by `train_case`, as `experiment` does),
# several times with other examples and other first weights, and asks for a little less.

# %% exercise="repair_1"

# %% [markdown]
# ## 2 Case 2
#
# There is a single feature, so we can draw everything: the flowers, and the probability of versicolor that
# the trained model gives to every width.

# %% show="petals"
from glm2mlp.trainings import probabilities

petals = data.petal_widths(seed)
widths = np.linspace(-1.6, 1.9, 200)[:, np.newaxis]


def versicolor(run, features):
    return widths[:, 0], probabilities(run.layers, features)


display(
    figures_trainings.probability_over_feature(
        petals.X_train[:, 0],
        petals.t_train,
        {"as found": versicolor(as_found[1], widths)},
        ("another iris", "versicolor"),
        "width of the petals, standardized",
    )
)

# %% [markdown] exercise="choose_cause_2"
# What is the cause in case 2?
#
# - [x] The features do not suffice: with them this model cannot tell the classes apart.
#   > The gradient is near 0, and for logistic regression there is a single minimum: this is the best that
#   > the model can do with the width alone. Versicolor lies in the middle, and the sigmoid of a line can only
#   > rise or fall all the way.
# - [ ] The learning rate is too high: the first steps were too large to recover from.
#   > Then a smaller rate would help. With a tenth of it the training ends at the same loss, and the gradient
#   > says why: there is no slope left to go down.
# - [ ] The learning rate is too low: so many steps of this size do not lead far enough.
#   > Then more epochs would help. With ten times as many the loss is the same to three digits, and the
#   > gradient says why: there is no slope left to go down.
# - [ ] The model overfits: it has memorized the training examples.
#   > A model that has memorized the training examples has a training loss near 0, far below the validation
#   > loss. Here both are high, and nearly equal.

# %% [markdown]
# **Repair it.** The model stays logistic regression, and the learning rate does no harm. What else can you
# change, so that a linear function is large in the middle and small on both sides?

# %% exercise="repair_2"

# %% [markdown]
# The same picture with your repair. The curve is still the sigmoid of a linear function; of what is it linear?

# %% show="petals_repaired"
if ready("repair_2"):
    run = experiment(2, repair_2, seed)
    display(
        figures_trainings.probability_over_feature(
            petals.X_train[:, 0],
            petals.t_train,
            {
                "as found": versicolor(as_found[1], widths),
                "repaired": versicolor(run, repair_2(widths)[0]),
            },
            ("another iris", "versicolor"),
            "width of the petals, standardized",
        )
    )

# %% [markdown] exercise="choose_cause_3"
# ## 3 Case 3
#
# What is the cause in case 3?
#
# - [ ] The features do not suffice: with them this model cannot tell the classes apart.
#   > If that were so, no learning rate would help. Multiply it by 0.1: with the very same pixels nearly all
#   > validation examples are right.
# - [x] The learning rate is too high: the first steps have destroyed the hidden layer.
#   > All ReLUs are dead: the hidden layer is 0 whatever the image, and so is the gradient of its weights. Only
#   > the output bias still learns, and all it can learn is the share of the classes. With smaller steps the
#   > units stay alive. For pixels from 0 to 1 this rate would have been fine: gradients grow with the
#   > features, and so do the steps.
# - [ ] The learning rate is too low: so many steps of this size do not lead far enough.
#   > Then more epochs or a higher rate would help, and neither does. The gradient is exactly 0: the training
#   > has arrived, in a place that it cannot leave.
# - [ ] The network overfits: it has memorized the training examples.
#   > A network that has memorized the training examples has a training loss near 0, far below the
#   > validation loss. Here both are high, and nearly equal.

# %% [markdown]
# **Repair it.** There is more than one good way: the steps may become smaller, or what makes them so large.

# %% exercise="repair_3"

# %% [markdown]
# ## After the repair
#
# The same pictures again, of the same examples and the same first weights, with your repairs. What do the
# curves look like that you would like to see in a training of your own?

# %% show="repaired"
if ready("repair_1", "repair_2", "repair_3"):
    repaired = [
        experiment(case, repair, seed)
        for case, repair in ((1, repair_1), (2, repair_2), (3, repair_3))
    ]
    display(figures_trainings.training_curves(repaired))
    display(figures_trainings.confusion_matrices(repaired))
    display(figures_trainings.measurements(repaired))

# %% [markdown]
# ## 4 Preprocessing features
#
# Two experiments, each with logistic regression and with an MLP of 20 ReLUs; the numbers are accuracies on
# test examples.
#
# First, wines: 13 measurements in their own units, some about 0.1 and one about 1000, as measured, or
# **standardized**: shifted and scaled so that each feature has mean 0 and variance 1 among the training
# examples. Second, the irises of case 2: the width alone, or the width and its square, a **polynomial feature**.

# %% show="preprocessing"
from glm2mlp.trainings import accuracy, fit


def shares_right(split, learning_rate):
    settings = {"learning_rate": learning_rate, "epochs": 50, "batch_size": 10}
    for hidden in (0, 20):
        rng = np.random.default_rng(seed)
        layers = fit(split.X_train, split.t_train, hidden=hidden, **settings, rng=rng)
        yield f"{accuracy(layers, split.X_test, split.t_test):.1%}"


def changed(split, change):
    return split._replace(X_train=change(split.X_train), X_test=change(split.X_test))


wines = data.wines(seed)
mean, deviation = wines.X_train.mean(axis=0), wines.X_train.std(axis=0)
standardized = changed(wines, lambda X: (X - mean) / deviation)
with_square = changed(petals, lambda X: np.hstack([X, X**2]))
rows = (
    ("wines, as measured", *shares_right(wines, 0.1)),
    ("wines, standardized", *shares_right(standardized, 0.1)),
    ("irises, width", *shares_right(petals, 0.3)),
    ("irises, width and its square", *shares_right(with_square, 0.3)),
)
heads = ("features", "logistic regression", "MLP")
display(figures_trainings.Table("Accuracy on the test examples", heads, rows))

# %% [markdown] exercise="choose_preprocessing"
# **An exam question.** You have measurements in different units and want to train a model by
# SGD. What should be done to the features?
#
# - [x] Standardize them for both kinds of model; polynomial features can help a linear model, and an MLP can
#   do without them.
#   > Both are trained by gradient steps, which a common scale serves. A linear model bends only where its
#   > features do; the hidden units of an MLP make bends of their own, as it did with the width alone.
# - [ ] Standardize them for a linear model; an MLP learns the right scale by itself, and needs no polynomial
#   features either.
#   > Look at the wines as measured: the MLP suffers even more. It is trained by the same kind of steps, and
#   > large features make large steps, which can kill its ReLUs in the first epoch.
# - [ ] Standardize them for both kinds of model; polynomial features are needed by both as soon as the
#   classes are not linearly separable.
#   > The irises are not separable by the width, and the MLP does about as well without the square: its
#   > hidden units are nonlinear features that it has learned.
# - [ ] Leave the units as they are, since weights can make up for any scale; add polynomial features to get
#   the most out of either model.
#   > Good weights exist at any scale, but SGD has to find them with one learning rate for all features. And
#   > squares of numbers about 1000 make the scales only more different.

# %% [markdown]
# ## 5 Better in training, no better in the test
#
# Tumours, benign or not, told by nine measurements of texture, symmetry and fractal dimension; half of the
# examples are for training. Logistic regression, and an MLP with 50 ReLUs that is trained for long:

# %% show="overfitting"
from glm2mlp.trainings import recorder

tumours = data.tumours(seed)
histories = {}
for name, hidden in (("logistic regression", 0), ("MLP", 50)):
    histories[name], record = recorder(tumours, "test")
    settings = {"hidden": hidden, "learning_rate": 0.2, "epochs": 400, "batch_size": 80}
    rng = np.random.default_rng(seed)
    fit(tumours.X_train, tumours.t_train, **settings, rng=rng, on_epoch=record)
display(figures_trainings.model_curves(histories))
rows = tuple(
    (name, *(f"{history[f'{part} accuracy'][-1]:.1%}" for part in ("training", "test")))
    for name, history in histories.items()
)
display(figures_trainings.Table("Accuracy at the end", ("model", "training", "test"), rows))

# %% [markdown] exercise="choose_overfitting"
# **An exam question.** On the training data logistic regression reaches 85 % accuracy and an MLP
# 95 %; on the test data both reach 84 %. What is going on, and what do you do?
#
# - [ ] The MLP is the better model, as the training data show; the test is only too small to show it, so use
#   the MLP.
#   > Training accuracy says how well a model reproduces what it has seen. For new examples the test speaks,
#   > and it sees no difference.
# - [ ] Both models underfit, since both stop at 84 % in the test; train both for longer, and with a higher
#   learning rate.
#   > Longer training raises the training accuracy, and the MLP's is high already. What it gains there does
#   > not reach the test, as the curves show.
# - [ ] The test data differ from the training data, which costs the MLP 11 points; draw another split until
#   the two agree.
#   > Logistic regression has 85 % and 84 %, so training and test examples are alike. And to choose the split
#   > by its result spoils the test: it no longer says what to expect of new examples.
# - [x] The MLP overfits: what it alone has learned does not hold for new examples; take the simpler model, or
#   regularize it.
#   > Its 95 % come from peculiarities of the training examples. Equal in the test, the simpler model is the
#   > better choice; else hold the MLP back (stop early, fewer units, L² regularization) or get more data,
#   > and compare on validation examples.
