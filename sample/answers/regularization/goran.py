# ruff: noqa
# More typical mistakes: no half, biases that pay, the epoch of the stop.

# %% regularized_loss
def regularized_loss(parameters, loss, l2):
    return loss + l2 * (np.sum(parameters.W_h**2) + np.sum(parameters.W_y**2))


# %% l2_step
def l2_step(parameters, gradients, *, learning_rate, l2):
    return Parameters(*(p - learning_rate * (g + l2 * p) for p, g in zip(parameters, gradients)))


# %% choose_strength
def choose_strength():
    return "a"


# %% early_stopping
def early_stopping(losses, patience):
    best = waited = epoch = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return epoch + 1


# %% choose_examples
def choose_examples():
    return "c"
