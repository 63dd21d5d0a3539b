# ruff: noqa
# Vectorised, as the notebook suggests.

# %% relu
def relu(z):
    return np.maximum(z, 0.0)


# %% relu_derivative
def relu_derivative(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


# %% choose_activations
def choose_activations():
    return "C"


# %% choose_parameter_count
def choose_parameter_count():
    return "C"


# %% init_parameters
def init_parameters(D, H, K, rng):
    a_h, a_y = 1 / np.sqrt(D), 1 / np.sqrt(H)
    W_h = rng.uniform(-a_h, a_h, size=(D, H))
    W_y = rng.uniform(-a_y, a_y, size=(H, K))
    return Parameters(W_h, np.zeros(H), W_y, np.zeros(K))


# %% forward
def forward(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    hidden = relu(X @ W_h + b_h)
    return hidden, softmax(hidden @ W_y + b_y)


# %% gradients
def gradients(parameters, X, t):
    hidden, d_y = forward(parameters, X)
    d_y[np.arange(len(t)), t] -= 1
    d_y /= len(t)
    d_h = d_y @ parameters.W_y.T * relu_derivative(hidden)
    return Parameters(X.T @ d_h, d_h.sum(axis=0), hidden.T @ d_y, d_y.sum(axis=0))


# %% explain_identity_and_zero_init
# With $f(z) = z$ the logits are $X W^{(h)} W^{(y)} + b^{(h)} W^{(y)} + b^{(y)}$: softmax regression again.
# From zeros $H = 0$ and $W^{(y)} = 0$, so only $b^{(y)}$ ever moves, and the network learns the most
# frequent class.
