# ruff: noqa
# Right, but loud: NumPy warns, and prints were left in.

# %% sigmoid
def sigmoid(z):
    print("z:", z)
    return 1 / (1 + np.exp(-z))


# %% sigmoid_derivative
def sigmoid_derivative(z):
    s = sigmoid(z)
    print("slope at", z, file=sys.stderr)
    return s * (1 - s)


# %% nll
def nll(w, X, t):
    z = np.where(t == 1, X @ w, -(X @ w))
    warnings.warn("log1p may overflow", RuntimeWarning)
    return np.mean(np.where(z > 0, np.log1p(np.exp(-z)), np.log1p(np.exp(z)) - z))


# %% sgd_epoch
def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        batch = order[i : i + batch_size]
        w = w - learning_rate * gradient(w, X[batch], t[batch])
        print(f"\rbatch {i // batch_size} ▓▓▓░ loss {nll(w, X, t):.3f}", end="")
    return w


# %% choose_boundary
def choose_boundary():
    print("A? no, D!")
    return "d\n"
