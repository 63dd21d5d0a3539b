"""Studies that measure the tests themselves and write their tables to docs/; `make study` runs them whole.

The students on whom hidden tests are tried stand in tests/hidden_tests; studies and tests share them.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "hidden_tests"))
