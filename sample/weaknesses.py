"""The students of the sample class who each have one weakness, in all that they hand in. Trusted side."""

from sample.changes import letters, slip, untouched
from sample.submitted import GLM, LOGISTIC, MLP, MSE, REGULAR, SOFTMAX, WRONG, Story, answered

WEAKNESSES: dict[str, dict[str, Story]] = {
    # Signs:
    "s14_marek": {
        LOGISTIC: answered("plain", slip("sigmoid", "(0, -np", "(0, np")),
        SOFTMAX: answered(
            "plain",
            slip("nll", "return -log_p", "return log_p"),
            slip("derive_softmax_gradient", "exp(z_0) / S - 1", "1 - exp(z_0) / S"),
        ),
        MSE: answered(
            "plain",
            slip("gaussian_nll", "+ np.log", "- np.log"),
        ),
        GLM: answered(
            "plain",
            slip("glm_table", "-t * log(y) - (1 - t)", "t * log(y) + (1 - t)"),
            slip("glm_table", '"gradient": y - t', '"gradient": t - y'),
            letters(choose_index="A"),
        ),
        MLP: answered(
            "plain",
            slip("gradients", "d_y /= len(t)", "d_y /= -len(t)"),
        ),
        WRONG: answered(
            "plain",
            letters(choose_cause_1="B", choose_cause_3="C"),
            slip("repair_1", "30.0", "0.1"),
            slip("repair_3", "0.1", "10"),
        ),
        REGULAR: answered(
            "plain",
            slip("regularized_loss", "loss + l2", "loss - l2"),
            slip("l2_step", "G_h + l2 * W_h", "G_h - l2 * W_h"),
            slip("l2_step", "G_y + l2 * W_y", "G_y - l2 * W_y"),
        ),
    },
    # Means:
    "s15_nadia": {
        LOGISTIC: answered(
            "plain",
            slip("gradient", " / len(t)", ""),
            slip("sgd_epoch", "t[batch])", "t[batch]) / len(batch)"),
        ),
        SOFTMAX: answered(
            "plain",
            slip("nll", "t].mean()", "t].sum()"),
            slip("gradient", "/ len(t)", "/ len(t) ** 2"),
        ),
        MSE: answered(
            "plain",
            slip("mse", "np.mean", "np.sum"),
            slip("mle_variance", "np.mean((t - y) ** 2)", "np.sum((t - y) ** 2) / (len(t) - 1)"),
        ),
        GLM: answered(
            "plain",
            slip("glm_table", "(z - t) ** 2 / 2", "(z - t) ** 2"),
            slip("glm_table", '"gradient": z - t', '"gradient": 2 * (z - t)'),
            slip("glm_gradient", " / len(X)", ""),
        ),
        MLP: answered(
            "plain",
            slip("gradients", "    d_y /= len(t)\n", ""),
        ),
        WRONG: answered("plain"),
        REGULAR: answered(
            "plain",
            slip(
                "regularized_loss",
                "(np.sum(parameters.W_h**2) + np.sum(parameters.W_y**2))",
                "(np.mean(parameters.W_h**2) + np.mean(parameters.W_y**2))",
            ),
        ),
    },
    # Axes and shapes:
    "s16_otto": {
        LOGISTIC: answered(
            "plain",
            slip("sgd_epoch", "t[batch]", "t[: len(batch)]"),
            slip("predict", "1, 0)", "1, 0)[:, np.newaxis]"),
        ),
        SOFTMAX: answered(
            "plain",
            slip("softmax", "powers.sum(axis=-1, keepdims=True)", "powers.sum(axis=-1)"),
            slip("gradient", "/ len(t)", "/ error.size"),
        ),
        MSE: answered("plain"),
        GLM: answered(
            "plain",
            slip("sigmoid_as_softmax", "axis=-1", "axis=0"),
            slip("sigmoid_as_softmax", "[..., 0]", "[0]"),
        ),
        MLP: answered(
            "plain",
            slip("gradients", "d_h.sum(axis=0)", "d_h.sum()"),
            slip("gradients", "d_y.sum(axis=0)", "d_y.sum()"),
        ),
        WRONG: answered(
            "plain",
            slip("repair_1", "X, 30.0", "30.0, X"),
            slip("repair_2", "np.hstack([X, X**2])", "X[:, 0] ** 2"),
        ),
    },
    # Numbers that are too large, too small or whole:
    "s17_pavla": {
        LOGISTIC: answered(
            "plain",
            slip(
                "sigmoid",
                "np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))",
                "1 / (1 + np.exp(-z))",
            ),
            slip("sigmoid_derivative", "s * (1 - s)", "np.exp(-z) / (1 + np.exp(-z)) ** 2"),
            slip("nll", "z = X @ w", "y = sigmoid(X @ w)"),
            slip("nll", "np.logaddexp(0, z) - t * z", "-t * np.log(y) - (1 - t) * np.log(1 - y)"),
        ),
        SOFTMAX: answered(
            "plain",
            slip(
                "log_softmax",
                "return shifted - np.log(np",
                "return np.log(softmax(Z))  # - np.log(np",
            ),
            slip("one_hot", "astype(float)", "astype(int)"),
        ),
        MSE: answered(
            "plain",
            slip(
                "gaussian_nll",
                "return mse(y, t) / (2 * variance) + np.log(2 * np.pi * variance) / 2",
                "p = np.exp(-((t - y) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)\n"
                "    return -np.log(np.prod(p)) / len(t)",
            ),
        ),
        GLM: answered(
            "plain",
            slip(
                "sigmoid_as_softmax",
                "return softmax(pairs)[..., 0]",
                "powers = np.exp(pairs)\n    return powers[..., 0] / powers.sum(axis=-1)",
            ),
        ),
        MLP: answered(
            "plain",
            slip("relu_derivative", "np.where(np.asarray(z) > 0, 1.0, 0.0)", "relu(z) / z"),
        ),
        WRONG: answered("plain", slip("repair_3", "X, 0.1", "(X - X.mean(axis=0)) / 16, 1")),
        REGULAR: answered(
            "plain",
            slip(
                "regularized_loss",
                "(np.sum(parameters.W_h**2) + np.sum(parameters.W_y**2))",
                "sum(np.linalg.norm(W, 2) ** 2 for W in parameters[::2])",
            ),
        ),
    },
    # No patience for derivations and questions, and soon for nothing:
    "s18_quentin": {
        LOGISTIC: answered(
            "loops",
            untouched("derive_sigmoid_derivative", "derive_nll_gradient"),
            letters(choose_logit_meaning="(b)", choose_boundary="D."),
        ),
        SOFTMAX: answered(
            "loops",
            untouched("derive_softmax_gradient", "explain_convex_regions"),
            letters(choose_shapes="D\t"),
        ),
        MSE: answered(
            "loops",
            untouched("derive_mse_from_gaussian", "explain_assumptions"),
            letters(choose_noise="a) Given its features"),
        ),
        GLM: answered(
            "loops",
            untouched("glm_table"),
            slip("choose_output_layer", 'return "a"', 'print("a")'),
        ),
    },
    # Random numbers:
    "s19_rosa": {
        LOGISTIC: answered("plain", slip("sgd_epoch", "rng.permutation(", "np.arange(")),
        SOFTMAX: answered("plain"),
        MSE: answered("loops"),
        GLM: answered("own"),
        MLP: answered(
            "plain",
            slip("init_parameters", "rng.uniform(-a_h, a_h", "rng.normal(0, a_h"),
            slip("init_parameters", "rng.uniform(-a_y, a_y", "rng.normal(0, a_y"),
        ),
        WRONG: answered(
            "plain", slip("repair_1", "X, ", "X + np.random.normal(0, 0.01, X.shape), ")
        ),
    },
    # Whose array is it?
    "s20_samir": {
        LOGISTIC: answered("plain", slip("sgd_epoch", "w = w - ", "w -= ")),
        SOFTMAX: answered(
            "plain",
            slip("softmax", "powers = np.exp(Z - Z", "Z -= Z"),
            slip("softmax", "True))\n", "True)\n    powers = np.exp(Z)\n"),
        ),
        MSE: answered(
            "plain", slip("mse", "return np.mean((y - t) ** 2)", "y -= t\n    return np.mean(y**2)")
        ),
        GLM: answered(
            "plain",
            slip(
                "glm_gradient",
                "return X.T @ (Y - T) / len(X)",
                "X /= len(X)\n    return X.T @ (Y - T)",
            ),
        ),
        MLP: answered("plain"),
        WRONG: answered("plain", slip("repair_1", "return X, 30.0", "X *= 16\n    return X, 1")),
        REGULAR: answered(
            "plain",
            slip(
                "l2_step",
                "W_h = W_h - learning_rate * (G_h + l2 * W_h)\n"
                "    W_y = W_y - learning_rate * (G_y + l2 * W_y)",
                "W_h *= 1 - learning_rate * l2\n    W_y *= 1 - learning_rate * l2\n"
                "    W_h, W_y = W_h - learning_rate * G_h, W_y - learning_rate * G_y",
            ),
        ),
    },
    # What is wrong early is used later, where the grader lends what is right:
    "s21_tereza": {
        LOGISTIC: answered("plain", untouched("sigmoid")),
        SOFTMAX: answered(
            "plain",
            slip("log_softmax", "return shifted - ", "shifted - "),
            slip("one_hot", "np.arange(K)", "np.arange(1, K + 1)"),
        ),
        MSE: answered(
            "plain",
            untouched("gaussian_nll"),
            slip(
                "derive_mse_from_gaussian",
                "        -(log(p_0) + log(p_1)) / 2,\n"
                "        (t_0 - y_0) ** 2 / (4 * v) + (t_1 - y_1) ** 2 / (4 * v) + log(sqrt(2 * pi * v)),\n",
                "",
            ),
        ),
        GLM: answered(
            "plain",
            slip("sigmoid_as_softmax", "[z, np.zeros_like(z)]", "[np.zeros_like(z), z]"),
            letters(choose_index="A"),
        ),
        MLP: answered(
            "plain",
            slip(
                "forward",
                "return hidden, softmax(hidden @ W_y + b_y)",
                "return softmax(hidden @ W_y + b_y), hidden",
            ),
        ),
        WRONG: answered("plain", slip("repair_2", ", 1.0", "")),
        REGULAR: answered(
            "plain",
            untouched("regularized_loss"),
            slip(
                "early_stopping",
                "            break\n    return best + 1",
                "            return best + 1",
            ),
        ),
    },
}
