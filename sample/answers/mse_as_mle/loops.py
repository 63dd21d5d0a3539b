# ruff: noqa
# One number at a time: loops and comprehensions.

# %% mse
def mse(y, t):
    total = 0.0
    for prediction, target in zip(y, t):
        total += (prediction - target) ** 2
    return total / len(t)


# %% gaussian_nll
def gaussian_nll(y, t, variance):
    costs = []
    for prediction, target in zip(y, t):
        costs.append((target - prediction) ** 2 / variance / 2 + 0.5 * np.log(2 * np.pi * variance))
    return sum(costs) / len(costs)


# %% choose_noise
def choose_noise():
    return "a"


# %% derive_mse_from_gaussian
def derive_mse_from_gaussian():
    steps = [-log(p_0 * p_1) / 2]
    steps.append(-log(p_0) / 2 - log(p_1) / 2)
    halves = [(t_i - y_i) ** 2 / (2 * v) for t_i, y_i in ((t_0, y_0), (t_1, y_1))]
    steps.append(sum(half + log(sqrt(2 * pi * v)) for half in halves) / 2)
    steps.append((halves[0] + halves[1]) / 2 + log(2 * pi * v) / 2)
    steps.append(mean_square / (2 * v) + log(2 * pi * v) / 2)
    return steps


# %% choose_constants
def choose_constants():
    return "b"


# %% mle_variance
def mle_variance(y, t):
    return sum((float(b) - float(a)) ** 2 for a, b in zip(y, t)) / len(t)


# %% explain_assumptions
# We multiply the densities, which is right if the examples are independent. The log makes a sum of it.
# With Normal noise of one fixed variance each term is the square of the error, divided by $2\sigma^2$,
# plus something that has no weights in it and can be dropped.
