"""Mistakes in ReLU, tanh and their slopes as runnable code; those of the list carry their number."""

import math

import numpy as np
from correct_activations import RELU as RIGHT_RELU
from correct_activations import RELU_DERIVATIVE as RIGHT_SLOPE

_relu, _slope = RIGHT_RELU["maximum"], RIGHT_SLOPE["compared"]


def _sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def _masked_in_place(z):
    if np.ndim(z):
        z[z < 0] = 0
        return z
    return max(z, 0.0)


def _maximum_in_place(z):
    return np.maximum(z, 0, out=z) if np.ndim(z) else max(z, 0.0)


def _times_mask_in_place(z):
    if not np.ndim(z):
        return max(z, 0.0)
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
        "numbers become vectors": lambda z: right(np.atleast_1d(z)),
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
    "cut off at 1e6": lambda z: np.clip(z, 0.0, 1e6),
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
    "dtype kept": lambda z: np.maximum(0, z),
    "dtype kept by zeros_like": lambda z: np.where(np.asarray(z) > 0, z, np.zeros_like(z)),
    "masked in place": _masked_in_place,
    "maximum in place": _maximum_in_place,
    "times mask in place": _times_mask_in_place,
    "tanh": np.tanh,
    "sigmoid": _sigmoid,
}


def _ones_in_place(z):
    if not np.ndim(z):
        return float(z > 0)
    z[z > 0] = 1
    z[z <= 0] = 0
    return z


def _relu_first_in_place(z):
    if np.ndim(z):
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
    "integers": lambda z: (np.asarray(z) > 0).astype(int),
    "booleans": lambda z: np.asarray(z) > 0,
    "indices": lambda z: np.flatnonzero(np.asarray(z) > 0),
    "comparison of all": lambda z: float(np.all(np.asarray(z) > 0)),
    "comparison of any": lambda z: float(np.any(np.asarray(z) > 0)),
    "positive in place": _ones_in_place,
    "relu in place": _relu_first_in_place,
    "two for large": lambda z: 1.0 * (np.asarray(z) > 0) + (np.asarray(z) > 3),
    "softened": lambda z: 1 / (1 + np.exp(-100 * np.clip(z, -5, 5))),
}


def _negated_in_place(z):
    if np.ndim(z):
        z *= -1
        return -np.tanh(z)
    return np.tanh(z)


def _clipped_in_place(z):
    if np.ndim(z):
        np.clip(z, -300, 300, out=z)
    return np.sinh(np.clip(z, -300, 300)) / np.cosh(np.clip(z, -300, 300))


def _tanh_in_place(z):
    return np.tanh(z, out=z) if np.ndim(z) and z.dtype.kind == "f" else np.tanh(z)


def _as_integers(function):
    def fill(z):
        out = np.zeros_like(z)
        for index in np.ndindex(np.shape(z)):
            out[index] = function(z[index])
        return out

    return fill


TANH = _shaped(np.tanh) | {
    "sigmoid": _sigmoid,
    "2σ(z) − 1": lambda z: 2 * _sigmoid(z) - 1,
    "σ(2z) − 1": lambda z: _sigmoid(2 * z) - 1,
    "2σ(2z)": lambda z: 2 * _sigmoid(2 * z),
    "2σ(2z) + 1": lambda z: 2 * _sigmoid(2 * z) + 1,
    "σ(2z)": lambda z: _sigmoid(2 * z),
    "4σ(2z) − 2": lambda z: 4 * _sigmoid(2 * z) - 2,
    "2(σ(2z) − 1)": lambda z: 2 * (_sigmoid(2 * z) - 1),
    "σ(z) − 1/2": lambda z: _sigmoid(z) - 0.5,
    "sign": lambda z: -np.tanh(z),
    "absolute value": lambda z: np.abs(np.tanh(z)),
    "half scale": lambda z: np.tanh(z / 2),
    "double scale": lambda z: np.tanh(2 * z),
    "tan": np.tan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "arctan": np.arctan,
    "arctan scaled": lambda z: 2 / np.pi * np.arctan(np.pi / 2 * z),
    "coth": lambda z: 1 / np.tanh(z),
    "sinh over cosh": lambda z: np.sinh(z) / np.cosh(z),
    "quotient of exponentials": lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)),
    "exp of 2z": lambda z: (np.exp(2.0 * z) - 1) / (np.exp(2.0 * z) + 1),
    "exp of −2z": lambda z: (1 - np.exp(-2.0 * z)) / (1 + np.exp(-2.0 * z)),
    "brackets": lambda z: np.exp(z) - np.exp(-z) / (np.exp(z) + np.exp(-z)),
    "minus below": lambda z: (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z)),
    "exp of z": lambda z: (np.exp(z) - 1) / (np.exp(z) + 1),
    "slope": lambda z: 1 - np.tanh(z) ** 2,
    "hard": lambda z: np.clip(z, -1.0, 1.0),
    "softsign": lambda z: z / (1 + np.abs(z)),
    "step": lambda z: np.sign(np.asarray(z, dtype=float)),
    "positive side only": lambda z: np.maximum(np.tanh(z), 0),
    "cut off at 3": lambda z: np.tanh(np.clip(z, -3, 3)),
    "cut off at 9": lambda z: np.tanh(np.clip(z, -9, 9)),
    "kept off −1 and 1": lambda z: np.clip(np.tanh(z), -1 + 1e-7, 1 - 1e-7),
    "LeCun's": lambda z: 1.7159 * np.tanh(2 / 3 * z),
    "series": lambda z: z - z**3 / 3 + 2 * z**5 / 15,
    "rounded": lambda z: np.round(np.tanh(z), 4),
    "float32": lambda z: np.tanh(z).astype(np.float32),
    "result stored as integers": _as_integers(math.tanh),
    "math.tanh": math.tanh,
    "negated in place": _negated_in_place,
    "clipped in place": _clipped_in_place,
    "in place": _tanh_in_place,
}


