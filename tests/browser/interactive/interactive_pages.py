"""Write the pages that the browser tests open, and the numbers that they must find there.

The numbers come from the reference and from SciPy, for the sliders' places after certain keys.
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy import special

from glm2mlp import interactive
from glm2mlp.interactive.datasets import line_examples, plane_datasets, yes_or_no_examples
from solutions import features, linear_regression, logistic_regression, multilayer_perceptron
from solutions.multilayer_perceptron import Parameters

FIGURES = (
    interactive.sigmoid_curve,
    interactive.softmax_bars,
    interactive.normal_variance,
    interactive.convex_segment,
    interactive.network_trainer,
)
THEMES = {
    "light": "color: #222832; background: #ffffff",
    "dark": "color: #ced6dd; background: #14181e; color-scheme: dark",
}


def write_pages(folder: Path) -> None:
    """Write a page with each figure twice for each theme, and `expected.json`."""
    once = "\n".join(figure()._repr_html_() for figure in FIGURES)
    for theme, style in THEMES.items():
        page = (
            '<!doctype html><html lang="en"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>Figures</title><style>body {{ {style}; font-family: sans-serif;"
            " max-width: 47rem; margin: auto; padding: 0 0.75rem }</style>"
            f'<body><main><h1>Figures</h1><section aria-label="first">{once}</section>'
            f'<section aria-label="second">{once}</section></main></body></html>'
        )
        (folder / f"{theme}.html").write_text(page, "utf-8")
    expected = {
        "sigmoid": sigmoid_numbers(w=1.5, b=-0.3),
        "softmax": softmax_numbers(temperature=10**-0.3, shift=2.0),
        "normal": normal_numbers(variance=10**0.5, w=0.0),
        "trainer": {
            how: trainer_numbers(how, rate)
            for how, rate in (("lecture", 0.1), ("zero", 0.1), ("large", 3.0))
        },
    }
    (folder / "expected.json").write_text(json.dumps(expected), "utf-8")


def sigmoid_numbers(w: float, b: float) -> dict[str, float]:
    """Compute what the sigmoid's figure says."""
    x, t = yes_or_no_examples()
    X = features.add_bias(np.array(x)[:, np.newaxis])
    loss = logistic_regression.nll(np.array([w, b]), X, np.array(t))
    return {"boundary": -b / w, "slope": w / 4, "nll": loss}


def softmax_numbers(temperature: float, shift: float) -> dict[str, float]:
    """Compute what the softmax's figure says."""
    p = special.softmax(np.array([2.0, 1, 0, -1]) / temperature + shift)
    return {f"p{i}": value for i, value in enumerate(p)}


def normal_numbers(variance: float, w: float) -> dict[str, float]:
    """Compute what the figure of σ² says."""
    x, t = (np.array(values) for values in line_examples())
    y = w * x + 0.5
    return {
        "best": np.linalg.lstsq(x[:, np.newaxis], t - 0.5, rcond=None)[0][0],
        "nll": linear_regression.gaussian_nll(y, t, variance),
        "mse": linear_regression.mse(y, t),
    }


def trainer_numbers(how: str, rate: float) -> dict[str, float]:
    """Train the reference on the ring as the page does: 8 ReLUs, batches of 10, seed 1, 3 epochs."""
    data = plane_datasets()["ring"]
    X, t = np.array(data["X"]), np.array(data["t"])
    rng = PageNumbers(seed=1)
    factor = {"zero": 0, "lecture": 1, "large": 10}[how]
    parameters = Parameters(
        rng.matrix(2, 8, factor / np.sqrt(2)), np.zeros(8), rng.matrix(8, 2, factor / np.sqrt(8)), np.zeros(2)
    )  # fmt: skip
    parameters = multilayer_perceptron.train(
        parameters, X, t, epochs=3, batch_size=10, learning_rate=rate, rng=rng
    )
    hidden, _ = multilayer_perceptron.forward(parameters, X)
    return {
        "epoch": 3,
        "loss": multilayer_perceptron.nll(parameters, X, t),
        "accuracy": 100 * np.mean(multilayer_perceptron.predict(parameters, X) == t),
        "dead": 100 * np.mean(np.all(hidden == 0, axis=0)),
        "count": 2 * 8 + 8 + 8 * 2 + 2,
    }


class PageNumbers:
    """The page's random numbers: mulberry32, and Fisher and Yates."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def random(self) -> float:
        """Draw from [0, 1)."""
        self.state = (self.state + 0x6D2B79F5) % 2**32
        z = self.state
        z = ((z ^ z >> 15) * (z | 1)) % 2**32
        z ^= (z + (z ^ z >> 7) * (z | 61)) % 2**32
        return (z ^ z >> 14) / 2**32

    def matrix(self, rows: int, columns: int, reach: float) -> np.ndarray:
        """Draw weights from U[−reach, reach], row by row."""
        return np.array(
            [[reach * (2 * self.random() - 1) for _ in range(columns)] for _ in range(rows)]
        )

    def permutation(self, N: int) -> np.ndarray:
        """Draw an order of N examples."""
        order = np.arange(N)
        for i in range(N - 1, 0, -1):
            j = int(self.random() * (i + 1))
            order[[i, j]] = order[[j, i]]
        return order


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
