# ruff: noqa
# One number at a time: loops and comprehensions.

# %% glm_table
def glm_table():
    table = {}
    for model in ("linear", "logistic", "softmax"):
        table[model] = {}
    table["linear"]["activation"] = z
    table["linear"]["distribution"] = "normal"
    table["linear"]["loss"] = (t - z) ** 2 / 2 + log(2 * pi) / 2
    table["linear"]["gradient"] = -(t - z)
    p = exp(z) / (1 + exp(z))
    table["logistic"]["activation"] = p
    table["logistic"]["distribution"] = "bernoulli"
    table["logistic"]["loss"] = -log(p**t * (1 - p) ** (1 - t))
    table["logistic"]["gradient"] = p - t
    logits = [z_0, z_1, z_2]
    powers = [exp(logit) for logit in logits]
    table["softmax"]["activation"] = [power / sum(powers) for power in powers]
    table["softmax"]["distribution"] = "Categorical"
    table["softmax"]["loss"] = -log(powers[0] / sum(powers))
    right = [1, 0, 0]
    table["softmax"]["gradient"] = [powers[k] / sum(powers) - right[k] for k in range(3)]
    return table


# %% choose_output_layer
def choose_output_layer():
    return "a"


# %% sigmoid_as_softmax
def sigmoid_as_softmax(z):
    z = np.array(z, dtype=float)
    result = np.zeros(z.shape)
    for index, value in np.ndenumerate(z):
        result[index] = softmax(np.array([value, 0.0]))[0]
    return result


# %% choose_index
def choose_index():
    return "b"


# %% glm_gradient
def glm_gradient(model, W, X, t):
    result = np.zeros(W.shape)
    for x, target in zip(X, t):
        if model == "softmax":
            y = softmax(x @ W)
            for k in range(len(y)):
                result[:, k] += x * (y[k] - (1 if k == target else 0))
        else:
            y = sum(x[d] * W[d] for d in range(len(W)))
            if model == "logistic":
                y = float(sigmoid_as_softmax(y))
            result += (y - target) * x
    return result / len(t)
