"""What each student of the sample class did, as a function that does it. Trusted side.

A story fills in the notebook and says which files were handed in. Hostile stories are bounded and
harmless to a machine without a sandbox, too: nothing is deleted, nobody is signalled.
"""

import json
import random
from collections.abc import Callable
from typing import Any

from sample.notebook import Notebook

LOGISTIC = "logistic_regression"
SOFTMAX = "softmax_regression"


class Submitted:
    """What is handed in for one assignment: `files` by name, and symbolic `links`."""

    def __init__(self, assignment: str, rng: random.Random) -> None:
        self.name = f"{assignment}.ipynb"
        self.rng = rng
        self.notebook = Notebook(assignment, rng)
        self.files: dict[str, str] = {}
        self.links: dict[str, str] = {}

    def save(self) -> None:
        """Hand in the notebook as it is now."""
        self.files[self.name] = self.notebook.text()


Story = Callable[[Submitted], None]


def answered(*styles: str) -> Story:
    """Filled in the answers, and nothing else."""

    def story(submitted: Submitted) -> None:
        submitted.notebook.fill(*styles)
        submitted.save()

    return story


# Not importable: if one of these were imported, the notebook would fail.
BESIDE = {
    "numpy.py": 'raise ImportError("my own little numpy, for practice")\n',
    "helpers.py": "def plot_sigmoid(sigmoid):\n    import seaborn\n",
}


def noisy(submitted: Submitted) -> None:
    """Warnings, prints, a copied answer, failing cells, z and t reused, an odd kernel, files beside."""
    notebook = submitted.notebook
    notebook.fill("plain", "noisy")
    notebook.metadata["kernelspec"] = {
        "display_name": "Python [conda env:ml-2023]",
        "language": "python",
        "name": "conda-env-ml-2023-py",
    }
    notebook.metadata["language_info"] = {"name": "python", "version": "3.7.16"}
    notebook.add("import sys, warnings", after="imports")
    notebook.add("from helpers import plot_sigmoid\nplot_sigmoid(sigmoid)", after="test_sigmoid")
    notebook.add("plt.plot(np.linspace(-5, 5), sigmoid(np.linspace(-5, 5)))", after="curves")
    notebook.add("1 / 0  # what happens?", after="test_logit")
    notebook.add("def broken(:\n    pass", after="test_nll")
    # From here on z and t are no symbols any more, which the derivations above speak of.
    notebook.add(
        "z = np.linspace(-5, 5)\nfor t in (0, 1):\n    print((-t * z).max())",
        after="test_derive_nll_gradient",
    )
    notebook.add('name = input("Who are you? ")\nprint("Hello", name)', after="test_sgd_epoch")
    notebook.add('sys.exit("done for today")', after="check_all")
    # The first attempt at the gradient was copied, and the copy corrected: both have the same id.
    final = notebook.find("gradient")
    draft = "def gradient(w, X, t):\n    return X.T @ sigmoid(X @ w - t)"
    copied = notebook.add(draft, after="prose_gradient")
    copied["metadata"] = final["metadata"]
    submitted.save()
    submitted.files |= BESIDE


def magical(submitted: Submitted) -> None:
    """Magics and shell lines, most of which fail here, and a cell that takes its time."""
    notebook = submitted.notebook
    notebook.fill("plain")
    notebook.find("softmax")["source"] = "%%time\n" + notebook.find("softmax")["source"]
    notebook.find("nll")["source"] = notebook.find("nll")["source"] + "\n\n\nnll?"
    notebook.add("%matplotlib widget\n%load_ext autoreload\n%autoreload 2", after="imports")
    notebook.add("!pip install seaborn\n%pip install tqdm\nfiles = !ls -la\nfiles", after="imports")
    notebook.add("%%bash\nnvidia-smi", after="imports")
    notebook.add("%timeit -n 10 -r 3 softmax(np.ones((100, 10)))", after="test_softmax")
    notebook.add("%%no_such_magic\nsoftmax(np.ones(3))", after="test_log_softmax")
    notebook.add("import asyncio\nawait asyncio.sleep(0.1)", after="test_one_hot")
    notebook.add(
        "# slow, but it ends\n"
        "import time\n\n"
        "start = time.process_time()\n"
        "while time.process_time() - start < 2:\n"
        "    softmax(np.random.normal(size=(1000, 10)))",
        after="test_gradient",
    )
    notebook.add(
        "import matplotlib.pyplot as plt\n\n"
        "plt.imshow(softmax(np.random.normal(size=(20, 10))))\n"
        "plt.show()",
        after="test_predict",
        printed="<Figure size 640x480 with 1 Axes>",
    )
    submitted.save()


def dismantled(submitted: Submitted) -> None:
    """Cells lost, retyped, renamed, moved, and one answer in the wrong cell: fights with the editor."""
    notebook = submitted.notebook
    notebook.fill("loops")
    notebook.cells.remove(notebook.find("logit"))
    notebook.cells.remove(notebook.find("symbols"))
    _to_markdown(notebook.find("sigmoid_derivative"))
    # Cut and pasted into a new cell, the answer has lost its metadata.
    answer = notebook.find("nll")
    notebook.add(answer["source"], after="test_nll")
    notebook.cells.remove(answer)
    notebook.find("imports")["source"] = "import numpy as np\nimport pandas as pd"
    # The answer was typed below the stub, into the cell of the check.
    stub, test = notebook.find("predict"), notebook.find("test_predict")
    test["source"] = stub["source"] + "\n\n\n" + test["source"]
    fresh = Notebook(notebook.assignment, submitted.rng)
    stub["source"] = fresh.find("predict")["source"]
    moved = notebook.find("gradient")
    notebook.cells.remove(moved)
    notebook.cells.append(moved)
    submitted.save()


