# ruff: noqa
# Vectorised, as the notebook suggests.

# %% regularized_loss
def regularized_loss(parameters, loss, l2):
    return loss + l2 / 2 * (np.sum(parameters.W_h**2) + np.sum(parameters.W_y**2))


# %% l2_step
def l2_step(parameters, gradients, *, learning_rate, l2):
    W_h, b_h, W_y, b_y = parameters
    G_h, g_h, G_y, g_y = gradients
    W_h = W_h - learning_rate * (G_h + l2 * W_h)
    W_y = W_y - learning_rate * (G_y + l2 * W_y)
    return Parameters(W_h, b_h - learning_rate * g_h, W_y, b_y - learning_rate * g_y)


# %% choose_strength
def choose_strength():
    return "B"


# %% early_stopping
def early_stopping(losses, patience):
    best = waited = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best + 1


# %% choose_examples
def choose_examples():
    return "D"
