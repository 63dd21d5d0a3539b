"""What measures is scripts in a folder of their own; they import each other from there."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
