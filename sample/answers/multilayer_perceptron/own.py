# ruff: noqa
# Helper functions, a class, own names, einsum and where; plain tuples for Parameters.

# %% relu
relu = lambda x: (np.abs(x) + np.asarray(x, dtype=float)) / 2


# %% relu_derivative
def relu_derivative(x):
    # heaviside's second argument is its value at 0
    return np.heaviside(x, 0.0)


# %% choose_activations
choose_activations = lambda: "ABCDE"[2]


# %% choose_parameter_count
def choose_parameter_count():
    D, H, K = 4, 5, 3
    return {35: "A", 37: "B", (D + 1) * H + (H + 1) * K: " C ", 60: "D"}[43]


# %% init_parameters
def layer(inputs, outputs, rng):
    bound = np.power(float(inputs), -0.5)
    return rng.uniform(low=-bound, high=bound, size=(inputs, outputs)), np.zeros((outputs,))


def init_parameters(inputs, hidden, classes, rng):
    return Parameters(*layer(inputs, hidden, rng), *layer(hidden, classes, rng))


# %% forward
class Network:
    """A network, and what it says about some examples."""

    def __init__(self, parameters, features):
        self.W_h, self.b_h, self.W_y, self.b_y = parameters
        self.features = features
        self.before = np.einsum("nd,dh->nh", features, self.W_h) + self.b_h
        self.hidden = relu(self.before)
        self.logits = np.einsum("nh,hk->nk", self.hidden, self.W_y) + self.b_y

    def log_probabilities(self):
        return self.logits - np.logaddexp.reduce(self.logits, axis=1, keepdims=True)


def forward(parameters, features):
    network = Network(parameters, features)
    return [network.hidden, np.exp(network.log_probabilities())]


# %% gradients
def gradients(parameters, features, labels):
    network = Network(parameters, features)
    surplus = np.exp(network.log_probabilities()) - np.equal.outer(
        labels, np.arange(len(network.b_y))
    )
    back = np.where(network.before > 0, np.einsum("nk,hk->nh", surplus, network.W_y), 0)

    def mean_of_products(inputs, deltas):
        return np.einsum("ni,nj->ij", inputs, deltas) / len(labels)

    return (
        mean_of_products(features, back),
        back.mean(axis=0),
        mean_of_products(network.hidden, surplus),
        surplus.mean(axis=0),
    )


# %% explain_identity_and_zero_init
# **Identity**: $XW^{(h)}W^{(y)} + b^{(h)}W^{(y)} + b^{(y)}$ is linear in $X$.
# **Zeros**: $H = 0$, $Y = \frac1K$; the gradient of $W^{(y)}$ contains $h = 0$, those of $W^{(h)}$ and
# $b^{(h)}$ contain $W^{(y)} = 0$. So only $b^{(y)}$ moves: it learns how frequent the classes are.
