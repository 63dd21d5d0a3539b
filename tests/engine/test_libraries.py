"""What computes an answer is not in the sandbox of a tested worker: neither in memory nor as a file."""

import ast
from dataclasses import replace

import numpy as np
import pytest
from engine_kit import LOGISTIC, ROOMY, Inside, before, solved
from thinning import slow, some

from autograder.authoring import load_release
from autograder.sandbox import jail
from autograder.sandbox.host import Sandbox, WorkerLostError
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

LOADED = "sorted({name.partition('.')[0] for name in sys.modules} & {'matplotlib', 'scipy'})"
BEGIN = {"do": "begin", "imports": ["numpy"], "seed": 1}
SCIPY, TRAININGS = f"{jail.SOME}/scipy/scipy", f"{jail.SOME}/trainings/glm2mlp/trainings.py"
GLM2MLP = f"{jail.SITE}/glm2mlp"


@pytest.fixture
def fresh():
    """A sandbox in which no worker has needed anything yet."""
    sandbox = Sandbox(course_files=COURSE.public_files)
    sandbox.start()
    yield sandbox
    sandbox.stop()


def inside(sandbox, *libraries, memory=ROOMY.memory):
    worker = Inside(sandbox.spawn(replace(ROOMY, memory=memory), libraries))
    worker.ask(**BEGIN)
    return worker


# What is asked must not be there, however it is looked for: each expression gives a function that
# computes it, if it can be had. `given` is a locked cell's namespace.

