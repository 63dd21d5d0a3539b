# ruff: noqa
# More typical mistakes: a half from another book, a first line that is the second, a root.

# %% mse
def mse(y, t):
    return np.mean((y - t) ** 2) / 2


# %% derive_mse_from_gaussian
def derive_mse_from_gaussian():
    return [
        -(log(p_0) + log(p_1)) / 2,
        (t_0 - y_0) ** 2 / (4 * v) + (t_1 - y_1) ** 2 / (4 * v) + log(sqrt(2 * pi * v)),
        ((t_0 - y_0) ** 2 + (t_1 - y_1) ** 2) / (4 * v) + log(sqrt(2 * pi * v)),
        mean_square / (2 * v) + log(2 * pi * v) / 2,
    ]


# %% choose_constants
def choose_constants():
    return "a"


# %% mle_variance
def mle_variance(y, t):
    return np.sqrt(mse(y, t))


# %% explain_assumptions
# See lecture.
