# ruff: noqa
# Vectorised, as the notebook suggests.

# %% sigmoid
def sigmoid(z):
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


# %% sigmoid_derivative
def sigmoid_derivative(z):
    s = sigmoid(z)
    return s * (1 - s)


# %% logit
def logit(p):
    return np.log(p) - np.log1p(-p)


# %% derive_sigmoid_derivative
def derive_sigmoid_derivative():
    return [
        Derivative(sigma, z),
        -Derivative(1 + exp(-z), z) / (1 + exp(-z)) ** 2,
        exp(-z) / (1 + exp(-z)) ** 2,
        1 / (1 + exp(-z)) - 1 / (1 + exp(-z)) ** 2,
        sigma * (1 - sigma),
    ]


# %% nll
def nll(w, X, t):
    z = X @ w
    return np.mean(np.logaddexp(0, z) - t * z)


# %% derive_nll_gradient
def derive_nll_gradient():
    return [
        Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
        -t / sigma * Derivative(sigma, z) - (1 - t) / (1 - sigma) * Derivative(1 - sigma, z),
        -t / sigma * sigma * (1 - sigma) + (1 - t) / (1 - sigma) * sigma * (1 - sigma),
        sigma - t * sigma - t + t * sigma,
        sigma - t,
    ]


# %% gradient
def gradient(w, X, t):
    error = sigmoid(X @ w) - t
    return error @ X / len(t)


# %% sgd_epoch
def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(t))
    for batch in np.split(order, range(batch_size, len(t), batch_size)):
        w = w - learning_rate * gradient(w, X[batch], t[batch])
    return w


# %% predict
def predict(w, X):
    return np.where(X @ w >= 0, 1, 0)


# %% choose_logit_meaning
def choose_logit_meaning():
    return "B"


# %% choose_boundary
def choose_boundary():
    return "D"
