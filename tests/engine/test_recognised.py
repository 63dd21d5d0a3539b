"""Wrong answers as students write them, graded in the sandbox, are recognised in the report."""

import pytest
from engine_kit import LOGISTIC, SOFTMAX, solved

GLM, MSE = "generalized_linear_models", "mse_as_mle"

# Each as a whole notebook: exercise → answer, and the misconception that it shows.
NAIVE = {
    "softmax": (
        "def softmax(Z):\n    return np.exp(Z) / np.sum(np.exp(Z))",
        "one-denominator-not-shifted",
    ),
    "log_softmax": ("def log_softmax(Z):\n    return np.log(softmax(Z))", "log-of-softmax"),
    "one_hot": (
        """
def one_hot(t, K):
    rows = np.zeros((len(t), K))
    for i, k in enumerate(t):
        rows[i][k - 1] = 1
    return rows
""",
        "counted-from-1",
    ),
    "nll": (
        """
def nll(W, X, t, l2=0.0):
    y = softmax(X @ W)
    loss = 0
    for i in range(len(t)):
        loss -= np.log(y[i, t[i]])
    return loss / len(t) + l2 / 2 * np.sum(W ** 2)
""",
        "log-of-softmax",
    ),
    "gradient": (
        """
def gradient(W, X, t, l2=0.0):
    G = np.zeros_like(W)
    for x, k in zip(X, t):
        y = softmax(x @ W)
        y[k] -= 1
        G += np.outer(x, y)
    return G + l2 * W
""",
        "sum-instead-of-mean",
    ),
    "predict": (
        "def predict(W, X):\n    return softmax(X @ W).argmax()",
        "no-axis-of-probabilities",
    ),
}
HASTY = {
    "softmax": (
        """
def softmax(Z):
    Z -= np.max(Z, axis=-1, keepdims=True)
    return np.exp(Z) / np.sum(np.exp(Z), axis=-1, keepdims=True)
""",
        "shift-in-place",
    ),
    "log_softmax": (
        """
def log_softmax(Z):
    m = np.max(Z, axis=1, keepdims=True)
    return Z - m - np.log(np.sum(np.exp(Z - m), axis=1, keepdims=True))
""",
        "matrices-only-by-axis",
    ),
    "one_hot": ("def one_hot(t, K):\n    return np.eye(max(t) + 1)[t]", "K-of-the-batch"),
    "nll": (
        """
def nll(W, X, t, l2=0.0):
    return -np.mean(log_softmax(X @ W)[:, t]) + l2 / 2 * np.sum(W * W)
""",
        "all-pairs",
    ),
    "gradient": (
        """
def gradient(W, X, t, l2=0.0):
    errors = softmax(X @ W)
    errors[range(len(t)), t] -= 1
    return X.T @ errors / len(t)
""",
        "l2-forgotten",
    ),
    "predict": ("def predict(W, X):\n    return np.argmax(X @ W, axis=0)", "axis-0"),
}
LINEAR = {
    "sigmoid_as_softmax": (
        """
def sigmoid_as_softmax(z):
    return softmax(np.stack([z, np.zeros_like(z)], axis=1))[:, 0]
""",
        "axis-1",
    ),
    "glm_gradient": (
        """
def glm_gradient(model, W, X, t):
    y = X @ W
    if model == "logistic":
        y = sigmoid_as_softmax(y)
        delta = (y - t) * y * (1 - y)
    elif model == "softmax":
        delta = softmax(y) - np.eye(W.shape[1])[t]
    else:
        delta = y - t
    return X.T @ delta / len(t)
""",
        "slope-of-the-sigmoid",
    ),
}

BERNOULLI = {
    "sigmoid": (
        """
def sigmoid(z):
    y = np.zeros_like(z)
    positive = z >= 0
    y[positive] = 1 / (1 + np.exp(-z[positive]))
    y[~positive] = np.exp(-z[~positive]) / (1 + np.exp(-z[~positive]))
    return y
""",
        "same-form-on-both-sides",
    ),
    "sigmoid_derivative": (
        "def sigmoid_derivative(z):\n    return sigmoid(z) * (1 - z)",
        "point-in-the-second-factor",
    ),
    "logit": ("def logit(p):\n    return np.log10(p / (1 - p))", "base-10"),
    "nll": (
        """
def nll(w, X, t):
    loss = 0
    for x, label in zip(X, t):
        y = sigmoid(x @ w)
        loss -= label * np.log(y) + (1 - label) * np.log(1 - y)
    return loss
""",
        "log-of-0-times-0 + sum-instead-of-mean",
    ),
    "gradient": (
        """
def gradient(w, X, t):
    y = sigmoid(X @ w)
    return X.T @ ((y - t) * y * (1 - y)) / len(t)
""",
        "slope-of-the-sigmoid-too",
    ),
    "sgd_epoch": (
        """
def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(X))
    for i in range(len(X) // batch_size):
        batch = order[i * batch_size : (i + 1) * batch_size]
        w = w - learning_rate * gradient(w, X[batch], t[batch])
    return w
""",
        "short-batch-dropped",
    ),
    "predict": ("def predict(w, X):\n    return sigmoid(X @ w) > 0.5", "above-one-half + booleans"),
}
NORMAL = {
    "mse": ("def mse(y, t):\n    return sum((y - t) ** 2) / 2", "sum-instead-of-mean + halved"),
    "gaussian_nll": (
        """
def gaussian_nll(y, t, variance):
    p = np.exp(-((t - y) ** 2) / 2 * variance) / np.sqrt(2 * np.pi * variance)
    return -np.mean(np.log(p))
""",
        "brackets-density",
    ),
    "mle_variance": ("def mle_variance(y, t):\n    return np.var(t - y)", "around-their-mean"),
}


@pytest.mark.parametrize(
    ("assignment", "answers"),
    [(SOFTMAX, NAIVE), (SOFTMAX, HASTY), (GLM, LINEAR), (LOGISTIC, BERNOULLI), (MSE, NORMAL)],
    ids=["naive", "hasty", "linear", "bernoulli", "normal"],
)
def test_each_mistake_of_a_notebook_is_recognised(assignment, answers, grade):
    wrong = {exercise: source.strip() for exercise, (source, _) in answers.items()}

    report = grade(solved(assignment, **wrong), assignment=assignment)

    assert {name: report.exercises[name].misconception for name in answers} == {
        name: misconception for name, (_, misconception) in answers.items()
    }
