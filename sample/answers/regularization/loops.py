# ruff: noqa
# One number at a time: loops and comprehensions.

# %% regularized_loss
def regularized_loss(parameters, loss, l2):
    for W in (parameters[0], parameters[2]):
        for row in W:
            for weight in row:
                loss += l2 / 2 * weight * weight
    return loss


# %% l2_step
def l2_step(parameters, gradients, *, learning_rate, l2):
    new = []
    for i, (part, gradient) in enumerate(zip(parameters, gradients)):
        moved = np.zeros(part.shape)
        for place in np.ndindex(part.shape):
            slope = gradient[place]
            if i in (0, 2):
                slope += l2 * part[place]
            moved[place] = part[place] - learning_rate * slope
        new.append(moved)
    return Parameters(*new)


# %% choose_strength
def choose_strength():
    return "b"


# %% early_stopping
def early_stopping(losses, patience):
    lowest = losses[0]
    kept = 1
    for epoch in range(2, len(losses) + 1):
        if epoch > kept + patience:
            break
        if losses[epoch - 1] < lowest:
            lowest = losses[epoch - 1]
            kept = epoch
    return kept


# %% choose_examples
def choose_examples():
    return "d"
