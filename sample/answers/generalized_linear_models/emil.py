# ruff: noqa
# Ran out of time in the middle.

# %% glm_table
def glm_table():
    y = 1 / (1 + exp(-z))
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
            "activation": None,  # a list of three formulas
            "distribution": None,
            "loss": None,
            "gradient": None,  # a list of three formulas
        },
    }


# %% choose_output_layer
def choose_output_layer():
    return "B"


# %% glm_gradient
def glm_gradient(model, W, X, t):
    if model == "linear":
        return X.T @ (X @ W - t) / len(X)
    if model == "logistic":
        return X.T @ (sigmoid_as_softmax(X @ W) - t) / len(X)
    # TODO softmax
