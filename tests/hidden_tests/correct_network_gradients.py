"""The gradients of the multilayer perceptron as different students write them: every one is right."""

import numpy as np
from network_parts import Parameters, forward, gradients, one_hot, with_attributes
from scipy import special


def _subtracted(P, X, t):
    hidden, D = forward(P, X)
    D[np.arange(len(t)), t] -= 1
    D /= len(t)
    D_h = D.dot(P.W_y.T)
    D_h[hidden <= 0] = 0
    return Parameters(X.T.dot(D_h), D_h.sum(0), hidden.T.dot(D), D.sum(0))


def _example_by_example(P, X, t):
    per_example = []
    for x, k in zip(X, t, strict=True):
        z = x @ P.W_h + P.b_h
        h = np.maximum(z, 0)
        d_y = special.softmax(h @ P.W_y + P.b_y)
        d_y[k] -= 1
        d_h = (P.W_y @ d_y) * (z > 0)
        per_example.append((np.outer(x, d_h), d_h, np.outer(h, d_y), d_y))
    return Parameters(*(sum(parts) / len(X) for parts in zip(*per_example, strict=True)))


def _unit_by_unit(P, X, t):
    hidden, Y = forward(P, X)
    error = Y - one_hot(t, len(P.b_y))
    W_h, b_h = np.zeros_like(P.W_h), np.zeros_like(P.b_h)
    for j in range(len(b_h)):
        back = sum(error[:, k] * P.W_y[j, k] for k in range(len(P.b_y)))
        back = np.where(hidden[:, j] > 0, back, 0)
        W_h[:, j] = (X * back[:, None]).mean(axis=0)
        b_h[j] = back.mean()
    return W_h, b_h, hidden.T @ error / len(t), error.mean(axis=0)


def _einsum(P, X, t):
    Z = np.einsum("nd,dh->nh", X, P.W_h) + P.b_h
    hidden = Z * (Z > 0)
    error = special.softmax(hidden @ P.W_y + P.b_y, axis=-1) - one_hot(t, P.b_y.size)
    back = np.einsum("nk,hk,nh->nh", error, P.W_y, np.heaviside(Z, 0))
    N = X.shape[0]
    return Parameters(
        np.einsum("nd,nh->dh", X, back) / N,
        np.einsum("nh->h", back) / N,
        np.einsum("nh,nk->hk", hidden, error) / N,
        np.einsum("nk->k", error) / N,
    )


def _absorbed(P, X, t):
    ones = np.ones((len(X), 1))
    hidden, Y = forward(P, X)
    error = (Y - one_hot(t, Y.shape[1])) / len(X)
    output = np.hstack([hidden, ones]).T @ error
    inner = np.hstack([X, ones]).T @ (error @ P.W_y.T * np.sign(hidden))
    return Parameters(inner[:-1], inner[-1], output[:-1], output[-1])


def _mean_of_outers(P, X, t):
    hidden, Y = forward(P, X)
    error = Y - np.equal.outer(t, np.arange(Y.shape[1]))
    back = np.where(X @ P.W_h + P.b_h > 0, error @ P.W_y.T, 0.0)
    return [
        np.mean(X[:, :, None] * back[:, None, :], axis=0),
        back.mean(axis=0),
        np.mean(hidden[:, :, None] * error[:, None, :], axis=0),
        error.mean(axis=0),
    ]


def _transposed(P, X, t):
    W_h, b_h, W_y, b_y = (part.T for part in P)
    Z = W_h @ X.T + b_h[:, None]
    hidden = np.maximum(0, Z)
    error = special.softmax(W_y @ hidden + b_y[:, None], axis=0) - one_hot(t, len(b_y)).T
    back = W_y.T @ error * (Z > 0)
    N = len(t)
    return Parameters((back @ X / N).T, back.sum(1) / N, (error @ hidden.T / N).T, error.sum(1) / N)


def _two_parts(P, X, t):
    """The part of the predictions minus the part of the targets."""
    hidden, Y = forward(P, X)

    def part(D):
        D_h = D @ P.W_y.T * (hidden > 0)
        return X.T @ D_h, D_h.sum(0), hidden.T @ D, D.sum(0)

    pairs = zip(part(Y / len(t)), part(one_hot(t, Y.shape[1]) / len(t)), strict=True)
    return Parameters(*(p - q for p, q in pairs))


def _one_step_at_a_time(P, X, t):
    """As frameworks do it: each step passes the gradient of its result back to its inputs."""
    Z = X @ P.W_h
    A = Z + P.b_h
    hidden = np.where(A < 0, 0, A)
    logits = hidden @ P.W_y + P.b_y
    d_logits = np.exp(special.log_softmax(logits, axis=1))
    d_logits[range(len(t)), t] -= 1.0
    d_hidden = d_logits @ P.W_y.T
    d_A = np.zeros_like(A)
    d_A[A > 0] = d_hidden[A > 0]
    ones = np.ones(len(t))
    parts = X.T @ d_A, ones @ d_A, hidden.T @ d_logits, ones @ d_logits
    return tuple(part / len(t) for part in parts)


def _by_classes(P, X, t):
    """The mean of the gradients of each class alone, weighted by how often it occurs."""
    shares = [(np.mean(t == k), gradients(P, X[t == k], t[t == k])) for k in np.unique(t)]
    return Parameters(*(sum(s * g[i] for s, g in shares) for i in range(4)))


GRADIENTS = {
    "formula": gradients,
    "subtracted": _subtracted,
    "example by example": _example_by_example,
    "unit by unit": _unit_by_unit,
    "einsum": _einsum,
    "absorbed biases": _absorbed,
    "mean of outers": _mean_of_outers,
    "transposed": _transposed,
    "two parts": _two_parts,
    "one step at a time": _one_step_at_a_time,
    "by classes": _by_classes,
    "attributes": with_attributes(
        lambda W_h, b_h, W_y, b_y, X, t: gradients((W_h, b_h, W_y, b_y), X, t)
    ),
    "plain tuple": lambda P, X, t: tuple(gradients(P, X, t)),
    "list": lambda P, X, t: list(gradients(P, X, t)),
}