FROM_FILE = """
import importlib.util, sys
def from_file(path):
    spec = importlib.util.spec_from_file_location("found", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
"""
IN_MEMORY = """
import gc, types
gc.unfreeze()  # what the zygote imported
def in_memory(*modules, ufunc=None):
    for thing in gc.get_objects():
        if isinstance(thing, types.FunctionType) and str(thing.__module__).startswith(modules):
            return thing
        for part in thing.values() if type(thing) is dict else ():
            if type(part).__name__ == "ufunc" and part.__name__ == ufunc:
                return part
"""
WALK = f"""
import os, sys
FOLDERS = {{*sys.path, sys.base_prefix, "/usr", "/lib", "/", "{jail.SOME}"}}
def files(*parts):
    return [
        path for top in FOLDERS for folder, _, names in os.walk(top) for name in names
        if any(part in (path := os.path.join(folder, name)) for part in parts) and readable(path)
    ]
def readable(path):
    try:
        return open(path, "rb").read(1) is not None
    except OSError:
        return False
"""
UNGUARDED = """
import sys
def imported(name):
    sys.meta_path[:] = [each for each in sys.meta_path if type(each).__name__ != "ImportGate"]
    import builtins, importlib
    gate = builtins.__import__.__self__
    gate.refusal = lambda library: None
    gate.allowed = {"scipy", "glm2mlp", "sklearn", "matplotlib"}
    return importlib.import_module(name)
"""
SPELLINGS = {
    "import": "import scipy.special\nf = scipy.special.expit",
    "import of a part": "from glm2mlp.trainings import slopes as f",
    "import of the checks": "from glm2mlp.checks.logistic_regression import suite as f",
    "import of the lectures": "from glm2mlp.derivations import logistic_regression as f",
    "import of another library": "from sklearn.linear_model import LogisticRegression as f",
    "import of what draws": "from matplotlib.scale import LogisticTransform as f",
    "__import__": "f = __import__('scipy.special').special.expit",
    "import_module": "import importlib\nf = importlib.import_module('scipy.special').expit",
    "import_module of ours": "import importlib\nf = importlib.import_module('glm2mlp.trainings').slopes",
    "importlib.__import__": "import importlib\nf = importlib.__import__('scipy.special').special.expit",
    "_gcd_import": "import importlib._bootstrap as b\nf = b._gcd_import('glm2mlp.trainings').slopes",
    "exec": "exec('import scipy.special as f', names := {})\nf = names['f'].expit",
    "exec as a library": (
        "exec('import scipy.special as f', names := {'__name__': 'numpy'})\nf = names['f'].expit"
    ),
    "eval": "f = eval('__import__(\"scipy.special\")').special.expit",
    "sys.modules": "import sys\nf = sys.modules['scipy.special'].expit",
    "sys.modules, ours": "import sys\nf = sys.modules['glm2mlp.trainings'].slopes",
    "attribute of a library": "import sympy\nf = sympy.scipy.special.expit",
    "attribute of ours": "import sys\nf = sys.modules['glm2mlp'].trainings.slopes",
    "what SymPy needs": "import sys\nf = sys.modules['mpmath'].sigmoid",
    "what SymPy needs, its module": (
        "import importlib, sys\nm = importlib.reload(sys.modules['mpmath.functions.signals'])\nf = m.sigmoid"
    ),
    "what SymPy needs, its text": (
        "exec(open('/site/mpmath/functions/signals.py').read(), names := {})\nf = names.get('sigmoid')"
    ),
    "what SymPy needs, compiled": (
        "import glob\nf = [c for p in glob.glob('/site/mpmath/functions/__pycache__/signals.*') "
        "if (c := open(p, 'rb').read())]"
    ),
    "a distribution": "from sympy.stats import Logistic as f",
    "a distribution, its file": f"{FROM_FILE}f = from_file('/site/sympy/stats/crv_types.py').Logistic",
    "find_spec": (
        "import importlib.util as u\ns = u.find_spec('scipy.special')\n"
        "f = u.module_from_spec(s)\ns.loader.exec_module(f)\nf = f.expit"
    ),
    "spec_from_file_location": f"{FROM_FILE}f = from_file('{TRAININGS}').slopes",
    "SourceFileLoader": (
        "from importlib.machinery import SourceFileLoader\n"
        f"f = SourceFileLoader('found', '{GLM2MLP}/trainings.py').load_module().slopes"
    ),
    "a library from its file": f"{FROM_FILE}f = from_file('{SCIPY}/special/__init__.py').expit",
    "zipimport": f"import zipimport\nf = zipimport.zipimporter('{jail.SOME}/scipy')",
    "run_module": "import runpy\nf = runpy.run_module('glm2mlp.trainings')['slopes']",
    "run_path": f"import runpy\nf = runpy.run_path('{TRAININGS}')['slopes']",
    "pkgutil": "import pkgutil\nf = pkgutil.resolve_name('scipy.special:expit')",
    "the text of a file": (
        f"exec(open('{TRAININGS}').read(), names := {{'__name__': 'os'}})\nf = names['slopes']"
    ),
    "its source": (
        "import inspect, sys\n"
        "exec(inspect.getsource(sys.modules['glm2mlp.trainings']), names := {})\nf = names['slopes']"
    ),
    "sys.path": (
        f"import sys\nsys.path.insert(0, '{jail.SOME}/scipy')\nimport scipy.special as s\nf = s.expit"
    ),
    "the gate undone": f"{UNGUARDED}f = imported('scipy.special').expit",
    "the gate undone, ours": f"{UNGUARDED}f = imported('glm2mlp.trainings').slopes",
    "the import before the gate": (
        "import builtins\nf = builtins.__import__.__self__._import('glm2mlp.trainings').trainings.slopes"
    ),
    "a library's own builtins": (
        "import numpy\nf = numpy.__builtins__['__import__']('glm2mlp.trainings').trainings.slopes"
    ),
    "globals of a function": (
        "import numpy as np\n"
        "f = np.linalg.norm.__globals__['__builtins__']['__import__']('scipy.special').special.expit"
    ),
    "the memory": f"{IN_MEMORY}f = in_memory('scipy', 'glm2mlp.trainings', 'sklearn', ufunc='expit')",
    "the memory, checks": f"{IN_MEMORY}f = in_memory('glm2mlp.checks', 'glm2mlp.derivations')",
    "the frames": (
        "import sys\nframe = sys._getframe()\nwhile frame:\n"
        "    f = frame.f_globals.get('trainings') or frame.f_globals.get('special')\n"
        "    frame = None if f else frame.f_back"
    ),
    "the file system": (
        f"{WALK}f = files('/scipy/', '/sklearn/', '/matplotlib/', 'glm2mlp/trainings', 'glm2mlp/checks',"
        "'/derivations/', '/solutions/', 'glm2mlp/figures', '/hidden/', '/_course')"
    ),
}
# `f` may end undefined, as None or as an empty list.
FOUND = "bool(globals().get('f'))"


@pytest.fixture(scope="module")
def after_others():
    """A sandbox in which others were promised what may be promised, and a worker that was not."""
    sandbox = Sandbox(course_files=COURSE.public_files)
    for libraries in (("scipy",), ("trainings",), ("checks",)):
        inside(sandbox, *libraries)
    yield sandbox
    sandbox.stop()


@pytest.mark.parametrize("mode", some(["answer", "other"]))
@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_what_computes_an_answer_is_not_there(spelling, mode, after_others):
    worker = inside(after_others)
    worker.run(spelling, mode)

    assert worker.value(FOUND) is False


@pytest.mark.parametrize(
    ("spelling", "library"),
    [
        (SPELLINGS["__import__"], "scipy"),
        (SPELLINGS["sys.modules"], "scipy"),
        (SPELLINGS["the memory"], "scipy"),
        (SPELLINGS["the file system"], "scipy"),
        (SPELLINGS["the text of a file"], "trainings"),
        (SPELLINGS["sys.modules, ours"], "trainings"),
        (SPELLINGS["the memory, checks"], "checks"),
    ],
)
def test_a_worker_that_was_promised_it_finds_it(spelling, library, after_others):
    """The spellings are no accident: they find what is there."""
    worker = Inside(after_others.spawn(ROOMY, (library,)))
    worker.ask(do="begin", imports=["numpy", "scipy"], seed=1)
    worker.run(spelling)

    assert worker.value(FOUND) is True