def _doubled_in_place(z):
    if np.ndim(z) and z.dtype.kind == "f":
        z *= 2
        return 1 - np.tanh(z / 2) ** 2
    return 1 - np.tanh(z) ** 2


def _clipped_slope_in_place(z):
    if np.ndim(z):
        np.clip(z, -300, 300, out=z)
    return 1 - np.tanh(z) ** 2


def _slope_of_tanh(z):
    return 1 - np.tanh(z) ** 2


TANH_DERIVATIVE = _shaped(_slope_of_tanh) | {
    "takes tanh(z)": lambda z: 1 - np.asarray(z, dtype=float) ** 2,
    "square forgotten": lambda z: 1 - np.tanh(z),
    "square of the difference": lambda z: (1 - np.tanh(z)) ** 2,
    "tanh of the square": lambda z: 1 - np.tanh(z**2),
    "plus": lambda z: 1 + np.tanh(z) ** 2,
    "sign": lambda z: np.tanh(z) ** 2 - 1,
    "square": lambda z: np.tanh(z) ** 2,
    "tanh": np.tanh,
    "slope of the sigmoid": lambda z: _sigmoid(z) * (1 - _sigmoid(z)),
    "habit of the sigmoid": lambda z: np.tanh(z) * (1 - np.tanh(z)),
    "4σ′(z)": lambda z: 4 * _sigmoid(z) * (1 - _sigmoid(z)),
    "σ′(2z)": lambda z: _sigmoid(2 * z) * (1 - _sigmoid(2 * z)),
    "2σ′(2z)": lambda z: 2 * _sigmoid(2 * z) * (1 - _sigmoid(2 * z)),
    "doubled": lambda z: 2 * _slope_of_tanh(z),
    "halved": lambda z: _slope_of_tanh(z) / 2,
    "applied twice": lambda z: 1 - np.tanh(np.tanh(z)) ** 2,
    "cosh": lambda z: 1 / np.cosh(z),
    "cosh squared": lambda z: np.cosh(np.clip(z, -300, 300)) ** 2,
    "inner derivative": lambda z: 2 * z * _slope_of_tanh(z),
    "second derivative": lambda z: -2 * np.tanh(z) * _slope_of_tanh(z),
    "relu": _slope,
    "positive side only": lambda z: np.where(np.asarray(z) >= 0, _slope_of_tanh(z), 0),
    "quotient of exponentials": lambda z: (
        1 - ((np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))) ** 2
    ),
    "4e^2z": lambda z: 4 * np.exp(2.0 * z) / (np.exp(2.0 * z) + 1) ** 2,
    "sinh over cosh": lambda z: 1 - (np.sinh(z) / np.cosh(z)) ** 2,
    "one-sided difference": lambda z: (np.tanh(z + 1e-6) - np.tanh(z)) / 1e-6,
    "wide difference": lambda z: (np.tanh(z + 1e-3) - np.tanh(z - 1e-3)) / 2e-3,
    "np.gradient": lambda z: np.gradient(np.tanh(z), axis=0),
    "result stored as integers": _as_integers(_slope_of_tanh),
    "matrix product": lambda z: 1 - np.tanh(z) @ np.tanh(z),
    "cut off at 3": lambda z: _slope_of_tanh(np.clip(z, -3, 3)),
    "never flat": lambda z: np.maximum(_slope_of_tanh(z), 1e-6),
    "float32": lambda z: _slope_of_tanh(z).astype(np.float32),
    "rounded": lambda z: np.round(_slope_of_tanh(z), 4),
    "math.tanh": lambda z: 1 - math.tanh(z) ** 2,
    "doubled in place": _doubled_in_place,
    "clipped in place": _clipped_slope_in_place,
}

ACTIVATIONS = {
    "relu": RELU,
    "relu_derivative": RELU_DERIVATIVE,
    "tanh": TANH,
    "tanh_derivative": TANH_DERIVATIVE,
}
