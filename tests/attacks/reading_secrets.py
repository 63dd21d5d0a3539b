"""Looking for what only the grader may have: tests, expected values, the reference, keys, other students."""

from functools import partial

from attack import Attack, first

# What stands in hidden tests, in the reference's file or in a course directory.
MARKS = '("hidden", "misconceptions", "BEGIN SOLUTION", "course.key", "gradebook.db")'
# What the neighbours leave in their memory and in their scratch.
NEIGHBOUR = "a-neighbours-own-marmalade"


def looking(tries: str, body: str, *cells: str) -> Attack:
    """`body` puts what it learns into `found`."""
    return partial(Attack, "reading secrets")(
        tries, cells, first(f"found = []\n{body}\ntell(found)"), looks=True
    )


ATTACKS = (
    looking(
        "locals of every frame below hold an expected value",
        "frame = sys._getframe()\n"
        "while frame:\n"
        "    found += [n for n in frame.f_locals if n in ('expected', 'reference', 'right', 'seed_key')]\n"
        "    frame = frame.f_back",
    ),
    looking(
        "some object that the garbage collector knows is a hidden test",
        "for o in gc.get_objects():\n"
        "    name = getattr(o, '__module__', '')\n"
        "    if isinstance(name, str) and name.startswith(('solutions', 'hidden', '_course', '_pytest')):\n"
        "        found.append(name)",
    ),
    looking(
        "a module of the grader was imported before the fork",
        "found += [n for n in sys.modules if n.startswith(('solutions', 'hidden', '_course', "
        "'autograder.grading', 'autograder.misconceptions', 'autograder.report', '_pytest', 'nbgrader'))]",
    ),
    looking(
        "the reference can be imported",
        "for n in ('solutions', 'solutions.softmax_regression', 'hidden', '_course_glm2mlp.hidden', "
        "'autograder.misconceptions', 'autograder.grading.keys'):\n"
        "    try: found.append(importlib.import_module(n))\n    except ImportError: pass",
    ),
    looking(
        "a file below a folder of libraries is a hidden test or the reference",
        "for top in sys.path:\n    for folder, _, files in os.walk(top or '.'):\n"
        "        for f in files:\n"
        "            if f in ('softmax_regression.py', 'test_softmax.py', 'labs.py'):\n"
        "                path = os.path.join(folder, f)\n"
        "                if 'def softmax(' in open(path).read(): found.append(path)",
    ),
    looking(
        "course.key or a gradebook lies somewhere",
        "for folder, _, files in os.walk('/'):\n"
        "    if folder.startswith(('/proc', '/sys')): continue\n"
        "    found += [f for f in files if f in ('course.key', 'gradebook.db') or f.endswith('.ipynb')]",
    ),
    looking(
        "the environment tells a key, a token or a home",
        "words = ('KEY', 'TOKEN', 'SECRET', 'PASSWORD', 'COURSE', 'PYTEST')\n"
        "found += [k for k in os.environ if any(w in k.upper() for w in words)]",
    ),
    looking(
        "the C library's environment tells more",
        "environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), 'environ')\n"
        "i = 0\nwhile environ[i]:\n"
        "    if b'KEY=' in environ[i] or b'TOKEN' in environ[i]: found.append(environ[i])\n    i += 1",
    ),
    looking(
        "/proc shows the grader's command line, environment or memory",
        "for pid in ['self', '1', str(os.getppid()), *map(str, range(2, 40))]:\n"
        "    for name in ('environ', 'cmdline', 'maps', 'mem', 'fd/3'):\n"
        "        try: found.append(open(f'/proc/{pid}/{name}', 'rb').read(99))\n        except OSError: pass",
    ),
    looking(
        "an inherited descriptor leads to a file or a folder",
        "for fd in range(3, 64):\n    try: mode = os.fstat(fd).st_mode\n"
        "    except OSError: continue\n"
        "    if stat.S_ISREG(mode) or stat.S_ISDIR(mode): found.append(fd)",
    ),
    looking(
        "the arguments of this process name a path of the grader",
        f"found += [a for a in sys.orig_argv if any(m in a for m in {MARKS})]",
    ),
    looking(
        "the scratch of an earlier student is still there",
        "for folder, _, files in os.walk('/tmp'):\n"
        "    found += [f for f in files if 'marmalade' in f]",
    ),
    looking(
        "fresh pages hold an earlier student's memory",
        # What it looks for must not lie in its own memory, nor in its source: so all bytes are raised by 1.
        "raised = bytes((byte + 1) % 256 for byte in range(256))\n"
        "for size in (1 << 12, 1 << 16, 1 << 20, 1 << 24):\n"
        "    block = np.empty(size, np.uint8).tobytes().translate(raised)\n"
        f"    if {bytes(byte + 1 for byte in NEIGHBOUR.encode())!r} in block: found.append(size)",
    ),
    looking(
        "an earlier student's names are still in the notebook",
        "found += [n for n in vars(sys.modules['__main__']) if 'marmalade' in n]",
    ),
    looking(
        "shared memory of somebody",
        "for place in ('/dev/shm', '/run', '/var/tmp', '/dev/mqueue'):\n"
        "    try: found += os.listdir(place)\n    except OSError: pass",
    ),
    looking(
        "memory of the zygote by its number",
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "buffer = ctypes.create_string_buffer(64)\n"
        "class V(ctypes.Structure): _fields_ = [('b', ctypes.c_void_p), ('n', ctypes.c_size_t)]\n"
        "here = V(ctypes.addressof(buffer), 64)\nthere = V(id(np), 64)\n"
        "if libc.process_vm_readv(os.getppid(), ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0:\n"
        "    found.append(buffer.raw)",
    ),
    looking(
        "the source of what runs here names a hidden test",
        "for name in list(sys.modules):\n"
        "    if name.startswith('autograder'):\n"
        "        try: text = inspect.getsource(sys.modules[name])\n"
        "        except (OSError, TypeError): continue\n"
        "        if 'assert_close(student' in text: found.append(name)",
    ),
    looking(
        "files of an installed distribution are listed with those of the grader",
        "for d in distributions():\n"
        "    if 'autograder' in (d.metadata['Name'] or ''): found.append(d.metadata['Name'])",
    ),
    looking(
        "whether files of the host exist, and how large they are",
        "for path in ('/etc/passwd', '/etc/hostname', '/var/log', '/var/lib', '/home'):\n"
        "    try: found.append((path, os.stat(path).st_size))\n    except OSError: pass",
    ),
    looking("the machine's name", "found += [n for n in [os.uname().nodename] if n != 'sandbox']"),
)
