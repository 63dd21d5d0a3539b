# ruff: noqa
# Ran out of time in the middle.

# %% sigmoid
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# %% sigmoid_derivative
def sigmoid_derivative(z):
    return sigmoid(z) * (1 - sigmoid(z))


# %% logit
def logit(p):
    return np.log(p / (1 - p))


# %% derive_sigmoid_derivative
def derive_sigmoid_derivative():
    # TODO: how do I get back to sigma from here?
    return [Derivative(sigma, z), exp(-z) / (1 + exp(-z)) ** 2]


# %% nll
def nll(w, X, t):
    y = sigmoid(X @ w)
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))


# %% sgd_epoch
def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng):
    # right, I think, but gradient comes first
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        w = w - learning_rate * gradient(
            w, X[order[i : i + batch_size]], t[order[i : i + batch_size]]
        )
    return w


# %% choose_logit_meaning
def choose_logit_meaning():
    return "B"
