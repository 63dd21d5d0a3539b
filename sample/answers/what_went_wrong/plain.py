# ruff: noqa
# As the experiments suggest.

# %% choose_cause_1
def choose_cause_1():
    return "C"


# %% repair_1
def repair_1(X):
    return X, 30.0


# %% choose_cause_2
def choose_cause_2():
    return "A"


# %% repair_2
def repair_2(X):
    return np.hstack([X, X**2]), 1.0


# %% choose_cause_3
def choose_cause_3():
    return "B"


# %% repair_3
def repair_3(X):
    return X, 0.1


# %% choose_preprocessing
def choose_preprocessing():
    return "A"


# %% choose_overfitting
def choose_overfitting():
    return "D"
