# ruff: noqa
# One number at a time: loops and comprehensions.

# %% choose_cause_1
def choose_cause_1():
    return "c"


# %% repair_1
def repair_1(X):
    features = []
    for x in X:
        features.append([16 * pixel for pixel in x])
    return np.array(features), 1


# %% choose_cause_2
def choose_cause_2():
    return "a"


# %% repair_2
def repair_2(X):
    features = np.zeros((len(X), 2))
    for i in range(len(X)):
        features[i, 0] = X[i, 0]
        features[i, 1] = X[i, 0] * X[i, 0]
    return features, 1


# %% choose_cause_3
def choose_cause_3():
    return "b"


# %% repair_3
def repair_3(X):
    return np.array([[pixel / 16 for pixel in x] for x in X]), 1


# %% choose_preprocessing
def choose_preprocessing():
    return "a"


# %% choose_overfitting
def choose_overfitting():
    return "d"
