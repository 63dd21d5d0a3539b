# ruff: noqa
# One number at a time: loops and comprehensions.

# %% relu
def relu(z):
    z = np.array(z, dtype=float)
    result = np.zeros(z.shape)
    for index, value in np.ndenumerate(z):
        if value > 0:
            result[index] = value
    return result


# %% relu_derivative
def relu_derivative(z):
    z = np.array(z, dtype=float)
    slopes = [1.0 if value > 0 else 0.0 for value in z.flatten()]
    return np.array(slopes).reshape(z.shape)


# %% choose_activations
def choose_activations():
    return "c"


# %% choose_parameter_count
def choose_parameter_count():
    return "c"


# %% init_parameters
def init_parameters(D, H, K, rng):
    layers = []
    for inputs, outputs in ((D, H), (H, K)):
        largest = inputs**-0.5
        layers.append(rng.uniform(-largest, largest, (inputs, outputs)))
        layers.append(np.array([0.0 for _ in range(outputs)]))
    return Parameters(*layers)


# %% forward
def forward(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    hidden, probabilities = [], []
    for x in X:
        h = relu(np.array([sum(x * W_h[:, j]) + b_h[j] for j in range(len(b_h))]))
        hidden.append(h)
        probabilities.append(
            softmax(np.array([sum(h * W_y[:, k]) + b_y[k] for k in range(len(b_y))]))
        )
    return np.array(hidden), np.array(probabilities)


# %% gradients
def gradients(parameters, X, t):
    W_h, b_h, W_y, b_y = parameters
    total = [np.zeros(part.shape) for part in parameters]
    H, Y = forward(parameters, X)
    for x, h, y, label in zip(X, H, Y, t):
        d_y = np.array([y[k] - (1 if k == label else 0) for k in range(len(y))])
        back = np.array([sum(W_y[j, k] * d_y[k] for k in range(len(y))) for j in range(len(h))])
        d_h = back * relu_derivative(x @ W_h + b_h)
        for part, step in zip(total, (np.outer(x, d_h), d_h, np.outer(h, d_y), d_y)):
            part += step
    return [part / len(t) for part in total]


# %% explain_identity_and_zero_init
# A line put into a line is a line: the two matrices can be multiplied to one, and the bias is
# $b^{(h)} W^{(y)} + b^{(y)}$. With zeros each gradient but that of $b^{(y)}$ has a factor that is 0.
