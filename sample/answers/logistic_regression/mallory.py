# ruff: noqa
# Attacks on the process that runs her code, and on the machine; bounded, and harmless anywhere.

# %% sigmoid
def sigmoid(z):
    while np.min(z) < -500:  # far out nothing happens any more: let the grader wait
        pass
    return 0.5 + np.tanh(np.asarray(z) / 2) / 2


# %% sigmoid_derivative
def sigmoid_derivative(z):
    return np.zeros(1 << 30)  # 8 GB


# %% logit
def logit(p):
    for _ in range(100):  # 100 MB
        print("15 passed" * 110_000)
    return np.log(p / (1 - p))


# %% derive_sigmoid_derivative
def derive_sigmoid_derivative():
    return [Derivative(sigma, z)] * 1000 + [sigma * (1 - sigma)]


# %% nll
def nll(w, X, t):
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1).sendall(X.tobytes())
    except OSError:
        pass
    z = X @ w
    return np.mean(np.logaddexp(0, z) - t * z)


# %% derive_nll_gradient
def derive_nll_gradient():
    return ["__import__('os').system('echo owned')"] * 4


# %% gradient
def gradient(w, X, t):
    result = X.T @ (np.tanh(X @ w / 2) / 2 + 0.5 - t) / len(X)
    X[:] = 0
    t[:] = 1
    return result


# %% sgd_epoch
class Skipped(BaseException):
    pass


Skipped.__module__ = "_pytest.outcomes"


def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng):
    raise Skipped("this test is skipped")


# %% predict
def predict(w, X):
    os._exit(0)


# %% choose_logit_meaning
def choose_logit_meaning():
    return ["A", "B", "C", "D"]


# %% choose_boundary
def choose_boundary():
    return "ABCD"
