"""The students of tests/hidden_tests serve here too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "hidden_tests"))
