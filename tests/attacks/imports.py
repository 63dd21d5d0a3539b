"""Letting a library, or a part of the student package, answer in the student's place."""

from functools import partial

from attack import Attack

importing = partial(Attack, "imports")

ATTACKS = (
    importing(
        "a library that the checks have brought",
        ("import sys\nkept = {}",),
        {
            "softmax": "def softmax(Z):\n    kept.update(sys.modules)\n    return Z",
            "log_softmax": "def log_softmax(Z):\n"
            "    return (kept | sys.modules)['scipy.special'].log_softmax(Z, -1)",
        },
    ),
    importing(
        "the checks are asked for the expected values",
        (
            "import sys\ntry:\n    from glm2mlp.checks import softmax_regression as checks\n"
            "except ImportError:\n    checks = None",
        ),
        {"softmax": "def softmax(Z):\n    return checks.PROBABILITIES"},
    ),
    importing(
        "a library answers in its place",
        (),
        {
            "softmax": "def softmax(Z):\n    import scipy.special\n    return scipy.special.softmax(Z, -1)"
        },
    ),
)
