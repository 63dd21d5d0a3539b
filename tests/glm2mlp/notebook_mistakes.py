"""Cells with a mistake of students in them, and what the visible tests say to it."""

SGD = "def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng, l2=0.0):"

# Mistake → assignment, exercise, cell, what a failing row says.
MISTAKES = {
    "M2": ("logistic", "sigmoid", "def sigmoid(z): return 1 / (1 + np.exp(z))", "increase with z"),
    "M3": (
        "logistic",
        "sigmoid",
        "import math\ndef sigmoid(z): return 1 / (1 + math.exp(-z))",
        "TypeError",
    ),
    "exp(z) / (1 + exp(z))": (
        "logistic",
        "sigmoid",
        "def sigmoid(z): return np.exp(z) / (1 + np.exp(z))",
        "Which exponential grows",
    ),
    "M5": (
        "logistic",
        "sigmoid_derivative",
        "def sigmoid_derivative(z): return z * (1 - z)",
        "not σ",
    ),
    "M6": (
        "logistic",
        "sigmoid_derivative",
        "def sigmoid_derivative(z): return sigmoid(z)",
        "two fac",
    ),
    "M6b": (
        "logistic",
        "sigmoid_derivative",
        "def sigmoid_derivative(z): return 1 - sigmoid(z)",
        "two factors",
    ),
    "odds inverted": (
        "logistic",
        "logit",
        "def logit(p): return np.log((1 - p) / p)",
        "not 1 − p to p",
    ),
    "log10": ("logistic", "logit", "def logit(p): return np.log10(p / (1 - p))", "natural"),
    "M15": (
        "logistic",
        "nll",
        "def nll(w, X, t): return -np.mean(np.logaddexp(0, X @ w) - t * (X @ w))",
        "minus is missing",
    ),
    "M16": (
        "logistic",
        "nll",
        "def nll(w, X, t): return np.sum(np.logaddexp(0, X @ w) - t * (X @ w))",
        "Average",
    ),
    "M19": (
        "logistic",
        "nll",
        "def nll(w, X, t): return np.mean(-t * np.log(sigmoid(X @ w)))",
        "example of class 0",
    ),
    "log of a probability that rounds to 0": (
        "logistic",
        "nll",
        "def nll(w, X, t):\n    y = sigmoid(X @ w)\n"
        "    return np.mean(-t * np.log(y) - (1 - t) * np.log(1 - y))",
        "its logarithm is lost",
    ),
    "loss as an array": (
        "logistic",
        "nll",
        "def nll(w, X, t): return np.mean(np.logaddexp(0, X @ w) - t * (X @ w), keepdims=True)",
        "shape",
    ),
    "M20": (
        "logistic",
        "gradient",
        "def gradient(w, X, t):\n    y = sigmoid(X @ w)\n"
        "    return X.T @ ((y - t) * y * (1 - y)) / len(t)",
        "σ′ cancels",
    ),
    "M21": (
        "logistic",
        "gradient",
        "def gradient(w, X, t): return X.T @ (t - sigmoid(X @ w)) / len(t)",
        "y − t",
    ),
    "M22": (
        "logistic",
        "gradient",
        "def gradient(w, X, t): return X.T @ (sigmoid(X @ w) - (2 * t - 1)) / len(t)",
        "slope",
    ),
    "no mean": (
        "logistic",
        "gradient",
        "def gradient(w, X, t): return X.T @ (sigmoid(X @ w) - t)",
        "Divide by the number",
    ),
    "a column": (
        "logistic",
        "gradient",
        "def gradient(w, X, t): return (X.T @ (sigmoid(X @ w) - t) / len(t))[:, None]",
        "shape (2, 1)",
    ),
    "X changed": (
        "logistic",
        "gradient",
        "def gradient(w, X, t):\n    n = len(t)\n    t = sigmoid(X @ w) - t\n"
        "    X *= t[:, None] / n\n    return X.sum(axis=0)",
        "In-place",
    ),
    "M53": (
        "logistic",
        "predict",
        "def predict(w, X): return (X @ w >= 0.5).astype(np.int64)",
        "0, not of ½",
    ),
    "tie": ("logistic", "predict", "def predict(w, X): return (X @ w > 0).astype(int)", "Use ≥"),
    "bool": ("logistic", "predict", "def predict(w, X): return X @ w >= 0", "dtype bool"),
    "a list": ("logistic", "predict", "def predict(w, X): return list(X @ w >= 0)", "a list"),
    "M7": (
        "softmax",
        "softmax",
        "def softmax(Z):\n    E = np.exp(Z)\n    return E / E.sum(-1, keepdims=True)",
        "choose c so that",
    ),
    "M8": (
        "softmax",
        "softmax",
        "def softmax(Z):\n    E = np.exp(Z - Z.max())\n    return E / E.sum(axis=0)",
        "over the examples",
    ),
    "M9": (
        "softmax",
        "softmax",
        "def softmax(Z):\n    E = np.exp(Z - Z.max())\n    return E / E.sum()",
        "own sum",
    ),
    "M10": (
        "softmax",
        "softmax",
        "def softmax(Z):\n    E = np.exp(Z - Z.max())\n    return E / E.sum(axis=-1)",
        "broadcast",
    ),
    "M11": (
        "softmax",
        "softmax",
        "def softmax(Z):\n    Z -= Z.max(-1, keepdims=True)\n    E = np.exp(Z)\n"
        "    return E / E.sum(-1, keepdims=True)",
        "In-place",
    ),
    "axis 1 only": (
        "softmax",
        "softmax",
        "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n"
        "    return E / E.sum(axis=1, keepdims=True)",
        "AxisError",
    ),
    "log of softmax": (
        "softmax",
        "log_softmax",
        "def log_softmax(Z): return np.log(softmax(Z))",
        "Not np.log(softmax(Z))",
    ),
    "M12": (
        "softmax",
        "one_hot",
        "def one_hot(t, K): return np.eye(K)[t - 1]",
        "Classes count from 0",
    ),
    "M13": (
        "softmax",
        "one_hot",
        "def one_hot(t, K): return np.eye(t.max() + 1)[t]",
        "shape (2, 2)",
    ),
    "M14": ("softmax", "one_hot", "def one_hot(t, K): return np.eye(K)[t].T", "shape (3, 4)"),
    "one_hot of integers": (
        "softmax",
        "one_hot",
        "def one_hot(t, K): return np.eye(K, dtype=int)[t]",
        "dtype int64",
    ),
    "M15 softmax": (
        "softmax",
        "nll",
        "def nll(W, X, t, l2=0.0):\n    p = log_softmax(X @ W)[np.arange(len(t)), t]\n"
        "    return p.mean() + l2 / 2 * (W**2).sum()",
        "minus is missing",
    ),
    "M16 softmax": (
        "softmax",
        "nll",
        "def nll(W, X, t, l2=0.0):\n    p = log_softmax(X @ W)[np.arange(len(t)), t]\n"
        "    return -p.sum() + l2 / 2 * (W**2).sum()",
        "instead of summing",
    ),
    "M17": (
        "softmax",
        "nll",
        "def nll(W, X, t, l2=0.0):\n"
        "    return -np.mean(one_hot(t, W.shape[1]) * log_softmax(X @ W)) + l2 / 2 * (W**2).sum()",
        "not over the classes",
    ),
    "M18": (
        "softmax",
        "nll",
        "def nll(W, X, t, l2=0.0):\n"
        "    return -np.mean(log_softmax(X @ W)[:, t]) + l2 / 2 * (W**2).sum()",
        "Pair each row",
    ),
    "l2 without half": (
        "softmax",
        "nll",
        "def nll(W, X, t, l2=0.0):\n    p = log_softmax(X @ W)[np.arange(len(t)), t]\n"
        "    return -p.mean() + l2 * (W**2).sum()",
        "It is l2/2",
    ),
    "l2 averaged": (
        "softmax",
        "nll",
        "def nll(W, X, t, l2=0.0):\n    p = log_softmax(X @ W)[np.arange(len(t)), t]\n"
        "    return (-p.sum() + l2 / 2 * (W**2).sum()) / len(t)",
        "added once",
    ),
}
GRADIENTS = {
    "M23": ("X.T @ D + l2 * W", "Divide by the number"),
    "M24": ("X.T @ D / len(t) ** 2 + l2 * W", "averaged twice"),
    "M25": ("X.T @ D / D.size + l2 * W", "Average over the examples only"),
    "M26": ("(X.T @ D / len(t) + l2 * W).T", "shape (3, 2)"),
    "M27": ("-X.T @ D / len(t) + l2 * W", "y − 1_t"),
    "M28": ("X.T @ (D * one_hot(t, W.shape[1])) / len(t) + l2 * W", "every class has its column"),
    "l2 forgotten": ("X.T @ D / len(t)", "Nothing is added"),
    "l2 · W averaged": ("(X.T @ D + l2 * W) / len(t)", "not divided by N"),
    "l2 doubled": ("X.T @ D / len(t) + 2 * l2 * W", "cancels the ½"),
    "classes of the batch": (
        "X.T @ (softmax(X @ W) - one_hot(t, t.max() + 1)) / len(t) + l2 * W",
        "The shapes do not fit",
    ),
}
MISTAKES |= {
    name: (
        "softmax",
        "gradient",
        "def gradient(W, X, t, l2=0.0):\n    D = softmax(X @ W) - one_hot(t, W.shape[1])\n"
        f"    return {formula}",
        hint,
    )
    for name, (formula, hint) in GRADIENTS.items()
}
EPOCHS = {
    "M45": ("w = w + learning_rate * g(w, X[b], t[b])", "Step against the gradient"),
    "M46": ("v = w - learning_rate * g(w, X[b], t[b])", "The step is lost"),
    "M49": ("w = w - learning_rate * g(w, X[b], t[i : i + batch_size])", "Order X and t"),
    "batch divided again": ("w = w - learning_rate * g(w, X[b], t[b]) / len(b)", "a mean already"),
    "full batches only": (
        "w = w - learning_rate * g(w, X[b], t[b]) if len(b) == batch_size else w",
        "The last batch, of one example, is missing",
    ),
    "no learning rate": ("w = w - g(w, X[b], t[b])", "learning rate is missing"),
    "first batch only": (
        "return w - learning_rate * g(w, X[b], t[b])",
        "Only the first batch was used",
    ),
    "steps from the start": (
        "start = w if i == 0 else start; w = w - learning_rate * g(start, X[b], t[b])",
        "that the step before has left",
    ),
    "short batch": (
        "w = w - learning_rate * g(w, X[b], t[b]) * len(b) / batch_size",
        "average over its own size",
    ),
    "in place": ("w -= learning_rate * g(w, X[b], t[b])", "In-place"),
    "not only weights": ("return w - g(w, X[b], t[b]), len(b)", "Return a NumPy array"),
}
ORDERS = {
    "M47": ("np.arange(len(X))", "Take the order from the `rng`"),
    "M48": ("np.random.default_rng(0).permutation(len(X))", "Take the order from the `rng`"),
    "M50": ("(rng.permutation(len(X)), rng.uniform())[0]", "only rng.permutation|something else"),
    "two draws": ("(rng.permutation(len(X)), rng.permutation(len(X)))[0]", "Draw the order once"),
}


