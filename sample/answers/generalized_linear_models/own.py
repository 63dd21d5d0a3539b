# ruff: noqa
# Helper functions, a class, own names, einsum and where; SymPy differentiates.

# %% glm_table
def row(activation, distribution, loss, *logits):
    gradient = [loss.diff(logit) for logit in logits]
    return {
        "activation": activation,
        "distribution": distribution,
        "loss": loss,
        "gradient": gradient if len(gradient) > 1 else gradient[0],
    }


def glm_table():
    sigma = (1 + exp(-z)) ** -1
    total = sum(map(exp, (z_0, z_1, z_2)))
    return {
        "softmax": row(
            tuple(exp(each) / total for each in (z_0, z_1, z_2)),
            " categorical",
            log(total) - z_0,
            z_0,
            z_1,
            z_2,
        ),
        "logistic": row(sigma, "Bernoulli", log(1 + exp(z)) - t * z, z),
        "linear": row(z, "Normal", z**2 / 2 - t * z, z),
    }


# %% choose_output_layer
choose_output_layer = lambda: "ABCD"[0]


# %% sigmoid_as_softmax
def sigmoid_as_softmax(logits):
    # softmax([z, 0]) is softmax([z/2, -z/2]): a constant changes nothing
    halves = np.divide(logits, 2)[..., np.newaxis] * np.array([1, -1])
    return softmax(halves)[..., 0]


# %% choose_index
def choose_index():
    w = "W[:, 1] - W[:, 0]"
    return {"W[:, 0] - W[:, 1]": "A", w: " B "}[w]


# %% glm_gradient
class GLM:
    """What differs between the three models."""

    def __init__(self, activation, encode=lambda targets, like: targets):
        self.activation, self.encode = activation, encode

    def surplus(self, logits, targets):
        return self.activation(logits) - self.encode(targets, logits)


GLMS = {
    "linear": GLM(np.asarray),
    "logistic": GLM(lambda logits: sigmoid_as_softmax(logits)),
    "softmax": GLM(
        softmax, lambda labels, like: np.equal.outer(labels, np.arange(like.shape[1])) * 1.0
    ),
}


def glm_gradient(model, weights, features, targets):
    surplus = GLMS[model].surplus(features @ weights, targets)
    return np.einsum("nd,n...->d...", features, surplus) / np.size(targets)
