# ruff: noqa
# Typical mistakes: no ½, a name that is not in the list, the wrong index, the slope of one class only.

# %% glm_table
def glm_table():
    y = 1 / (1 + exp(-z))
    S = exp(z_0) + exp(z_1) + exp(z_2)
    return {
        "linear": {
            "activation": z,
            "distribution": "Normal",
            "loss": (z - t) ** 2,
            "gradient": z - t,
        },
        "logistic": {
            "activation": y,
            "distribution": "binomial",
            "loss": -t * log(y) - (1 - t) * log(1 - y),
            "gradient": y - t,
        },
        "softmax": {
            "activation": [exp(z_0) / S, exp(z_1) / S, exp(z_2) / S],
            "distribution": "categorical",
            "loss": -log(exp(z_0) / S),
            "gradient": [exp(z_0) / S - 1, 0, 0],
        },
    }


# %% choose_output_layer
def choose_output_layer():
    return "D"


# %% sigmoid_as_softmax
def sigmoid_as_softmax(z):
    pairs = np.stack([z, np.zeros_like(z)], axis=-1)
    return softmax(pairs)[..., 1]  # class 1


# %% glm_gradient
def glm_gradient(model, W, X, t):
    Y, T = X @ W, t
    if model == "logistic":
        Y = sigmoid_as_softmax(Y)
    elif model == "softmax":
        Y = softmax(Y)
        T = np.eye(t.max() + 1)[t]
    return X.T @ (Y - T) / len(X)
