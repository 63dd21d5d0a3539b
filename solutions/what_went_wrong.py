"""Three failing trainings, repaired: each function says what its case should be trained with (S30)."""

import numpy as np


def repair_1(X: np.ndarray) -> tuple[np.ndarray, float]:
    """Say with which features and with which learning rate case 1 should be trained (S30).

    X: pixels (N, 64), from 0 to 1.
    Result: two things.  First the features of these examples (N, any number of columns), each row made
    from its own example alone.  Second the factor by which the learning rate is multiplied, above 0.
    `return X, 1` would leave everything as it was.
    """
    return X, 30.0


def repair_2(X: np.ndarray) -> tuple[np.ndarray, float]:
    """Say with which features and with which learning rate case 2 should be trained (S30).

    X: widths of petals (N, 1), standardized: 0 is the mean width.
    Result: as in case 1, the features of these examples (N, any number of columns) and the factor.
    """
    # A straight line in the width cannot be high in the middle only; a parabola can.
    return np.hstack([X, X**2]), 1.0


def repair_3(X: np.ndarray) -> tuple[np.ndarray, float]:
    """Say with which features and with which learning rate case 3 should be trained (S30).

    X: pixels (N, 64), from 0 to 16.
    Result: as in case 1, the features of these examples (N, any number of columns) and the factor.
    """
    return X, 0.1
