"""Results that look right without being right."""

from functools import partial

from attack import Attack, every_choice, everywhere, first
from engine_kit import FORGE

forging = partial(Attack, "forging results")

LIAR = """
class Liar{base}:
    __hash__ = None
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __lt__
    def __bool__(self): return True
    def __sub__(self, other): return 0
    __rsub__ = __sub__
    def __abs__(self): return 0.0
    def __getattr__(self, name):
        if name.startswith("__"): raise AttributeError(name)
        return lambda *a, **k: True
"""


def frame(tries: str, body: str) -> Attack:
    return forging(tries, (FORGE,), everywhere(body))


def lying(tries: str, base: str, make: str) -> Attack:
    return forging(tries, (LIAR.format(base=base),), everywhere(f"return {make}"))


ATTACKS = (
    forging(
        "comparisons of numpy always hold",
        (
            "import numpy as np, numpy.testing\n"
            "np.allclose = np.array_equal = np.isclose = lambda *a, **k: True\n"
            "np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None",
        ),
        everywhere("return np.zeros(3)"),
    ),
    forging(
        "builtins always agree",
        (
            "import builtins\nbuiltins.all = builtins.any = builtins.isinstance = lambda *a: True\n"
            "builtins.abs = builtins.max = builtins.sum = lambda *a, **k: 0",
        ),
        everywhere("return np.zeros(3)"),
    ),
    forging(
        "the dtype's own comparison is patched by ctypes",
        (
            "import ctypes, numpy as np\n"
            "np.ndarray_eq = ctypes.pythonapi\nnp.set_printoptions(threshold=1)",
        ),
        everywhere("return np.zeros(np.shape(args[0]))"),
    ),
    lying("an object that agrees with everything", "", "Liar()"),
    lying("a float that agrees with everything", "(float)", "Liar(0)"),
    lying("an int that agrees with everything", "(int)", "Liar(0)"),
    lying("a text that agrees with everything", "(str)", "Liar('A')"),
    lying("a list that agrees with everything", "(list)", "Liar([0])"),
    lying("a tuple that agrees with everything", "(tuple)", "Liar((0,))"),
    lying("a dict that agrees with everything", "(dict)", "Liar(a=0)"),
    lying(
        "an array that agrees with everything", "(np.ndarray)", "np.zeros(args[0].shape).view(Liar)"
    ),
    lying("an array of objects that agree", "", "np.array([Liar()] * 3, dtype=object)"),
    lying("a list of objects that agree", "", "[Liar(), Liar()]"),
    forging(
        "a text for each question that equals every letter",
        (LIAR.format(base="(str)"),),
        every_choice("Liar('Z')"),
    ),
    forging("all letters at once, in a text", answers=every_choice("'ABCDE'")),
    forging("all letters at once, in a list", answers=every_choice("['A', 'B', 'C', 'D', 'E']")),
    forging(
        "__array__ answers differently each time",
        (
            "class Fickle:\n    n = 0\n"
            "    def __array__(self, *a, **k):\n        Fickle.n += 1\n        return np.full(3, Fickle.n)\n",
        ),
        everywhere("return Fickle()"),
    ),
    forging(
        "__array_function__ and __array_ufunc__ answer for numpy",
        (
            "class Override:\n"
            "    def __array_function__(self, *a): return True\n"
            "    def __array_ufunc__(self, *a, **k): return True\n"
            "    shape, dtype, ndim, size = (4, 3), np.dtype(float), 2, 12\n",
        ),
        everywhere("return Override()"),
    ),
    forging(
        "a class that looks like an array, with a mean of its own",
        (
            "class Duck:\n    shape = (4, 3)\n    def mean(self): return 0\n    def std(self): return 1",
        ),
        everywhere("return Duck()"),
    ),
    forging(
        "NaN, which is neither right nor wrong", answers=everywhere("return np.full(3, np.nan)")
    ),
    forging(
        "NaN with every payload there is",
        answers=first(
            "bits = np.arange(np.size(args[0]), dtype=np.uint64) | np.uint64(0x7ff8 << 48)\n"
            "return bits.view(float).reshape(np.shape(args[0]))"
        ),
    ),
    forging("infinity", answers=everywhere("return np.full(3, np.inf)")),
    forging("complex numbers", answers=first("return np.zeros(np.shape(args[0]), complex)")),
    forging("times and durations", answers=everywhere("return np.zeros(3, 'M8[s]')")),
    forging("records", answers=everywhere("return np.zeros(3, 'f8,f8')")),
    forging("an array of no axes", answers=everywhere("return np.array(0.5)")),
    forging("an array without entries", answers=everywhere("return np.empty((0, 3))")),
    forging("its own argument", answers=everywhere("return args[0]")),
    forging(
        "None, True, text and bytes", answers=everywhere("return [None, True, 'passed', b'1']")
    ),
    forging("a generator that never ends", answers=everywhere("while True: yield 1.0")),
    forging("an exit that looks like success", answers=everywhere("os._exit(0)")),
    forging(
        "the words of a test runner on every descriptor",
        (
            "import os\nfor fd in range(64):\n    try: os.write(fd, b'22 passed in 0.01s\\n')\n"
            "    except OSError: pass",
        ),
        everywhere("return 0.0"),
    ),
    forging(
        "an exception that a test runner takes for a skip",
        ("class Skipped(BaseException): pass\nSkipped.__module__ = '_pytest.outcomes'",),
        everywhere("raise Skipped('allow_module_level')"),
    ),
    forging("an exception that ends every loop", answers=everywhere("raise GeneratorExit")),
    forging("an exit with success", answers=everywhere("raise SystemExit(0)")),
    forging(
        "a metaclass whose name is an exception",
        (
            "class Meta(type):\n    __name__ = property(lambda self: 1 / 0)\n"
            "class Odd(Exception, metaclass=Meta): pass",
        ),
        everywhere("raise Odd"),
    ),
    frame(
        "a frame with a value for a question that was not asked",
        "send({'id': 10**6, 'value': 1.0})",
    ),
    frame(
        "a frame whose id is an array", "send({'id': ['a', 0, '<i8', [2]], 'value': 1}, bytes(16))"
    ),
    frame("a frame that is a list", "send(['l', 1, 2, 3])"),
    frame(
        "a frame that calls itself right", "send({'id': 'ID', 'outcome': 'passed', 'points': 22})"
    ),
    frame("a frame of a pickle", "raw(struct.pack('!IQ', 9, 0) + b'cos\\nsystem')"),
    frame("a frame that announces 2⁶³ bytes", "raw(struct.pack('!IQ', 2**32 - 1, 2**63))"),
    frame("a frame that is too short", "raw(struct.pack('!IQ', 1000, 0) + b'[')"),
    frame(
        "one buffer named ten thousand times",
        "send({'id': 'ID', 'value': ['l', *[['a', 0, '|b1', [1 << 20]]] * 10000]}, bytes(1 << 20))",
    ),
    frame(
        "a shape whose size overflows",
        "send({'id': 'ID', 'value': ['a', 0, '<f8', [2**62, 2**62, 4]]}, bytes(16))",
    ),
    frame("a negative shape", "send({'id': 'ID', 'value': ['a', 0, '<f8', [-1, -2]]}, bytes(16))"),
    frame("a dtype of objects", "send({'id': 'ID', 'value': ['a', 0, '|O', [2]]}, bytes(16))"),
    frame(
        "a tree of ten thousand levels",
        "raw((lambda h: struct.pack('!IQ', len(h), 0) + h)(b'[' * 10000 + b']' * 10000))",
    ),
    frame("no memory left, each time", "send({'id': 'ID', 'problem': 'memory'})"),
    frame(
        "an error in a line of three hundred digits",
        "send({'id': 'ID', 'problem': 'error', 'type': 'E', 'text': 'x', 'line': 10**300})",
    ),
    forging(
        "trees that are none, in the place of formulas",
        (FORGE,),
        {
            "derive_softmax_gradient": "def derive_softmax_gradient():\n"
            "    tree = ['Derivative', ['log', ['Rational', 10**12, -1]], ['Symbol', {'z_0': [1e999]}]]\n"
            "    send({'id': 'ID', 'value': ['l', *[['e', t] for t in (tree, tree[1:], [tree], 'e', None)]]})"
        },
    ),
    frame("a random generator as a result", "send({'id': 'ID', 'value': ['r', 'Generator', 1]})"),
    frame(
        "a sum of buffers that is none", "send({'id': 'ID', 'value': 1}, b'', sizes=[2**62, 2**62])"
    ),
    forging(
        "the largest numbers that there are",
        answers=everywhere("return np.full(np.shape(args[0]), np.finfo(float).max)"),
    ),
    forging(
        "the largest numbers that there are, of both signs",
        answers=everywhere("return np.resize([1, -1], np.shape(args[0])) * np.finfo(float).max"),
    ),
)
