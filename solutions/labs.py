# ruff: noqa: T201 (to print is what the labs are for)
"""The course's labs, run with the reference: `python -m solutions.labs TASK FLAGS`.

In each of them the data and their split take the seed itself. One RandomState of that seed draws
first the weights, from U[−0.1, 0.1], and then the batches.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_digits, make_classification
from sklearn.model_selection import train_test_split

from solutions import logistic_regression, multilayer_perceptron, softmax_regression
from solutions.features import add_bias
from solutions.multilayer_perceptron import Parameters


class Data(NamedTuple):
    """Training and test examples, in scikit-learn's order."""

    X_train: np.ndarray
    X_test: np.ndarray
    t_train: np.ndarray
    t_test: np.ndarray


def logistic_regression_sgd(args: argparse.Namespace) -> None:
    """Train logistic regression on random points of two classes in the plane."""
    rng = np.random.RandomState(args.seed)
    X, t = make_classification(
        n_samples=args.data_size,
        n_features=2,
        n_informative=2,
        n_redundant=0,
        random_state=args.seed,
    )
    data = split(add_bias(X), t, args)
    w = rng.uniform(-0.1, 0.1, size=3)
    w = train_linear(logistic_regression, w, data, args, rng)
    print("Learned weights", numbers(w))


def softmax_classification_sgd(args: argparse.Namespace) -> None:
    """Train softmax regression on images of digits."""
    rng = np.random.RandomState(args.seed)
    X, t = load_digits(n_class=args.classes, return_X_y=True)
    data = split(add_bias(X), t, args)
    W = rng.uniform(-0.1, 0.1, size=(data.X_train.shape[1], args.classes))
    W = train_linear(softmax_regression, W, data, args, rng)
    print("Learned weights:")
    for column in W.T:
        print(" ", numbers(column[:10]), "...")


def mlp_classification_sgd(args: argparse.Namespace) -> None:
    """Train a multilayer perceptron on images of digits."""
    rng = np.random.RandomState(args.seed)
    X, t = load_digits(n_class=args.classes, return_X_y=True)
    data = split(X, t, args)
    parameters = Parameters(
        W_h=rng.uniform(-0.1, 0.1, size=(X.shape[1], args.hidden_layer)),
        b_h=np.zeros(args.hidden_layer),
        W_y=rng.uniform(-0.1, 0.1, size=(args.hidden_layer, args.classes)),
        b_y=np.zeros(args.classes),
    )

    def on_epoch(epoch: int, parameters: Parameters) -> None:
        train = accuracy(multilayer_perceptron, parameters, data.X_train, data.t_train)
        test = accuracy(multilayer_perceptron, parameters, data.X_test, data.t_test)
        print(f"After epoch {epoch}: train acc {train:.1f}%, test acc {test:.1f}%")

    parameters = multilayer_perceptron.train(
        parameters,
        data.X_train,
        data.t_train,
        epochs=args.epochs,
        batch_size=args.batch_size,
        learning_rate=args.learning_rate,
        rng=rng,
        on_epoch=on_epoch,
    )
    W_h, b_h, W_y, b_y = parameters
    print("Learned parameters:")
    for parameter in (W_h, W_y, b_h, b_y):
        print(" ", numbers(parameter.ravel()[:12]), "...")


def split(X: np.ndarray, t: np.ndarray, args: argparse.Namespace) -> Data:
    """Set the test examples apart."""
    try:
        return Data(*train_test_split(X, t, test_size=args.test_size, random_state=args.seed))
    except ValueError as error:
        raise argparse.ArgumentError(None, f"argument --test_size: {error}") from error


