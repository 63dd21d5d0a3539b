"""Run the interactive figures' mathematics in Node."""

import json
import shutil
import subprocess
from importlib.resources import files

import numpy as np
import pytest

STATIC = files("glm2mlp.interactive") / "static"
MATHEMATICS = "\n".join((STATIC / name).read_text("utf-8") for name in ("mlp.js", "curves.js"))

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")


def node(expression, **values):
    """Return what a JavaScript expression is worth, in which `values` may be used by their names."""
    program = (
        f"{MATHEMATICS}\n"
        f"const {{{', '.join(values)}}} = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n"
        f"console.log(JSON.stringify({expression}));"
    )
    run = subprocess.run(
        ["node", "-e", program],
        input=json.dumps(values, default=_plain),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


def _plain(value):
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(type(value))
