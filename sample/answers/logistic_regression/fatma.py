# ruff: noqa
# Typical mistakes that many rows of numbers do not show.

# %% sigmoid
def sigmoid(z):
    s = np.zeros_like(z)
    s[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    s[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return s


# %% sigmoid_derivative
def sigmoid_derivative(z):
    return z * (1 - z)


# %% derive_sigmoid_derivative
def derive_sigmoid_derivative():
    return [
        Derivative(sigma, z),
        -Derivative(1 + exp(-z), z) / (1 + exp(-z)) ** 2,
        -exp(-z) / (1 + exp(-z)) ** 2,
        sigma * (1 - sigma),
    ]


# %% nll
def nll(w, X, t):
    z = X @ w
    return np.sum(np.logaddexp(0, z) - t * z)


# %% derive_nll_gradient
def derive_nll_gradient():
    return [
        Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
        -t * Derivative(sigma, z) / sigma + (1 - t) * Derivative(sigma, z) / (1 - sigma),
        -t * (1 - sigma) + (1 - t) * sigma,
    ]


# %% gradient
def gradient(w, X, t):
    y = sigmoid(X @ w)
    return X.T @ ((y - t) * y * (1 - y)) / len(X)


# %% predict
def predict(w, X):
    return (X @ w >= 0.5).astype(int)


# %% choose_logit_meaning
def choose_logit_meaning():
    return "A"
