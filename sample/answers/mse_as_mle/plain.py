# ruff: noqa
# Vectorised, as the notebook suggests.

# %% mse
def mse(y, t):
    return np.mean((y - t) ** 2)


# %% gaussian_nll
def gaussian_nll(y, t, variance):
    return mse(y, t) / (2 * variance) + np.log(2 * np.pi * variance) / 2


# %% choose_noise
def choose_noise():
    return "A"


# %% derive_mse_from_gaussian
def derive_mse_from_gaussian():
    return [
        -log(p_0 * p_1) / 2,
        -(log(p_0) + log(p_1)) / 2,
        (t_0 - y_0) ** 2 / (4 * v) + (t_1 - y_1) ** 2 / (4 * v) + log(sqrt(2 * pi * v)),
        mean_square / (2 * v) + log(2 * pi * v) / 2,
    ]


# %% choose_constants
def choose_constants():
    return "B"


# %% mle_variance
def mle_variance(y, t):
    return np.mean((t - y) ** 2)


# %% explain_assumptions
# Independent examples: the likelihood is a product, so its logarithm is a sum. Each target is Normal
# around its prediction, with the same variance: so $-\log p$ is a square plus a constant. The constant and
# the factor do not contain $\boldsymbol{w}$, so the minimum stays where it is.
