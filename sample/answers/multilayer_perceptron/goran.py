# ruff: noqa
# More typical mistakes; two of them cancel: what forward returns is changed by relu afterwards.

# %% relu
def relu(z):
    z[z < 0] = 0
    return z


# %% relu_derivative
def relu_derivative(z):
    return z > 0


# %% choose_parameter_count
def choose_parameter_count():
    return "43"


# %% init_parameters
def init_parameters(D, H, K, rng):
    a, b = 1 / np.sqrt(D), 1 / np.sqrt(H)
    return Parameters(
        rng.uniform(-a, a, (D, H)),
        rng.uniform(-a, a, H),
        rng.uniform(-b, b, (H, K)),
        rng.uniform(-b, b, K),
    )


# %% forward
def forward(parameters, X):
    Z = X @ parameters.W_h + parameters.b_h
    Y = softmax(relu(Z) @ parameters.W_y + parameters.b_y)
    return Z, Y


# %% gradients
def gradients(parameters, X, t):
    hidden, Y = forward(parameters, X)
    d_y = (Y - np.eye(Y.shape[1])[t]) / len(t)
    d_h = (d_y @ parameters.W_y.T) * relu_derivative(hidden)
    return Parameters(X.T @ d_h, d_h.sum(), hidden.T @ d_y, d_y.sum())


# %% explain_identity_and_zero_init
# See lecture.
