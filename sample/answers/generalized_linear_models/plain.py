# ruff: noqa
# Vectorised, as the notebook suggests.

# %% glm_table
def glm_table():
    y = 1 / (1 + exp(-z))
    S = exp(z_0) + exp(z_1) + exp(z_2)
    return {
        "linear": {
            "activation": z,
            "distribution": "Normal",
            "loss": (z - t) ** 2 / 2,
            "gradient": z - t,
        },
        "logistic": {
            "activation": y,
            "distribution": "Bernoulli",
            "loss": -t * log(y) - (1 - t) * log(1 - y),
            "gradient": y - t,
        },
        "softmax": {
            "activation": [exp(z_0) / S, exp(z_1) / S, exp(z_2) / S],
            "distribution": "categorical",
            "loss": log(S) - z_0,
            "gradient": [exp(z_0) / S - 1, exp(z_1) / S, exp(z_2) / S],
        },
    }


# %% choose_output_layer
def choose_output_layer():
    return "A"


# %% sigmoid_as_softmax
def sigmoid_as_softmax(z):
    pairs = np.stack([z, np.zeros_like(z)], axis=-1)
    return softmax(pairs)[..., 0]


# %% choose_index
def choose_index():
    return "B"


# %% glm_gradient
def glm_gradient(model, W, X, t):
    Y, T = X @ W, t
    if model == "logistic":
        Y = sigmoid_as_softmax(Y)
    elif model == "softmax":
        Y = softmax(Y)
        T = np.eye(W.shape[1])[t]
    return X.T @ (Y - T) / len(X)
