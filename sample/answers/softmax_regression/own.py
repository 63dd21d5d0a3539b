# ruff: noqa
# Helper functions, a class, own names, einsum and where.

# %% softmax
def softmax(logits):
    # log_softmax is the careful one; it is defined below
    return np.exp(log_softmax(logits))


# %% log_softmax
def log_softmax(logits):
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)


# %% one_hot
def one_hot(labels, classes):
    return np.where(np.equal.outer(labels, np.arange(classes)), 1.0, 0.0)


# %% nll
class Model:
    """Weights, and what they say about examples."""

    def __init__(self, weights):
        self.weights = weights

    def logits(self, features):
        return np.einsum("nd,dk->nk", features, self.weights)

    def penalty(self, strength):
        return 0.5 * strength * np.vdot(self.weights, self.weights)


def nll(weights, features, labels, l2=0.0):
    model = Model(weights)
    log_p = log_softmax(model.logits(features))
    own = np.take_along_axis(log_p, labels[:, None], axis=1)
    return model.penalty(l2) - np.average(own)


# %% derive_softmax_gradient
def derive_softmax_gradient():
    p_0 = exp(z_0) / S
    return (
        Derivative(-log(p_0), z_0),
        -Derivative(p_0, z_0) / p_0,
        -(exp(z_0) / S - exp(z_0) * Derivative(S, z_0) / S**2) / p_0,
        -(1 - p_0),
        p_0 - 1,
    )


# %% gradient
def gradient(weights, features, labels, l2=0.0):
    surplus = softmax(Model(weights).logits(features)) - one_hot(labels, weights.shape[-1])
    return np.einsum("nd,nk->dk", features, surplus) / np.size(labels) + l2 * weights


# %% predict
def predict(weights, features):
    return np.argmax(log_softmax(Model(weights).logits(features)), axis=-1)


# %% explain_convex_regions
# For $0 \le \lambda \le 1$ the logits at $\lambda x_A + (1-\lambda) x_B$ are
# $\lambda\,\bar y(x_A) + (1-\lambda)\,\bar y(x_B)$. With $\bar y_k > \bar y_j$ at both ends the mixture
# keeps the inequality, since neither factor is negative. So $R_k$ is convex.


# %% choose_shift
choose_shift = lambda: " C "


# %% choose_shapes
def choose_shapes():
    return max("ABCD")
