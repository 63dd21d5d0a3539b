"""ReLU, tanh and their slopes as different students write them: every one of these is right."""

import numpy as np


def _entry_by_entry(function):
    def loop(z):
        out = np.array(z, dtype=float)
        for index in np.ndindex(out.shape):
            out[index] = function(out[index])
        return out

    return loop


def _masked(z):
    out = np.array(z, dtype=float)
    out[out < 0] = 0.0
    return out


def _clipped_in_its_own_array(z):
    out = np.array(z, dtype=float)
    return np.clip(out, 0, None, out=out)


RELU = {
    "maximum": lambda z: np.maximum(0.0, z),
    "float": lambda z: np.maximum(0, z, dtype=float),
    "masked": _masked,
    "where": lambda z: np.where(np.asarray(z) > 0, z, 0.0),
    "where not negative": lambda z: np.where(np.asarray(z) >= 0, z, 0.0),
    "times mask": lambda z: np.asarray(z, dtype=float) * (np.asarray(z) > 0),
    "half the sum": lambda z: (z + np.abs(z)) / 2,
    "clip": lambda z: np.clip(z, 0.0, None),
    "own array": _clipped_in_its_own_array,
    "fmax": lambda z: np.fmax(z, 0.0),
    "loop": _entry_by_entry(lambda z: max(0.0, z)),
    "vectorize": np.vectorize(lambda z: max(z, 0), otypes=[float]),
    "largest of two": lambda z: np.max([np.zeros(np.shape(z)), z], axis=0),
    "long double": lambda z: np.maximum(np.asarray(z, dtype=np.longdouble), 0),
    "heaviside": lambda z: z * np.heaviside(z, 0.5),
    "minus the negative part": lambda z: z - np.minimum(z, 0.0),
    "like the argument": lambda z: np.where(z > 0, z, np.zeros_like(z)),
}

RELU_DERIVATIVE = {
    "compared": lambda z: (np.asarray(z) > 0).astype(float),
    "greater": lambda z: np.greater(z, 0) * 1.0,
    "where": lambda z: np.where(np.asarray(z) > 0, 1.0, 0.0),
    "where not": lambda z: np.where(np.asarray(z) <= 0, 0.0, 1.0),
    "heaviside": lambda z: np.heaviside(z, 0.0),
    "sign of relu": lambda z: np.sign(np.maximum(z, 0.0)),
    "clipped sign": lambda z: np.maximum(np.sign(np.asarray(z, dtype=float)), 0),
    "half": lambda z: (np.sign(z) + 1) // 2.0 * (np.asarray(z) != 0),
    "loop": _entry_by_entry(lambda z: 1.0 if z > 0 else 0.0),
    "vectorize": np.vectorize(lambda z: float(z > 0), otypes=[float]),
    "float32": lambda z: (np.asarray(z) > 0).astype(np.float32),
    "zeros filled": lambda z: np.where(np.maximum(z, 0) != 0, np.ones(np.shape(z)), 0.0),
    "integers": lambda z: (z > 0).astype(int),
    "booleans": lambda z: z > 0,
}


ACTIVATIONS = {
    "relu": RELU,
    "relu_derivative": RELU_DERIVATIVE,
}

# Right but for one promise of the docstring: exactly these tests fail.
NEARLY = {
    "relu_derivative": {
        "one at the kink": (
            lambda z: np.where(np.asarray(z) >= 0, 1.0, 0.0),
            {"test_at_the_kink"},
        ),
    },
}
