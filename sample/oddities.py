"""Stories of honest students whose notebooks are odd, or came apart in the editor. Trusted side."""

from typing import Any

from sample.changes import added, copied, in_one_cell, kernel, without_ids, without_metadata
from sample.notebook import answers
from sample.submitted import Submitted, answered

# Not importable: if one of these were imported, the notebook would fail.
BESIDE = {
    "numpy.py": 'raise ImportError("my own little numpy, for practice")\n',
    "helpers.py": "def plot_sigmoid(sigmoid):\n    import seaborn\n",
}


def noisy(submitted: Submitted) -> None:
    """Warnings, prints, a copied answer, failing cells, z and t reused, an odd kernel, files beside."""
    notebook = submitted.notebook
    submitted.fill("plain", "noisy", kernel("conda-env-ml-2023-py", "python", "3.7.16"))
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
    draft = "def gradient(w, X, t):\n    return X.T @ sigmoid(X @ w - t)"
    copied("gradient", draft, after="prose_gradient")(notebook)
    submitted.save()
    for name, text in BESIDE.items():
        submitted.save(name, text)


def magical(submitted: Submitted) -> None:
    """Magics and shell lines, most of which fail here, and a cell that takes its time."""
    notebook = submitted.notebook
    submitted.fill("plain")
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
    submitted.fill("loops")
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
    notebook.reset("predict")
    moved = notebook.find("gradient")
    notebook.cells.remove(moved)
    notebook.cells.append(moved)
    submitted.save()


def _to_markdown(cell: dict[str, Any]) -> None:
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


untidy = answered(
    "plain",
    added("%config InlineBackend.figure_format = 'retina'\nimport seaborn as sns", after="imports"),
    # From here on exp, log, pi and sqrt are no symbols any more, of which the derivation is made.
    added("from math import *\n\nt = 3\nprint(exp(t), log(t), sqrt(t), pi)", after="minima"),
    added("raise KeyboardInterrupt  # took too long", after="test_mle_variance"),
    added("print(*range(100_000), sep='\\n')", after="ribbon"),
    added("get_ipython().kernel.do_shutdown(True)", after="check_all"),
)

greedy = answered(
    "plain",
    added("X_big = np.ones((100_000, 10_000))  # 8 GB, just to see", after="imports"),
    added("def deep(n):\n    return deep(n + 1)\n\n\ndeep(0)", after="test_glm_table"),
    added(
        "import IPython\n\nIPython.display.display(glm_table())\nglm_table()",
        after="test_glm_table",
    ),
    copied(
        "glm_gradient", "def glm_gradient(model, W, X, t):\n    ...", after="prose_glm_gradient"
    ),
)

talkative = answered(
    "own",
    kernel("xpython", "python", "3.9.18"),
    added(
        "from tqdm.notebook import tqdm\nfrom sklearn.datasets import load_iris", after="imports"
    ),
    added(
        "rng = np.random.default_rng()\n"
        "P = init_parameters(4, 5, 3, rng)\n"
        "X, t = rng.normal(size=(30, 4)), rng.integers(3, size=30)\n"
        "for epoch in range(100):\n"
        "    P = sgd_epoch(P, X, t, batch_size=7, learning_rate=0.1, rng=rng)\n"
        "    print(f'epoch {epoch}: loss {nll(P, X, t):.3f}', end='\\r')",
        after="predict",
    ),
    added("P.W_h  # a tuple now\n", after="predict"),
)

curious = answered(
    "plain",
    added(
        "for factor in (0.01, 0.1, 10, 100):\n"
        "    print(experiment(1, lambda X: (X, factor), seed))\n"
        "    print(experiment(3, lambda X: (X, factor), seed, epochs=5))",
        after="measured",
    ),
    added("import time\n\ntime.sleep(0.2)\nexperiment(2, repair_2)", after="test_repair_2"),
    added("X, t = 1, 2\ntrain_case(1, X, t)", after="test_repair_3"),
)


def renamed(submitted: Submitted) -> None:
    """Downloaded twice, and the second file was handed in."""
    submitted.fill("own")
    submitted.save(f"{submitted.assignment} (1).ipynb")


bare = answered("own", without_metadata)
older = answered("own", without_ids)
foreign = answered("plain", kernel("ir", "R", "4.3.1"))
gathered = answered(
    "own",
    in_one_cell(
        "mse",
        "gaussian_nll",
        "choose_noise",
        "derive_mse_from_gaussian",
        "choose_constants",
        "mle_variance",
    ),
)
twice = answered(
    "own", copied("repair_1", after="repair_1"), copied("choose_cause_3", after="check_all")
)


def forgotten_draft(submitted: Submitted) -> None:
    """An old draft of an answer stands at the end of the notebook, and is what counts there."""
    submitted.fill("loops")
    draft = "def mle_variance(y, t):\n    return np.var(y - t) / len(t)"
    submitted.notebook.add(draft, after="check_all")
    submitted.save()


def two_in_one(submitted: Submitted) -> None:
    """Two answers stand in the first one's cell; the second one's stub still stands below."""
    submitted.fill("loops")
    written = answers(submitted.assignment, "loops")
    submitted.notebook.answer("relu", written["relu"] + "\n\n\n" + written["relu_derivative"])
    submitted.notebook.reset("relu_derivative")
    submitted.save()
