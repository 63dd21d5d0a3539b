"""Libraries that few notebooks need: the zygote imports one for the first worker that needs it."""

from dataclasses import replace

import pytest
from engine_kit import LOGISTIC, ROOMY, Inside, before, solved

from autograder.sandbox.host import Sandbox, WorkerLostError
from autograder.worker.worker import LIBRARIES

LOADED = "sorted({name.partition('.')[0] for name in sys.modules} & {'matplotlib', 'scipy'})"
CHECKS = "sum(name.startswith('glm2mlp.checks') for name in sys.modules)"
BEGIN = {"do": "begin", "imports": ["numpy"], "seed": 1}


@pytest.fixture
def fresh():
    """A sandbox in which no worker has needed anything yet."""
    sandbox = Sandbox()
    sandbox.start()
    yield sandbox
    sandbox.stop()


def inside(sandbox, *libraries, memory=ROOMY.memory):
    worker = Inside(sandbox.spawn(replace(ROOMY, memory=memory), libraries))
    worker.ask(**BEGIN, libraries=list(libraries))
    return worker


def test_worker_finds_what_it_needs_and_not_what_an_earlier_one_needed(fresh):
    assert inside(fresh).value(LOADED, "import sys") == []
    assert inside(fresh, "matplotlib").value(LOADED, "import sys") == ["matplotlib"]
    assert inside(fresh, *LIBRARIES).value(LOADED, "import sys") == ["matplotlib", "scipy"]
    assert inside(fresh).value(LOADED, "import sys") == []


def test_checks_are_not_among_the_modules_before_they_run(fresh):
    worker = inside(fresh, *LIBRARIES)
    assert worker.value(CHECKS, "import sys") == 0

    said = worker.ask(do="check", assignment=LOGISTIC, exercise="sigmoid", given=[])
    assert "passed" not in {check["status"] for check in said["checks"]}
    assert worker.value(CHECKS) > 0


def test_what_was_not_foreseen_a_worker_imports_itself(fresh):
    worker = inside(fresh)

    assert (
        worker.run("import importlib\nplt = importlib.import_module('mat' + 'plotlib.pyplot')")
        == {}
    )
    assert worker.run("plt.plot([1, 2])\nplt.savefig('figure.png')") == {}
    assert worker.value("plt.get_backend().lower()") == "agg"


def test_memory_of_a_library_is_not_taken_from_the_answers(fresh):
    """At the limit stands the process that was forked, with all that it had imported until then."""
    memory = 300 << 20
    for libraries in ((), ("matplotlib",), tuple(LIBRARIES), ()):
        worker = inside(fresh, *libraries, memory=memory)
        assert worker.value(f"np.ones({int(0.8 * memory)} // 8).size", "import numpy as np") > 0
        with pytest.raises(WorkerLostError, match="MemoryError"):
            worker.value(f"np.ones({int(1.2 * memory)} // 8).size")


def test_restarted_sandbox_imports_them_again(fresh):
    inside(fresh, "scipy")
    fresh.stop()

    assert inside(fresh, "scipy").value(LOADED, "import sys") == ["scipy"]


def test_answer_that_draws_is_graded_as_before(grade):
    plot = "import matplotlib.pyplot as plt\nplt.plot([1])\nfactor = 1"
    sigmoid = "def sigmoid(z):\n    return factor / (1 + np.exp(-z))"
    report = grade(before(solved(LOGISTIC, sigmoid=sigmoid), "sigmoid", plot))

    assert report.exercises["sigmoid"].points == report.exercises["sigmoid"].max_points