def _to_markdown(cell: dict[str, Any]) -> None:
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def old_format(submitted: Submitted) -> None:
    """Saved by a program that writes nbformat 3."""
    submitted.notebook.fill("loops")
    cells = [
        {"cell_type": "code", "input": cell["source"], "language": "python", "outputs": []}
        if cell["cell_type"] == "code"
        else {"cell_type": "markdown", "source": cell["source"]}
        for cell in submitted.notebook.cells
    ]
    content = {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    submitted.files[submitted.name] = json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def truncated(submitted: Submitted) -> None:
    """The upload broke off."""
    submitted.notebook.fill("own")
    text = submitted.notebook.text()
    submitted.files[submitted.name] = text[: len(text) * submitted.rng.randint(40, 80) // 100]


def misnamed(submitted: Submitted) -> None:
    """The browser made a text file of the notebook: there is no notebook."""
    submitted.notebook.fill("own")
    submitted.files[f"{submitted.name}.txt"] = submitted.notebook.text()


def other_assignment(submitted: Submitted) -> None:
    """The notebook of the other assignment, still blank, under this one's name."""
    submitted.notebook = Notebook(LOGISTIC, submitted.rng)
    submitted.save()


def linked(submitted: Submitted) -> None:
    """A link to a neighbour's notebook in place of an own one."""
    submitted.links[submitted.name] = f"../../s01_ada/{LOGISTIC}/{submitted.name}"


VANDALISM = {
    "leave the process at once": "os._exit(1)",
    "a flood of output": 'for _ in range(100):\n    print("x" * 1_000_000)',
    "processes, a bounded number": (
        "for _ in range(20):\n"
        "    try:\n"
        "        child = os.fork()\n"
        "    except OSError:\n"
        "        break\n"
        "    if child == 0:\n"
        "        os._exit(0)"
    ),
    "a full disk, within reason": (
        "for number in range(80):\n"
        '    with open(f"rubbish_{number}", "wb") as file:\n'
        "        file.write(bytes(1_000_000))"
    ),
    "all memory": "hoard = [np.zeros(1 << 30) for _ in range(8)]",
}


def vandal(submitted: Submitted) -> None:
    """Right answers; the cells between them attack the grader and the machine."""
    notebook = submitted.notebook
    notebook.fill("loops")
    for meant, source in reversed(VANDALISM.items()):
        notebook.add(f"# {meant}\nimport os\n\n{source}", after="imports")
    submitted.save()


def saboteur(submitted: Submitted) -> None:
    """Patches what tests might use, tells the grader that all is well, and attacks in each answer."""
    submitted.notebook.fill("mallory")
    submitted.notebook.add(
        "import builtins, os, socket, sys\n"
        "import numpy.testing\n\n"
        "numpy.testing.assert_allclose = lambda *args, **kwargs: None\n"
        "numpy.testing.assert_array_equal = lambda *args, **kwargs: None\n"
        "np.allclose = np.array_equal = lambda *args, **kwargs: True\n"
        "builtins.all = lambda items: True\n"
        "for descriptor in (1, 2):\n"
        '    os.write(descriptor, b"15 passed in 0.01s\\n")',
        after="imports",
    )
    submitted.save()


def impostor(submitted: Submitted) -> None:
    """Returns things that agree with everything, and looks for the reference and the tests."""
    submitted.notebook.fill("mallory")
    submitted.notebook.add(
        "import gc, importlib, os, stat, sys\n\n\n"
        "def find_reference():\n"
        '    for name in ("solutions", "autograder.hidden_tests"):\n'
        "        try:\n"
        f'            return importlib.import_module(f"{{name}}.{SOFTMAX}")\n'
        "        except ImportError:\n"
        "            pass\n"
        "    for folder in sys.path:\n"
        "        try:\n"
        f'            with open(os.path.join(folder, "solutions", "{SOFTMAX}.py")) as file:\n'
        '                exec(file.read(), found := {"__name__": "found"})\n'
        '                return type("Found", (), found)\n'
        "        except OSError:\n"
        "            pass\n"
        "    return None",
        after="imports",
    )
    submitted.save()


STORIES: dict[str, dict[str, Story]] = {
    "s01_ada": {LOGISTIC: answered("plain"), SOFTMAX: answered("plain")},
    "s02_ben": {LOGISTIC: answered("loops"), SOFTMAX: answered("loops")},
    "s03_chloe": {LOGISTIC: answered("own"), SOFTMAX: answered("own")},
    "s04_dana": {LOGISTIC: answered(), SOFTMAX: other_assignment},
    "s05_emil": {LOGISTIC: answered("emil"), SOFTMAX: answered()},
    "s06_fatma": {LOGISTIC: answered("plain", "fatma"), SOFTMAX: answered("plain", "fatma")},
    "s07_goran": {LOGISTIC: answered("plain", "goran"), SOFTMAX: answered("plain", "goran")},
    "s08_hana": {LOGISTIC: noisy, SOFTMAX: magical},
    "s09_ivan": {LOGISTIC: dismantled, SOFTMAX: old_format},
    "s10_jana": {LOGISTIC: truncated, SOFTMAX: misnamed},
    "s11_kofi": {LOGISTIC: linked, SOFTMAX: vandal},
    "s12_mallory": {LOGISTIC: saboteur, SOFTMAX: impostor},
}
HOSTILE = ("s11_kofi", "s12_mallory")
