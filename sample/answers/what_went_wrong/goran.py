# ruff: noqa
# Right ideas that do not come through: no factor, and the caller's array changed.

# %% repair_1
def repair_1(X):
    return 30 * X


# %% choose_cause_2
def choose_cause_2():
    return "C"


# %% repair_2
def repair_2(X):
    X **= 2
    return X, 1


# %% repair_3
def repair_3(X):
    return X / 16, 1


# %% choose_preprocessing
def choose_preprocessing():
    return "C"


# %% choose_overfitting
def choose_overfitting():
    return " d"
