# ruff: noqa
# Typical mistakes, most of which look plausible in the notebook.

# %% regularized_loss
def regularized_loss(parameters, loss, l2):
    return loss + l2 / 2 * sum(np.sum(part**2) for part in parameters)


# %% l2_step
def l2_step(parameters, gradients, *, learning_rate, l2):
    W_h, b_h, W_y, b_y = (p - learning_rate * g for p, g in zip(parameters, gradients))
    return Parameters(W_h - l2 * parameters.W_h, b_h, W_y - l2 * parameters.W_y, b_y)


# %% choose_strength
def choose_strength():
    return "C"


# %% early_stopping
def early_stopping(losses, patience):
    return np.argmin(losses) + 1


# %% choose_examples
def choose_examples():
    return "B"
