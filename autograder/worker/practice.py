"""What the zygote does over and over before it forks: the work of a worker, on a notebook of its own.

Python rewrites a function's code in memory while it learns what the function is called with. What was
learned before the fork is shared by all workers; otherwise each learns it anew, and copies the pages that it
writes to.
"""

import linecache
import socket
from typing import Any

import numpy as np

from autograder.worker import wire
from autograder.worker.worker import Worker

ROUNDS = 20  # Python has learned after some ten
FILE = "<practice>"
# Clustering, which no assignment asks for, in the manner of NumPy and SymPy that they teach.
CELLS = (
    """
from typing import NamedTuple
import numpy as np
import sympy as sp

class Clusters(NamedTuple):
    centres: np.ndarray
    sizes: np.ndarray
""",
    """
def distances(X, centres):
    differences = X[:, np.newaxis, :] - centres
    return np.sqrt(np.sum(differences ** 2, axis=2))

def nearest(X, clusters):
    D = distances(X, clusters.centres)
    D = D - D.min(axis=1, keepdims=True)
    return np.argmin(D / np.maximum(D.max(axis=1, keepdims=True), 1e-9), axis=1)

def weights(X, clusters):
    W = np.exp(-distances(X, clusters.centres))
    return np.log(W + 1) * np.abs(W.mean(axis=0) - 0.5)
""",
    """
def move(X, clusters, *, rate, rng):
    chosen = nearest(X, clusters)
    centres, sizes = clusters.centres.copy(), np.zeros(len(clusters.sizes))
    for i in rng.permutation(len(X)):
        k = chosen[i]
        sizes[k] += 1
        centres[k] -= rate * (centres[k] - X[i])
    member = np.eye(len(sizes))[chosen]
    means = member.T @ X / np.maximum(sizes, 1)[:, np.newaxis]
    return Clusters(np.where(np.isfinite(means), means, centres), sizes)
""",
    """
def slope():
    x, c = sp.symbols("x c", real=True)
    d = (x - c) ** 2 * sp.exp(-x) / (1 + sp.log(c))
    return [sp.Derivative(d, x), sp.diff(d, x), -c * sp.exp(-x) + sp.Rational(1, 2) * x**2]
""",
)


def practise() -> None:
    """Run the notebook and call its functions; nothing of it stays.

    Raises RuntimeError if something of it fails.
    """
    grader, channel = socket.socketpair()
    with grader, channel:
        worker = Worker(channel)
        names = worker.notebook.namespace
        before = dict(names)
        for _ in range(ROUNDS):
            _ask(worker, grader, _cells())
            _ask(worker, grader, _calls(names["Clusters"]))
        names.clear()
        names.update(before)
        linecache.cache.pop(FILE)


def _ask(worker: Worker, grader: socket.socket, requests: list[dict[str, Any]]) -> None:
    """Let requests cross as they do later, and the replies back."""
    numbered = [{"id": n, **each} for n, each in enumerate(requests)]
    grader.sendall(wire.framed(*wire.dumps(*numbered)))
    worker.serve_one()
    for reply in wire.loads(*wire.read_frame(grader.recv)):
        if "problem" in reply:
            raise RuntimeError(f"the notebook of practice fails: {reply}")


def _cells() -> list[dict[str, Any]]:
    first, *others = CELLS
    cell = {"do": "cell", "name": FILE.strip("<>")}
    answers = [{**cell, "mode": "answer", "source": source} for source in others]
    return [{**cell, "mode": "given", "source": first}, *answers]


def _calls(clusters: Any) -> list[dict[str, Any]]:
    rng = np.random.default_rng(0)
    X, C = rng.normal(size=(8, 3)), clusters(rng.normal(size=(2, 3)), np.zeros(2, dtype=int))
    step = {"rate": 0.1, "rng": wire.Rng("Generator", 1)}
    asked = [
        ("nearest", (X, C), {}),
        ("weights", (X, C), {}),
        ("move", (X, C), step),
        ("slope", (), {}),
    ]
    return [
        {"do": "call", "function": name, "args": args, "kwargs": kwargs, "after": name == "move"}
        for name, args, kwargs in asked
    ]
