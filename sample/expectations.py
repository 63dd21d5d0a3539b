"""Reads what the sample class has to earn, as it stands in `expected/`. Trusted side."""

import tomllib
from pathlib import Path
from typing import Any

from sample.submitted import ALL

FOLDER = Path(__file__).parent / "expected"

# By student and assignment.
TABLE: dict[str, dict[str, dict[str, Any]]] = {}
for _assignment in ALL:
    _rows = tomllib.loads((FOLDER / f"{_assignment}.toml").read_text(encoding="utf-8"))
    for _student, _row in _rows.items():
        TABLE.setdefault(_student, {})[_assignment] = _row
