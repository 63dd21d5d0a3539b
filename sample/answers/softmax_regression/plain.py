# ruff: noqa
# Vectorised, as the notebook suggests.

# %% softmax
def softmax(Z):
    powers = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


# %% log_softmax
def log_softmax(Z):
    shifted = Z - Z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


# %% one_hot
def one_hot(t, K):
    return (t[:, np.newaxis] == np.arange(K)).astype(float)


# %% nll
def nll(W, X, t, l2=0.0):
    log_p = log_softmax(X @ W)
    return -log_p[np.arange(len(t)), t].mean() + l2 / 2 * np.sum(W**2)


# %% derive_softmax_gradient
def derive_softmax_gradient():
    return [
        Derivative(-log(exp(z_0) / S), z_0),
        Derivative(-z_0 + log(S), z_0),
        -1 + Derivative(S, z_0) / S,
        exp(z_0) / S - 1,
    ]


# %% gradient
def gradient(W, X, t, l2=0.0):
    error = softmax(X @ W) - one_hot(t, W.shape[1])
    return X.T @ error / len(t) + l2 * W


# %% predict
def predict(W, X):
    return (X @ W).argmax(axis=1)


# %% explain_convex_regions
# The logits are linear, so on the segment they are $\lambda$ times those of $A$ plus $(1 - \lambda)$
# times those of $B$. If $k$ wins at both ends, then both parts are larger for $k$ than for any other
# class, and so is their sum.


# %% choose_shift
def choose_shift():
    return "C"


# %% choose_shapes
def choose_shapes():
    return "D"