def epoch(step="w = w - learning_rate * g(w, X[b], t[b])", order="rng.permutation(len(X))"):
    return (
        f"{SGD}\n    g = lambda w, X, t: gradient(w, X, t, **({{'l2': l2}} if l2 else {{}}))\n"
        f"    order = {order}\n    for i in range(0, len(X), batch_size):\n"
        f"        b = order[i : i + batch_size]\n        {step}\n    return w"
    )


MISTAKES |= {
    name: ("logistic", "sgd_epoch", epoch(step=step), hint) for name, (step, hint) in EPOCHS.items()
}
MISTAKES |= {
    name: ("logistic", "sgd_epoch", epoch(order=order), hint)
    for name, (order, hint) in ORDERS.items()
}
MISTAKES |= {
    "loss as a pair": (
        "softmax",
        "nll",
        "def nll(W, X, t, l2=0.0): return (0.5, l2)",
        "expected='a number', got='a tuple",
    ),
    "gradient as a list": (
        "softmax",
        "gradient",
        "def gradient(W, X, t, l2=0.0): return W.tolist()",
        "Return a NumPy array",
    ),
    "M52": ("softmax", "predict", "def predict(W, X): return (X @ W).argmax(axis=0)", "axis=1"),
    "last of equals": (
        "softmax",
        "predict",
        "def predict(W, X): return W.shape[1] - 1 - (X @ W)[:, ::-1].argmax(axis=1)",
        "first of equals",
    ),
    "weights forgotten": (
        "softmax",
        "predict",
        "def predict(W, X): return X.argmax(axis=1)",
        "Compute X @ W",
    ),
    "nothing returned": ("softmax", "predict", "def predict(W, X): (X @ W).argmax(1)", "`return`"),
}