def test_a_locked_cell_finds_what_it_imports_and_its_answers_see_no_more(after_others):
    worker = inside(after_others, "trainings")

    assert worker.run("from glm2mlp.trainings import train_case", "given") == {}
    assert worker.run("import glm2mlp.checks")["type"] == "ImportError"
    assert worker.value("os.listdir('/site/glm2mlp/derivation')", "import os") == ["trees.py"]


def test_the_sandbox_holds_what_assignments_list_and_locked_cells_import():
    listed = {name for each in ASSIGNMENTS.values() for name in each.imports}
    assert listed == {"numpy", *jail.LISTED}
    given = [c for name in ASSIGNMENTS for c in load_release(ASSIGNMENTS[name]).with_role("given")]
    imported = {
        node.module
        for one in given
        for node in ast.walk(ast.parse(one.source))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("glm2mlp")
    }
    assert imported == {"glm2mlp.trainings"}


def test_worker_finds_imported_what_it_was_promised_and_no_more(fresh):
    assert inside(fresh).value(LOADED, "import sys") == []
    assert inside(fresh, "scipy").value(LOADED, "import sys") == ["scipy"]
    assert inside(fresh).value(LOADED, "import sys") == []


def test_checks_run_in_a_sandbox_of_their_own(after_others):
    worker = inside(after_others, "checks")
    worker.run("def sigmoid(z):\n    return z")
    asked = {"do": "check", "assignment": LOGISTIC, "exercise": "sigmoid", "given": []}

    said = worker.ask(**asked)

    assert "failed" in {check["status"] for check in said["checks"]}
    assert inside(after_others).ask(**asked)["type"] == "ModuleNotFoundError"


def test_one_worker_lives_at_a_time_in_both_sandboxes(after_others):
    first = inside(after_others, "checks")
    second = inside(after_others)
    assert first.process._ended
    inside(after_others, "checks")
    assert second.process._ended


@slow
def test_stopped_sandbox_stops_the_one_for_checks(fresh):
    inside(fresh, "checks")
    second = fresh._for_checks
    fresh.stop()

    assert second._process is None


@slow
def test_memory_of_a_library_is_not_taken_from_the_answers(fresh):
    """At the limit stands the process that was forked, with all that it had imported until then."""
    memory = 300 << 20
    for libraries in ((), ("scipy",), ("checks",), ()):
        worker = inside(fresh, *libraries, memory=memory)
        assert worker.value(f"np.ones({int(0.8 * memory)} // 8).size", "import numpy as np") > 0
        with pytest.raises(WorkerLostError, match="MemoryError"):
            worker.value(f"np.ones({int(1.2 * memory)} // 8).size")


@slow
def test_restarted_sandbox_imports_them_again(fresh):
    inside(fresh, "scipy")
    fresh.stop()

    assert inside(fresh, "scipy").value(LOADED, "import sys") == ["scipy"]


@slow
def test_answer_that_draws_is_graded_as_before(grade):
    plot = "import matplotlib.pyplot as plt\nplt.plot([1])\nfactor = 1"
    sigmoid = "def sigmoid(z):\n    return factor / (1 + np.exp(-z))"
    report = grade(before(solved(LOGISTIC, sigmoid=sigmoid), "sigmoid", plot))

    assert report.exercises["sigmoid"].points == report.exercises["sigmoid"].max_points


def test_libraries_beside_one_that_is_missing_are_imported(after_others):
    worker = inside(after_others)
    worker.run("import numpy as np, matplotlib.pyplot as plt, math")

    assert worker.value("math.floor(np.pi)") == np.floor(np.pi)


def test_the_answer_of_the_review_earns_nothing(grade):
    """One line gave seven points of logistic regression: what trains in the lectures knows the answers."""
    trainings = "import importlib\nours = importlib.import_module('glm2mlp.trainings')\n"
    answers = {
        "sigmoid": f"{trainings}def sigmoid(z):\n"
        "    z = np.asarray(z, dtype=float)\n"
        "    ones = np.ones((1, 1)), np.zeros(1)\n"
        "    return ours.probabilities((ones,), z.reshape(-1, 1)).reshape(z.shape)",
        "nll": "def nll(w, X, t):\n    return ours.loss(((w[:, None], np.zeros(1)),), X, t)",
        "gradient": "def gradient(w, X, t):\n"
        "    return ours.slopes(((w[:, None], np.zeros(1)),), X, t)[0][0][:, 0]",
    }
    report = grade(solved(LOGISTIC, **answers))

    assert [report.exercises[name].points for name in answers] == [0, 0, 0]
