# ruff: noqa
# Answers that break what carries them, and one that borrows what it is asked for.

# %% relu
def relu(z):
    nested = z.tolist()
    for _ in range(500):
        nested = [nested]
    return nested


# %% relu_derivative
def relu_derivative(z):
    return np.zeros(10_000_000)  # 80 MB on the wire


# %% gradients
def gradients(parameters, X, t):
    # Where relu is lent, it is the grader that answers: let it answer this question, too.
    try:
        return relu.func("gradients", parameters, X, t)
    except Exception:
        return tuple(np.zeros(part.shape) for part in parameters)
