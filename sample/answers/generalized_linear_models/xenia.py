# ruff: noqa
# Formulas that are meant to burn the grader's time and memory, or to be run by it.

# %% glm_table
class AgreeingText(str):
    """A name as far as isinstance can see."""

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


def tower(height):
    return exp(tower(height - 1)) if height else z


def glm_table():
    y = 1 / (1 + exp(-z))
    S = exp(z_0) + exp(z_1) + exp(z_2)
    endless = [z_0]
    endless.append(endless)
    return {
        "linear": {
            "activation": tower(50),
            "distribution": AgreeingText("anything"),
            "loss": (z + 1).func(*(exp(z / n) for n in range(1, 700))),
            "gradient": type(z)("__import__('os').system('touch owned')"),
        },
        "logistic": {
            "activation": y,
            "distribution": "Bernoulli",
            "loss": -t * log(y) - (1 - t) * log(1 - y),
            "gradient": y - t,
        },
        "softmax": {
            "activation": endless,
            "distribution": "categorical",
            "loss": log(S) - z_0,
            "gradient": [exp(z_0) / S - 1, exp(z_1) / S, exp(z_2) / S],
        },
    }


# %% choose_output_layer
def choose_output_layer():
    import os

    return os.environ.get("RIGHT_ANSWER", "A")
