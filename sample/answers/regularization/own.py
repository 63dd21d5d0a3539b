# ruff: noqa
# Helper functions, a class, own names, norms and a generator.

# %% regularized_loss
def is_weight(part):
    return part.ndim == 2


regularized_loss = lambda network, loss, strength: (
    loss + strength / 2 * sum(np.linalg.norm(part) ** 2 for part in network if is_weight(part))
)


# %% l2_step
def l2_step(network, slopes, *, learning_rate, l2):
    keep = 1 - learning_rate * l2
    return tuple(
        (keep if is_weight(part) else 1) * part - learning_rate * slope
        for part, slope in zip(network, slopes)
    )


# %% choose_strength
def choose_strength():
    return " B "


# %% early_stopping
class Patience:
    """Remembers the lowest loss, its epoch, and how long ago it was."""

    def __init__(self, patience):
        self.left = self.patience = patience
        self.loss, self.epoch, self.now = np.inf, 0, 0

    def goes_on(self, loss):
        self.now += 1
        self.left -= 1
        if loss < self.loss:
            self.loss, self.epoch, self.left = loss, self.now, self.patience
        return self.left > 0


def early_stopping(losses, patience):
    state = Patience(patience)
    all(state.goes_on(loss) for loss in losses)  # ends with the first that says no
    return state.epoch


# %% choose_examples
def choose_examples():
    return " D "
