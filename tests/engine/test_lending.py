"""What may be borrowed is bounded by the size of what comes of it."""

import numpy as np
import pytest
from engine_kit import SOFTMAX

from autograder.authoring import load_reference
from autograder.grading.lending import lender


def test_empty_arrays_with_long_sides_are_refused():
    # Their product is not empty: with longer sides it would be larger than any memory.
    lend = lender(load_reference(SOFTMAX), ("predict",))

    with pytest.raises(ValueError, match="large"):
        lend("predict", (np.ones((0, 1)), np.ones((10**6, 0))), {})
