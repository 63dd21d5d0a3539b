# ruff: noqa
# Typical mistakes that many rows of numbers do not show.

# %% softmax
def softmax(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)


# %% one_hot
def one_hot(t, K):
    K = t.max() + 1
    return np.eye(K)[t]


# %% nll
def nll(W, X, t, l2=0.0):
    T = np.eye(W.shape[1])[t]
    return -np.mean(T * log_softmax(X @ W)) + l2 / 2 * np.sum(W * W)


# %% gradient
def gradient(W, X, t, l2=0.0):
    Y = softmax(X @ W)
    Y[np.arange(len(t)), t] -= 1
    return X.T @ Y / len(t) + l2 * W


# %% predict
def predict(W, X):
    return np.argmax(X @ W, axis=0)


# %% explain_convex_regions
# Because softmax is a convex function.


# %% choose_shift
def choose_shift():
    return "B"
