# ruff: noqa
# Typical mistakes, most of which look plausible in the notebook.

# %% mse
def mse(y, t):
    return np.mean(y - t) ** 2


# %% gaussian_nll
def gaussian_nll(y, t, variance):
    squares = (y - t) ** 2 / (2 * variance**2)
    return np.mean(squares) + np.log(variance * np.sqrt(2 * np.pi))


# %% choose_noise
def choose_noise():
    return "B"


# %% derive_mse_from_gaussian
def derive_mse_from_gaussian():
    return [
        -log(p_0 * p_1) / 2,
        -(log(p_0) + log(p_1)) / 2,
        (t_0 - y_0) ** 2 / (4 * v) + (t_1 - y_1) ** 2 / (4 * v),
        mean_square / (2 * v),
    ]


# %% mle_variance
def mle_variance(y, t):
    return np.var(t - y)


# %% explain_assumptions
# Because of the central limit theorem everything is Gaussian.
