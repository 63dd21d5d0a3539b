# ruff: noqa
# More typical mistakes: wrong axes, transposed results, the caller's array changed.

# %% softmax
def softmax(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


# %% log_softmax
def log_softmax(Z):
    Z -= Z.max(axis=-1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))


# %% one_hot
def one_hot(t, K):
    return np.eye(K)[:, t]


# %% nll
def nll(W, X, t, l2=0.0):
    return -np.mean(log_softmax(X @ W)[:, t]) + l2 / 2 * np.sum(W * W)


# %% derive_softmax_gradient
def derive_softmax_gradient():
    return [
        Derivative(-log(exp(z_0) / S), z_0),
        Derivative(log(S) - z_0, z_0),
        1 / S - 1,
        exp(z_0) / S - 1,
    ]


# %% gradient
def gradient(W, X, t, l2=0.0):
    Y = softmax(X @ W)
    T = np.zeros_like(Y)
    T[np.arange(len(t)), t] = 1
    return (Y - T).T @ X / len(t) + l2 * W.T


# %% predict
def predict(W, X):
    return np.argmax(X @ W, axis=1) * 1.0


# %% explain_convex_regions
# See lecture.


# %% choose_shapes
def choose_shapes():
    return "C"
