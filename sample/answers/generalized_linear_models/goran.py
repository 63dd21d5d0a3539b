# ruff: noqa
# More typical mistakes: an extra slope, an extra 2, one formula for three, a transposed result.

# %% glm_table
def glm_table():
    y = 1 / (1 + exp(-z))
    S = exp(z_0) + exp(z_1) + exp(z_2)
    return {
        "linear": {
            "activation": z,
            "distribution": "Gaussian",
            "loss": (z - t) ** 2 / 2,
            "gradient": 2 * (z - t),
        },
        "logistic": {
            "activation": y,
            "distribution": "Bernoulli",
            "loss": -t * log(y) - (1 - t) * log(1 - y),
            "gradient": (y - t) * y * (1 - y),
        },
        "softmax": {
            "activation": exp(z_0) / S,
            "distribution": "categorical",
            "loss": -log(exp(z_0) / S),
            "gradient": [exp(z_0) / S - 1, exp(z_1) / S, exp(z_2) / S],
        },
    }


# %% choose_output_layer
def choose_output_layer():
    return "a"


# %% sigmoid_as_softmax
def sigmoid_as_softmax(z):
    return special.expit(z)


# %% choose_index
def choose_index():
    return "C"


# %% glm_gradient
def glm_gradient(model, W, X, t):
    if model == "linear":
        return (X @ W - t) @ X / len(X)
    if model == "logistic":
        return (special.expit(X @ W) - t) @ X / len(X)
    return (softmax(X @ W) - np.eye(W.shape[1])[t]).T @ X / len(X)
