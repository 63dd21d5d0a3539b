# ruff: noqa
# Helper functions, a class, own names, einsum and where.

# %% mse
def mse(prediction, target):
    # the mean square is the variance plus the square of the bias
    errors = np.subtract(prediction, target)
    return np.var(errors) + np.average(errors) ** 2


# %% gaussian_nll
class Normal:
    """A Normal distribution around some mean."""

    def __init__(self, mean, variance):
        self.mean, self.deviation = mean, np.sqrt(variance)

    def log_density(self, x):
        score = (x - self.mean) / self.deviation
        return -(score**2) / 2 - np.log(self.deviation) - 0.5 * np.log(2 * np.pi)


gaussian_nll = lambda prediction, target, variance: (
    -np.average(Normal(prediction, variance).log_density(target))
)


# %% choose_noise
choose_noise = lambda: "ABCD"[0]


# %% derive_mse_from_gaussian
def derive_mse_from_gaussian():
    def cost(of_t, of_y):
        return (of_y - of_t) ** 2 / (2 * v) + log(2 * pi * v) / 2

    return (
        -log(p_0 * p_1) / 2,
        -(log(p_0) + log(p_1)) / 2,
        (cost(t_0, y_0) - log(p_1)) / 2,
        (cost(t_0, y_0) + cost(t_1, y_1)) / 2,
        mean_square / (2 * v) + log(2 * pi * v) / 2,
    )


# %% choose_constants
def choose_constants():
    a, b = 1, 1 / (2 * 0.01)  # factors of the MSE in what Anna and Boris minimize
    return {50: " B "}[round(b / a)]


# %% mle_variance
def mle_variance(prediction, target):
    errors = np.subtract(prediction, target)
    return np.dot(errors, errors) / errors.size


# %% explain_assumptions
# $\prod_i p(t_i \mid x_i; w)$ assumes **independence**. $-\log$ of it is
# $\sum_i (t_i - y_i)^2 / (2\sigma^2) + \frac N2 \log(2\pi\sigma^2)$, which assumes **Normal noise** with
# **one variance**. Only the first sum depends on $w$; its factor is positive, and $\frac1N$ is put in for
# the same reason: none of this moves the arg min.
