"""Changes of a derivation's line that leave it true: proven by hand, the proof beside them.

Reason → derivation → changes, as `str(Mutant)` names them: line, kind, what became what, and which
of several equal changes of the line.
"""

# ruff: noqa: E501

EQUIVALENT = {
    "(−a)² = a², and tanh(−z) = −tanh(z) stands in a square": {
        "generalized_linear_models.NORMAL_ACTIVATION": [
            r"1: sign: z → -z",
        ],
        "logistic_regression.SIGMOID_DERIVATIVE": [
            r"3: sign: 1 + e^{-z} → -(1 + e^{-z}) (2)",
        ],
        "mse_as_mle.MSE_AS_MLE": [
            r"4: sign: \sigma → -\sigma",
            r"4: sign: t_{n} - y(\boldsymbol{x}_{n}; \boldsymbol{w}) → -\bigl(t_{n} - y(\boldsymbol{x}_{n}; \boldsymbol{w})\bigr)",
            r"4: sign: \sigma → -\sigma (2)",
            r"5: sign: \sigma → -\sigma",
            r"5: sign: t_{n} - y(\boldsymbol{x}_{n}; \boldsymbol{w}) → -\bigl(t_{n} - y(\boldsymbol{x}_{n}; \boldsymbol{w})\bigr)",
            r"5: sign: \sigma → -\sigma (2)",
            r"6: sign: t_{n} - y(\boldsymbol{x}_{n}; \boldsymbol{w}) → -\bigl(t_{n} - y(\boldsymbol{x}_{n}; \boldsymbol{w})\bigr)",
            r"6: sign: \sigma → -\sigma",
            r"6: move: sign: \sigma → -\sigma",
            r"7: sign: y(\boldsymbol{x}_{n}; \boldsymbol{w}) - t_{n} → -\bigl(y(\boldsymbol{x}_{n}; \boldsymbol{w}) - t_{n}\bigr)",
            r"7: move: sign: \sigma → -\sigma",
        ],
        "mse_as_mle.MSE_GRADIENT": [
            r"1: sign: y(\boldsymbol{x}_{n}; \boldsymbol{w}) - t_{n} → -\bigl(y(\boldsymbol{x}_{n}; \boldsymbol{w}) - t_{n}\bigr)",
        ],
        "mse_as_mle.NLL_GRADIENT": [
            r"2: sign: y(\boldsymbol{x}; \boldsymbol{w}) - t → -\bigl(y(\boldsymbol{x}; \boldsymbol{w}) - t\bigr)",
            r"2: sign: \sigma → -\sigma",
            r"2: sign: \sigma → -\sigma (2)",
            r"3: sign: \sigma → -\sigma",
            r"4: sign: \sigma → -\sigma",
        ],
        "multilayer_perceptron.TANH_DERIVATIVE": [
            r"5: sign: \tanh(z) → -\tanh(z)",
            r"5: sign: z → -z",
        ],
        "softmax_regression.L2_GRADIENT": [
            r"1: sign: w_{m,j} → -w_{m,j}",
            r"1: sign: \boldsymbol{W} → -\boldsymbol{W} (2)",
            r"2: sign: w_{m,j} → -w_{m,j}",
            r"2: sign: \boldsymbol{W} → -\boldsymbol{W} (2)",
        ],
    },
    "A constant has the derivative 0, whatever it is": {
        "logistic_regression.SIGMOID_DERIVATIVE": [
            r"3: drop a term: 1 + e^{-z} → e^{-z}",
            r"3: sign: 1 → -1",
            r"3: factor 2: 1 → 2 \cdot 1",
            r"3: number + 1: 1 → 2",
            r"3: number − 1: 1 → 0",
        ],
        "logistic_regression.GRADIENT": [
            r"4: sign: 1 → -1 (5)",
            r"4: factor 2: 1 → 2 \cdot 1 (5)",
            r"4: number + 1: 1 → 2 (5)",
            r"4: number − 1: 1 → 0 (5)",
        ],
    },
    "log 2a = log 2 + log a, and log 2 has the derivative 0": {
        "generalized_linear_models.BERNOULLI_ACTIVATION": [
            r"1: factor 2: 1 + e^{z} → 2 (1 + e^{z})",
        ],
        "generalized_linear_models.CATEGORICAL_ACTIVATION": [
            r"1: factor 2: \sum_{j} e^{z_{j}} → 2 \sum_{j} e^{z_{j}}",
            r"1: factor 2: e^{z_{j}} → 2 e^{z_{j}}",
        ],
        "logistic_regression.BATCH_GRADIENT": [
            r"1: factor 2: p(t_{n} \mid \boldsymbol{x}_{n}; \boldsymbol{w}) → 2 p(t_{n} \mid \boldsymbol{x}_{n}; \boldsymbol{w})",
            r"2: factor 2: p(t_{n} \mid \boldsymbol{x}_{n}; \boldsymbol{w}) → 2 p(t_{n} \mid \boldsymbol{x}_{n}; \boldsymbol{w})",
        ],
        "softmax_regression.GRADIENT_BY_LOGITS_VECTOR": [
            r"1: factor 2: \operatorname{softmax}(\boldsymbol{z})_{t} → 2 \operatorname{softmax}(\boldsymbol{z})_{t}",
            r"1: factor 2: \operatorname{softmax}(\boldsymbol{z}) → 2 \operatorname{softmax}(\boldsymbol{z})",
            r"2: factor 2: \operatorname{softmax}(\boldsymbol{z})_{t} → 2 \operatorname{softmax}(\boldsymbol{z})_{t}",
            r"2: factor 2: \operatorname{softmax}(\boldsymbol{z}) → 2 \operatorname{softmax}(\boldsymbol{z})",
        ],
        "softmax_regression.GRADIENT": [
            r"1: factor 2: p(C_{t} \mid \boldsymbol{x}; \boldsymbol{W}) → 2 p(C_{t} \mid \boldsymbol{x}; \boldsymbol{W})",
            r"2: factor 2: \operatorname{softmax}(\bar{\boldsymbol{y}})_{t} → 2 \operatorname{softmax}(\bar{\boldsymbol{y}})_{t}",
            r"2: factor 2: \operatorname{softmax}(\bar{\boldsymbol{y}}) → 2 \operatorname{softmax}(\bar{\boldsymbol{y}})",
            r"3: factor 2: \operatorname{softmax}(\bar{\boldsymbol{y}})_{t} → 2 \operatorname{softmax}(\bar{\boldsymbol{y}})_{t}",
            r"3: factor 2: \operatorname{softmax}(\bar{\boldsymbol{y}}) → 2 \operatorname{softmax}(\bar{\boldsymbol{y}})",
        ],
        "softmax_regression.BATCH_GRADIENT": [
            r"1: factor 2: p(C_{t_{n}} \mid \boldsymbol{x}_{n}; \boldsymbol{W}) → 2 p(C_{t_{n}} \mid \boldsymbol{x}_{n}; \boldsymbol{W})",
            r"2: factor 2: p(C_{t_{n}} \mid \boldsymbol{x}_{n}; \boldsymbol{W}) → 2 p(C_{t_{n}} \mid \boldsymbol{x}_{n}; \boldsymbol{W})",
        ],
    },
    "Of the sum one term is not 0, and in it the two indices are equal": {
        "softmax_regression.GRADIENT": [
            r"3: index: j → k",
            r"4: index: j → k",
            r"4: index: j → k (2)",
        ],
        "softmax_regression.L2_GRADIENT": [
            r"3: index: m → d",
            r"3: index: j → k",
        ],
        "training.OUTPUT_WEIGHTS": [
            r"2: index: i → k",
            r"3: index: i → k",
            r"3: index: i → k (2)",
        ],
        "training.OUTPUT_BIAS": [
            r"2: index: i → k",
            r"3: index: i → k",
        ],
        "training.HIDDEN_WEIGHTS": [
            r"2: index: m → j",
            r"3: index: m → j",
        ],
        "training.HIDDEN_BIAS": [
            r"2: index: m → j",
            r"3: index: m → j",
        ],
    },
    "−0 and 2 · 0 are 0": {
        "softmax_regression.SIGMOID_AS_SOFTMAX": [
            r"1: sign: 0 → -0",
            r"1: factor 2: 0 → 2 \cdot 0",
            r"2: sign: 0 → -0",
            r"2: factor 2: 0 → 2 \cdot 0",
        ],
    },
    "σ([z, 0]) is σ of each entry, and its entry 0 is σ(z)": {
        "softmax_regression.SIGMOID_AS_SOFTMAX": [
            r"1: function: \operatorname{softmax}([z, 0]) → \sigma([z, 0])",
        ],
    },
    "softmax(z + c) is the same for every c, which is what is derived; e^c / e^c is 1": {
        "softmax_regression.SHIFT": [
            r"1: drop a term: \boldsymbol{z} + c → \boldsymbol{z}",
            r"1: + for −: \boldsymbol{z} + c → \boldsymbol{z} - c",
            r"1: sign: c → -c",
            r"1: factor 2: c → 2 c",
            r"4: drop a factor: \frac{e^{z_{k}}}{\sum_{j} e^{z_{j}}} \cdot \frac{e^{c}}{e^{c}} → \frac{e^{z_{k}}}{\sum_{j} e^{z_{j}}}",
        ],
    },
}
