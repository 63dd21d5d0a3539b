# ruff: noqa
# Helper functions, a class, own names, einsum and where.

# %% sigmoid
# the sigmoid is a stretched and shifted tanh
sigmoid = lambda x: (1 + np.tanh(np.divide(x, 2))) / 2


# %% sigmoid_derivative
def sigmoid_derivative(x):
    # 1 - tanh^2 = 1 / cosh^2; far out, where cosh overflows, the slope is 0
    half = np.minimum(np.abs(x), 700) / 2
    return 0.25 / np.cosh(half) ** 2


# %% logit
def log_odds(for_, against):
    return np.log(for_) - np.log(against)


def logit(probability):
    return log_odds(for_=probability, against=1 - probability)


# %% derive_sigmoid_derivative
def derive_sigmoid_derivative():
    denominator = 1 + exp(-z)
    quotient_rule = -Derivative(denominator, z) / denominator**2
    return (
        Derivative(sigma, z),
        quotient_rule,
        quotient_rule.doit(),
        sigma - sigma**2,
        sigma * (1 - sigma),
    )


# %% nll
class Scores:
    """The logits of a batch, and what they cost."""

    def __init__(self, weights, features):
        self.logits = np.einsum("nd,d->n", features, weights)

    def costs(self, labels):
        against = np.where(labels == 1, -self.logits, self.logits)
        return np.where(against > 0, against, 0) + np.log1p(np.exp(-np.abs(against)))


def nll(weights, features, labels):
    return float(Scores(weights, features).costs(labels).mean())


# %% derive_nll_gradient
def derive_nll_gradient():
    def chain_rule(of_sigma, of_rest):
        return -t * of_sigma / sigma + (1 - t) * of_rest / (1 - sigma)

    return [
        Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
        chain_rule(Derivative(sigma, z), Derivative(sigma, z)),
        chain_rule(sigma * (1 - sigma), sigma * (1 - sigma)),
        -t + sigma,
    ]


# %% gradient
def gradient(weights, features, labels):
    surplus = sigmoid(Scores(weights, features).logits) - labels
    return np.einsum("n,nd->d", surplus, features) / np.size(labels)


# %% sgd_epoch
def minibatches(order, size):
    for start in np.arange(0, len(order), size):
        yield order[start : start + size]


def sgd_epoch(weights, features, labels, *, rng, batch_size, learning_rate):
    weights = weights.copy()
    for rows in minibatches(rng.permutation(len(features)), batch_size):
        weights -= learning_rate * gradient(weights, features[rows], labels[rows])
    return weights


# %% predict
def predict(weights, features):
    return 1 - np.signbit(Scores(weights, features).logits + 0.0).astype(int)


# %% choose_logit_meaning
choose_logit_meaning = lambda: "ABCD"[1]


# %% choose_boundary
BOUNDARY = "stays, and the model is surer"


def choose_boundary():
    return {"moves": "A", BOUNDARY: " D "}[BOUNDARY]