def train_linear(
    model: ModuleType,
    weights: np.ndarray,
    data: Data,
    args: argparse.Namespace,
    rng: np.random.RandomState,
) -> np.ndarray:
    """Train logistic or softmax regression, telling loss and accuracy after each epoch."""

    def on_epoch(epoch: int, weights: np.ndarray) -> None:
        train_loss = model.nll(weights, data.X_train, data.t_train)
        train = accuracy(model, weights, data.X_train, data.t_train)
        test_loss = model.nll(weights, data.X_test, data.t_test)
        test = accuracy(model, weights, data.X_test, data.t_test)
        print(
            f"After epoch {epoch}: train loss {train_loss:.4f} acc {train:.1f}%, "
            f"test loss {test_loss:.4f} acc {test:.1f}%"
        )

    trained: np.ndarray = model.train(
        weights,
        data.X_train,
        data.t_train,
        epochs=args.epochs,
        batch_size=args.batch_size,
        learning_rate=args.learning_rate,
        rng=rng,
        on_epoch=on_epoch,
    )
    return trained


def accuracy(
    model: ModuleType, parameters: np.ndarray | Parameters, X: np.ndarray, t: np.ndarray
) -> float:
    """Compute the percentage of examples whose class the model predicts."""
    return float(100 * np.mean(model.predict(parameters, X) == t))


def numbers(values: Iterable[float]) -> str:
    """Write the values with two decimals, a space between them."""
    return " ".join(f"{value:.2f}" for value in values)


def integers(least: int, most: int = 2**32 - 1) -> Callable[[str], int]:
    """Make a reader of integers from `least` to `most`."""

    def integer(text: str) -> int:
        if not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text} is not between {least} and {most}")
        return int(text)

    return integer


def count_or_share(text: str) -> int | float:
    """Read an integer as a number of examples, a fraction as their share."""
    return int(text) if text.isdigit() else float(text)


def argument_parser() -> argparse.ArgumentParser:
    """Describe each task with the flags that it uses, and the labs' own defaults."""
    parser = argparse.ArgumentParser(
        prog="python -m solutions.labs",
        description="Run one of the course's labs with the reference; print what the lab prints.",
        epilog="TASK --help tells the flags of a task and their defaults.",
    )
    tasks = parser.add_subparsers(metavar="TASK", dest="task", required=True)
    flags: dict[str, tuple[Callable[[str], float], str]] = {
        "batch_size": (integers(1), "examples in a minibatch"),
        "classes": (integers(1, 10), "digits to tell apart: 0 up to this number, without it"),
        "data_size": (integers(1), "examples to generate, for training and test together"),
        "epochs": (integers(0), "passes through the training data"),
        "hidden_layer": (integers(1), "units of the hidden layer"),
        "learning_rate": (float, "step along the gradient"),
        "seed": (integers(0), "seed of data, weights and batches"),
        "test_size": (
            count_or_share,
            "test examples: an integer counts them, a fraction is a share",
        ),
    }
    digits = {"batch_size": 10, "classes": 10, "epochs": 10, "learning_rate": 0.01}
    defaults = {
        logistic_regression_sgd: {
            "batch_size": 10,
            "data_size": 100,
            "epochs": 50,
            "learning_rate": 0.01,
            "seed": 42,
            "test_size": 0.5,
        },
        softmax_classification_sgd: digits | {"seed": 244, "test_size": 797},
        mlp_classification_sgd: digits | {"hidden_layer": 50, "seed": 42, "test_size": 797},
    }
    for run, task_defaults in defaults.items():
        task = tasks.add_parser(
            run.__name__,
            help=run.__doc__,
            description=run.__doc__,
            formatter_class=argparse.ArgumentDefaultsHelpFormatter,
        )
        for flag, default in task_defaults.items():
            read, meaning = flags[flag]
            task.add_argument(f"--{flag}", type=read, default=default, help=meaning)
        task.set_defaults(run=run)
    return parser


def main(argv: Sequence[str] | None = None) -> None:
    """Run the task that the arguments name."""
    parser = argument_parser()
    args = parser.parse_args(argv)
    try:
        args.run(args)
    except argparse.ArgumentError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
