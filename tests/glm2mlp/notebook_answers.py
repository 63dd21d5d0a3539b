"""Answers of honest students, as notebook cells: right ones in two styles, and a way to run them."""

import inspect
import linecache

import numpy as np

from solutions import derivations, logistic_regression, softmax_regression

REFERENCE = {
    "logistic_regression": [inspect.getsource(logistic_regression)],
    "softmax_regression": [inspect.getsource(softmax_regression)],
}
DERIVATIONS = [inspect.getsource(derivations)]

LOOPS = {
    "logistic_regression": [
        """
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    y = np.empty(z.shape)
    for i in np.ndindex(z.shape):
        y[i] = 1 / (1 + np.exp(-z[i])) if z[i] > 0 else np.exp(z[i]) / (1 + np.exp(z[i]))
    return y
""",
        """
def sigmoid_derivative(z):
    y = sigmoid(z)
    return y - y**2
""",
        """
def logit(p):
    return np.log(p) - np.log1p(-np.asarray(p))
""",
        """
def nll(w, X, t):
    total = 0.0
    for x, c in zip(X, t):
        z = x.dot(w)
        total += np.logaddexp(0, z) - c * z
    return total / len(t)
""",
        """
def gradient(w, X, t):
    g = np.zeros(len(w))
    for x, c in zip(X, t):
        g += (float(sigmoid(x @ w)) - c) * x
    return g / X.shape[0]
""",
        """
def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng):
    w = np.array(w)
    permutation = rng.permutation(np.arange(X.shape[0]))
    X, t = X[permutation], t[permutation]
    while len(X):
        w -= learning_rate * gradient(w, X[:batch_size], t[:batch_size])
        X, t = X[batch_size:], t[batch_size:]
    return w
""",
        """
def predict(w, X):
    return np.array([1 if x @ w >= 0 else 0 for x in X])
""",
    ],
    "softmax_regression": [
        """
def softmax(Z):
    if Z.ndim == 1:
        return softmax(Z[None])[0]
    rows = []
    for z in Z:
        e = np.exp(z - z.max())
        rows.append(e / e.sum())
    return np.stack(rows)
""",
        """
def log_softmax(Z):
    m = Z.max(-1)[..., None]
    return Z - m - np.log(np.exp(Z - m).sum(-1)[..., None])
""",
        """
def one_hot(t, K):
    rows = np.zeros((t.size, K))
    rows[np.arange(t.size), t] += 1
    return rows
""",
        """
def nll(W, X, t, l2=0.0):
    log_p = log_softmax(X @ W)
    return -sum(log_p[i, c] for i, c in enumerate(t)) / len(t) + l2 / 2 * (W**2).sum()
""",
        """
def gradient(W, X, t, l2=0.0):
    delta = softmax(X @ W) - one_hot(t, W.shape[1])
    return np.einsum("nd,nk->dk", X, delta) / len(t) + l2 * W
""",
        """
def sgd_epoch(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    W = W.copy()
    order = rng.permutation(X.shape[0])
    for batch in np.split(order, range(batch_size, len(order), batch_size)):
        W -= learning_rate * gradient(W, X[batch], t[batch], l2=l2)
    return W
""",
        """
def predict(W, X):
    return softmax(X @ W).argmax(-1)
""",
    ],
}


def notebook(*cells):
    """Run cells as a notebook does and return its globals; tracebacks find their lines."""
    names = {"__name__": "__main__", "np": np}
    for number, cell in enumerate(cells):
        source = cell.strip() + "\n"
        file = f"<cell {number}, {hash(source)}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        exec(compile(source, file, "exec"), names)
    return names
