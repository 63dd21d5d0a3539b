"""Mistakes in ReLU, tanh and their slopes as runnable code; those of the list carry their number."""

import numpy as np
from correct_activations import RELU as RIGHT_RELU
from correct_activations import RELU_DERIVATIVE as RIGHT_SLOPE

_relu, _slope = RIGHT_RELU["maximum"], RIGHT_SLOPE["compared"]


def _sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def _masked_in_place(z):
    z[z < 0] = 0
    return z


def _maximum_in_place(z):
    return np.maximum(z, 0, out=z)


def _times_mask_in_place(z):
    z *= z > 0
    return z


def _by_rows(function):
    return lambda z: np.array([function(v) for v in z])


def _shaped(right):
    """Mistakes in the shape, the type or the place of right values."""
    return {
        "flattened": lambda z: right(z).ravel(),
        "transposed": lambda z: np.asarray(right(z)).T,
        "squeezed": lambda z: np.squeeze(right(z)),
        "sum": lambda z: np.sum(right(z)),
        "largest": lambda z: np.max(right(z)),
        "list": lambda z: np.asarray(right(z)).tolist(),
        "text": lambda z: str(right(z)),
        "vectors only": _by_rows(lambda v: float(right(v))),
        "normalized": lambda z: right(z) / np.linalg.norm(right(z)),
        "no return": lambda z: None,
        "argument": lambda z: z,
        "zeros": lambda z: np.zeros(np.shape(z)),
        "ones": lambda z: np.ones(np.shape(z)),
    }


RELU = _shaped(_relu) | {
    "M29 absolute value": np.abs,
    "minimum": lambda z: np.minimum(0.0, z),
    "sign": lambda z: -np.maximum(0.0, z),
    "other side": lambda z: np.maximum(0.0, -z),
    "slope": _slope,
    "slope times one": lambda z: (np.asarray(z) > 0) * 1.0,
    "leaky": lambda z: np.where(z > 0, z, 0.01 * z),
    "leaky a little": lambda z: np.where(z > 0, z, 1e-6 * z),
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    "softplus": lambda z: np.logaddexp(0, z),
    "sharp softplus": lambda z: np.logaddexp(0, 100 * z) / 100,
    "swish": lambda z: z * _sigmoid(z),
    "identity": lambda z: np.array(z, dtype=float),
    "square": lambda z: np.maximum(0.0, z) ** 2,
    "doubled": lambda z: z + np.abs(z),
    "relu6": lambda z: np.clip(z, 0.0, 6.0),
    "cut off at 100": lambda z: np.clip(z, 0.0, 100.0),
    "cut off at 1000": lambda z: np.clip(z, 0.0, 1000.0),
    "threshold one": lambda z: np.where(z > 1, z, 0.0),
    "threshold 1/2": lambda z: np.where(z > 0.5, z, 0.0),
    "one more": lambda z: np.maximum(1.0, z),
    "shifted": lambda z: np.maximum(0.0, z - 0.1),
    "tiny instead of zero": lambda z: np.maximum(1e-6, z),
    "NaN instead of zero": lambda z: np.where(z > 0, z, np.nan),
    "overflow": lambda z: np.log(np.exp(np.maximum(z, 0.0))),
    "max of all": lambda z: np.full(np.shape(z), np.maximum(0.0, np.max(z))),
    "removed": lambda z: np.asarray(z)[np.asarray(z) > 0],
    "comparison of all": lambda z: z if np.all(np.asarray(z) > 0) else 0.0 * z,
    "comparison of any": lambda z: 1.0 * z if np.any(np.asarray(z) > 0) else 0.0 * z,
    "Python's max": lambda z: max(0.0, z),
    "whole numbers": lambda z: np.maximum(np.asarray(z).astype(int), 0).astype(float),
    "rounded": lambda z: np.round(np.maximum(0.0, z), 3),
    "float32": lambda z: np.maximum(0.0, z).astype(np.float32),
    "masked in place": _masked_in_place,
    "maximum in place": _maximum_in_place,
    "times mask in place": _times_mask_in_place,
    "tanh": np.tanh,
    "sigmoid": _sigmoid,
}


def _ones_in_place(z):
    z[z > 0] = 1
    z[z <= 0] = 0
    return z


def _relu_first_in_place(z):
    np.maximum(z, 0, out=z)
    return _slope(z)


RELU_DERIVATIVE = _shaped(_slope) | {
    "M31 not negative": lambda z: (np.asarray(z) >= 0).astype(float),
    "M31 after relu": lambda z: (np.maximum(z, 0) >= 0).astype(float),
    "M32 relu itself": _relu,
    "M33 slope of the sigmoid": lambda z: _sigmoid(z) * (1 - _sigmoid(z)),
    "sigmoid": _sigmoid,
    "slope of tanh": lambda z: 1 - np.tanh(z) ** 2,
    "half at the kink": lambda z: np.heaviside(z, 0.5),
    "one at the kink": lambda z: np.heaviside(z, 1.0),
    "NaN at the kink": lambda z: np.maximum(z, 0.0) / z,
    "divided by itself": lambda z: np.where(np.asarray(z) > 0, np.maximum(z, 0) / z, 0 * z / z),
    "other side": lambda z: (np.asarray(z) < 0).astype(float),
    "off units": lambda z: (np.asarray(z) <= 0).astype(float),
    "sign": lambda z: np.sign(np.asarray(z, dtype=float)),
    "absolute sign": lambda z: np.abs(np.sign(np.asarray(z, dtype=float))),
    "minus one": lambda z: np.where(np.asarray(z) > 0, 1.0, -1.0),
    "leaky": lambda z: np.where(np.asarray(z) > 0, 1.0, 0.01),
    "threshold one": lambda z: (np.asarray(z) > 1).astype(float),
    "threshold 1/2": lambda z: (np.asarray(z) > 0.5).astype(float),
    "threshold 1e-8": lambda z: (np.asarray(z) > 1e-8).astype(float),
    "threshold −1e-8": lambda z: (np.asarray(z) > -1e-8).astype(float),
    "difference": lambda z: (np.maximum(z + 1e-5, 0) - np.maximum(z - 1e-5, 0)) / 2e-5,
    "one-sided difference": lambda z: (np.maximum(z + 1e-7, 0) - np.maximum(z, 0)) / 1e-7,
    "np.gradient": lambda z: np.gradient(np.maximum(z, 0.0), axis=0),
    "whole numbers": lambda z: (np.asarray(z).astype(int) > 0).astype(float),
    "indices": lambda z: np.flatnonzero(np.asarray(z) > 0),
    "comparison of all": lambda z: float(np.all(np.asarray(z) > 0)),
    "comparison of any": lambda z: float(np.any(np.asarray(z) > 0)),
    "positive in place": _ones_in_place,
    "relu in place": _relu_first_in_place,
    "two for large": lambda z: 1.0 * (np.asarray(z) > 0) + (np.asarray(z) > 3),
    "softened": lambda z: 1 / (1 + np.exp(-100 * np.clip(z, -5, 5))),
}


ACTIVATIONS = {
    "relu": RELU,
    "relu_derivative": RELU_DERIVATIVE,
}
