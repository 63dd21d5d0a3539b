# ruff: noqa
# Typical mistakes, one in nearly every function.

# %% relu
def relu(z):
    return np.abs(z)


# %% relu_derivative
def relu_derivative(z):
    return (z >= 0) * 1.0


# %% choose_activations
def choose_activations():
    return "A"


# %% choose_parameter_count
def choose_parameter_count():
    return "A"


# %% init_parameters
def init_parameters(D, H, K, rng):
    W_h = rng.uniform(-1 / D, 1 / D, size=(D, H))
    W_y = rng.uniform(-1 / H, 1 / H, size=(H, K))
    return Parameters(W_h, np.zeros(H), W_y, np.zeros(K))


# %% forward
def forward(parameters, X):
    hidden = relu(X @ parameters.W_h)
    return hidden, softmax(hidden @ parameters.W_y + parameters.b_y)


# %% gradients
def gradients(parameters, X, t):
    hidden, Y = forward(parameters, X)
    d_y = (Y - np.eye(Y.shape[1])[t]) / len(t)
    d_h = d_y @ parameters.W_y.T
    return Parameters(X.T @ d_h, d_h.sum(axis=0), hidden.T @ d_y, d_y.sum(axis=0))


# %% explain_identity_and_zero_init
# Because zero times anything is zero.
