# ruff: noqa
# Helper functions and features of one's own, lists for pairs.

# %% choose_cause_1
choose_cause_1 = lambda: "ABCD"[2]


# %% repair_1
def rescaled(X, low, high):
    return low + (high - low) * X


repair_1 = lambda X: [rescaled(X, low=-1, high=1), np.float64(20)]


# %% choose_cause_2
choose_cause_2 = lambda: min("ABCD")


# %% repair_2
def hinges(X):
    return np.hstack([np.maximum(0, X), np.maximum(0, -X)])


def repair_2(X):
    return hinges(X), 2


# %% choose_cause_3
choose_cause_3 = lambda: " B "


# %% repair_3
def repair_3(X):
    return rescaled(X / 16, low=-1, high=1).astype(np.float32), 1


# %% choose_preprocessing
def choose_preprocessing():
    standardize_both, squares_for_both = True, False
    return "A" if standardize_both and not squares_for_both else "C"


# %% choose_overfitting
choose_overfitting = lambda: max("ABCD")
