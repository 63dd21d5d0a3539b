"""Staying: changing what the next student, or the grader, will find."""

from functools import partial

from attack import Attack, first

staying = partial(Attack, "persistence", vandal=True)

# Harmless text, only added to: on a host where a layer is missing it may really be written.
WRITE = """
import os, sys
def written(*paths):
    found = []
    for path in paths:
        try:
            with open(path, "a") as file:
                file.write("# marmalade\\n")
            found.append(path)
        except (OSError, TypeError):
            pass
    return found
"""


def writing(tries: str, paths: str) -> Attack:
    """Writes where a later process would read, and tells what it could write."""
    answer = f"tell(written(*{paths}))"
    return Attack("persistence", tries, (WRITE,), first(answer), looks=True)


ATTACKS = (
    writing(
        "start-up files of Python",
        "[p + '/sitecustomize.py' for p in sys.path if p], *[p + '/marmalade.pth' for p in sys.path if p], "
        "sys.prefix + '/pyvenv.cfg', site.getusersitepackages() + '/usercustomize.py'",
    ),
    writing(
        "start-up files of IPython and shells",
        "[os.path.expanduser('~/' + p) for p in ('.ipython/profile_default/startup/00.py', '.bashrc', "
        "'.profile')], '/root/.bashrc', '/etc/profile'",
    ),
    writing(
        "modules, and compiled ones beside their sources",
        "[m.__dict__.get(a) for m in list(sys.modules.values()) if type(m) is type(sys) "
        "for a in ('__file__', '__cached__')]",
    ),
    writing(
        "settings and caches of Matplotlib, where a worker finds it",
        "[os.environ['MPLCONFIGDIR'] + '/matplotlibrc', os.environ['MPLCONFIGDIR'] + '/marmalade', "
        "os.path.expanduser('~/.config/matplotlib/matplotlibrc')]",
    ),
    writing(
        "folders that everybody may write to",
        "['/tmp/x', '/var/tmp/x', '/dev/shm/x', '/run/x', '/x']",
    ),
    staying(
        "modules of its own in its scratch",
        (
            "for name in ('numpy', 'json', 'sitecustomize', 'autograder'):\n"
            "    open(name + '.py', 'w').write('raise SystemExit')",
        ),
    ),
    staying(
        "a process that lives on",
        (
            "import os\nfor _ in range(3):\n    try:\n        if os.fork() == 0:\n            os.setsid()\n"
            "            import time; time.sleep(5); os._exit(0)\n    except OSError: pass",
        ),
    ),
    staying(
        "threads that live on",
        (
            "import threading, time\nfor _ in range(3):\n"
            "    try: threading.Thread(target=time.sleep, args=(5,)).start()\n    except RuntimeError: pass",
        ),
    ),
    staying(
        "deafness to every signal",
        (
            "import signal\nfor n in range(1, 65):\n    try: signal.signal(n, signal.SIG_IGN)\n"
            "    except (OSError, ValueError): pass",
        ),
    ),
    staying(
        "work at the exit",
        ("import atexit, os\natexit.register(lambda: open('/tmp/late', 'w').write('x'))",),
    ),
    staying(
        "shared memory",
        (
            "from multiprocessing import shared_memory\n"
            "shared_memory.SharedMemory('marmalade', create=True, size=4096)",
        ),
    ),
    staying(
        "semaphores and queues of the system",
        (
            "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.semget(0x4711, 1, 0o1666)\n"
            "libc.shmget(0x4711, 4096, 0o1666)\nlibc.msgget(0x4711, 0o1666)",
        ),
    ),
    staying(
        "names in the scratch that nobody can delete easily",
        ("for n in range(200):\n    open(f'-rf {n} \\n*', 'w').write('x')",),
    ),
    staying("a folder of its own choice", ("import os\nos.chdir('/')\nos.umask(0o777)",)),
    staying(
        "numpy's error state, print options and seed",
        (
            "np.seterr(all='raise')\nnp.set_printoptions(threshold=1)\nnp.random.seed(0)\n"
            "np.random.seed = lambda *_: None",
        ),
    ),
    staying(
        "functions of libraries that are shared by fork",
        (
            "import json, numpy.linalg\njson.dumps = json.loads = None\nnp.exp2 = np.linalg.norm = None",
        ),
    ),
    staying(
        "pages that are shared with the zygote",
        ("import ctypes\nx = 257 * 3\nctypes.memset(id(x) + 24, 0xff, 4)",),
    ),
    staying(
        "a higher limit for the next",
        (
            "import resource\nfor r in range(10):\n"
            "    try: resource.setrlimit(r, (-1, -1))\n    except (ValueError, OSError): pass",
        ),
    ),
    staying("the lowest priority for all", ("import os\ntry: os.nice(19)\nexcept OSError: pass",)),
    staying(
        "folders in folders of the scratch",
        ("import os\nos.makedirs('a/b/c')\nopen('a/b/c/d', 'w').close()",),
    ),
    staying(
        "a scratch that cannot be entered",
        ("import os\nopen('x', 'w').close()\nos.chmod('.', 0)",),
    ),
    staying(
        "a crash whose memory the host keeps",
        ("import os, time\ntime.sleep(1)\nos.abort()",),
        dumps=True,
    ),
)
