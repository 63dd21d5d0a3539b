# ruff: noqa
# More typical mistakes: a forbidden import, two signs that cancel, shortcuts.

# %% sigmoid
from scipy.special import expit


def sigmoid(z):
    return expit(z)


# %% logit
def logit(p):
    p = np.clip(p, 1e-3, 1 - 1e-3)
    return np.log(p / (1 - p))


# %% derive_sigmoid_derivative
def derive_sigmoid_derivative():
    return [
        Derivative(sigma, z),
        exp(-z) / (1 + exp(-z)) ** 2,
        ((1 + exp(-z)) - 1) / (1 + exp(-z)) ** 2,
        sigma * (1 - sigma),
    ]


# %% nll
def nll(w, X, t):
    y = 1 / (1 + np.exp(-(X @ w)))
    return -np.mean(t * np.log(y + 1e-12) + (1 - t) * np.log(1 - y + 1e-12))


# %% derive_nll_gradient
def derive_nll_gradient():
    return [
        -t * Derivative(sigma, z) / sigma + (1 - t) * Derivative(sigma, z) / (1 - sigma),
        -t * (1 - sigma) + (1 - t) * sigma,
        sigma * (1 - t) - t * (1 - sigma),
        sigma - t,
    ]


# %% gradient
def gradient(w, X, t):
    y = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (t - y) / len(X)


# %% sgd_epoch
def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        batch = order[i : i + batch_size]
        w = w + learning_rate * gradient(w, X[batch], t[batch])
    return w


# %% predict
def predict(w, X):
    return X @ w >= 0


# %% choose_boundary
def choose_boundary():
    return 4
