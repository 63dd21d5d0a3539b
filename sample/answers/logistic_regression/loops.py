# ruff: noqa
# One number at a time: loops and comprehensions.

# %% sigmoid
def sigmoid(z):
    z = np.array(z, dtype=float)
    result = np.zeros(z.shape)
    for index, value in np.ndenumerate(z):
        if value < 0:
            result[index] = np.exp(value) / (1 + np.exp(value))
        else:
            result[index] = 1 / (1 + np.exp(-value))
    return result


# %% sigmoid_derivative
def sigmoid_derivative(z):
    z = np.array(z, dtype=float)
    slopes = [sigmoid(value) * (1 - sigmoid(value)) for value in z.flatten()]
    return np.array(slopes).reshape(z.shape)


# %% logit
def logit(p):
    return np.vectorize(lambda q: np.log(q / (1 - q)))(p)


# %% derive_sigmoid_derivative
def derive_sigmoid_derivative():
    steps = [Derivative(1 / (1 + exp(-z)), z)]
    steps.append(-Derivative(exp(-z), z) / (1 + exp(-z)) ** 2)
    steps.append(-exp(-z) * Derivative(-z, z) / (1 + exp(-z)) ** 2)
    steps.append(exp(-z) / (1 + exp(-z)) ** 2)
    steps.append(sigma * exp(-z) / (1 + exp(-z)))
    steps.append(sigma * (1 - sigma))
    return steps


# %% nll
def nll(w, X, t):
    total = 0.0
    for x, label in zip(X, t):
        y = sum(x[d] * w[d] for d in range(len(w)))
        if label == 0:
            y = -y
        # -log sigmoid(y)
        if y > 0:
            total += np.log(1 + np.exp(-y))
        else:
            total += -y + np.log(1 + np.exp(y))
    return total / len(t)


# %% derive_nll_gradient
def derive_nll_gradient():
    slope = sigma * (1 - sigma)
    steps = [Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z)]
    steps.append(-t * Derivative(log(sigma), z) - (1 - t) * Derivative(log(1 - sigma), z))
    steps.append(-t * slope / sigma + (1 - t) * slope / (1 - sigma))
    steps.append(sigma - t)
    return steps


# %% gradient
def gradient(w, X, t):
    result = np.zeros(len(w))
    for i in range(len(t)):
        y = sigmoid(sum(X[i, d] * w[d] for d in range(len(w))))
        for d in range(len(w)):
            result[d] += (y - t[i]) * X[i, d]
    return result / len(t)


# %% sgd_epoch
def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng):
    order = list(rng.permutation(len(t)))
    while order:
        batch = order[:batch_size]
        order = order[batch_size:]
        rows = np.array([X[i] for i in batch])
        labels = np.array([t[i] for i in batch])
        slope = gradient(w, rows, labels)
        w = np.array([w[d] - learning_rate * slope[d] for d in range(len(w))])
    return w


# %% predict
def predict(w, X):
    return np.array([1 if sum(x * w) >= 0 else 0 for x in X])


# %% choose_logit_meaning
def choose_logit_meaning():
    return "b"


# %% choose_boundary
def choose_boundary():
    return "d"
