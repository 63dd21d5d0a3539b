# ruff: noqa
# One number at a time: loops and comprehensions.

# %% softmax
def softmax(Z):
    if Z.ndim == 2:
        return np.array([softmax(row) for row in Z])
    powers = [np.exp(z - max(Z)) for z in Z]
    return np.array([power / sum(powers) for power in powers])


# %% log_softmax
def log_softmax(Z):
    if Z.ndim == 2:
        return np.array([log_softmax(row) for row in Z])
    top = max(Z)
    rest = np.log(sum(np.exp(z - top) for z in Z))
    return np.array([z - top - rest for z in Z])


# %% one_hot
def one_hot(t, K):
    return np.array([[1.0 if k == label else 0.0 for k in range(K)] for label in t])


# %% nll
def nll(W, X, t, l2=0.0):
    loss = 0
    for x, label in zip(X, t):
        loss -= log_softmax(x @ W)[label]
    loss /= len(t)
    for row in W:
        for weight in row:
            loss += l2 / 2 * weight**2
    return loss


# %% derive_softmax_gradient
def derive_softmax_gradient():
    steps = []
    steps.append(Derivative(-log(exp(z_0) / S), z_0))
    steps.append(-Derivative(log(exp(z_0)), z_0) + Derivative(log(S), z_0))
    steps.append(-1 + Derivative(exp(z_0) + exp(z_1) + exp(z_2), z_0) / S)
    steps.append(-1 + exp(z_0) / S)
    return steps


# %% gradient
def gradient(W, X, t, l2=0.0):
    D, K = W.shape
    result = np.zeros((D, K))
    for x, label in zip(X, t):
        y = softmax(x @ W)
        for k in range(K):
            for d in range(D):
                result[d, k] += x[d] * (y[k] - (1 if k == label else 0)) / len(t)
    return result + l2 * W


# %% predict
def predict(W, X):
    classes = []
    for x in X:
        y = x @ W
        classes.append(max(range(len(y)), key=lambda k: y[k]))
    return np.array(classes)


# %% explain_convex_regions
# Because the borders between two classes are straight lines, and a region is cut out by straight
# cuts only. Such a shape has no dents.


# %% choose_shift
def choose_shift():
    return "c"


# %% choose_shapes
def choose_shapes():
    return "d"
