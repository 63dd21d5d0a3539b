# ruff: noqa
# Saw the wrong cause in the first case, and repaired two cases by what cannot help.

# %% choose_cause_1
def choose_cause_1():
    return "A"


# %% repair_1
def repair_1(X):
    return X / 16, 1  # pixels should be small


# %% repair_2
def repair_2(X):
    return np.tanh(X), 1  # a nonlinear feature
