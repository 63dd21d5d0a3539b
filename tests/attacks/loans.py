"""Asking the functions that are lent for what is graded."""

from functools import partial

from attack import Attack

asking = partial(Attack, "loans")

# A wrong `softmax` of one's own: from then on later exercises may borrow the reference's.
WRONG = "def softmax(Z):\n    return Z"
ASK = """
import sys
def ask(name, *args, **kwargs):
    frame = sys._getframe()
    while frame and not hasattr(frame.f_locals.get("self"), "_borrowed"):
        frame = frame.f_back
    return frame.f_locals["self"]._borrowed(name, *args, **kwargs)
"""

ATTACKS = (
    asking(
        "an exercise borrows itself",
        (ASK,),
        {"softmax": WRONG, "log_softmax": "def log_softmax(Z):\n    return ask('log_softmax', Z)"},
    ),
    asking(
        "an exercise borrows a later one",
        (ASK,),
        {"softmax": WRONG, "one_hot": "def one_hot(t, K):\n    return ask('nll', t, K, t)"},
    ),
    asking(
        "the first exercise borrows before anything is lent",
        (ASK,),
        {"softmax": "def softmax(Z):\n    return ask('softmax', Z)"},
    ),
    asking(
        "what is lent is asked for its code",
        (),
        {
            "softmax": WRONG,
            "log_softmax": "def log_softmax(Z):\n"
            "    return np.log(softmax.__code__ and softmax.func.__wrapped__(Z))",
        },
    ),
    asking(
        "what is lent is kept for the exercise that was wrong",
        ("kept = {}",),
        {
            "softmax": "def softmax(Z):\n    return kept.get(Z.tobytes(), Z)",
            "log_softmax": "def log_softmax(Z):\n    kept[Z.tobytes()] = softmax(Z)\n    raise ValueError",
        },
    ),
    asking(
        "what is lent answers an array without an end",
        (),
        {
            "softmax": WRONG,
            "log_softmax": "def log_softmax(Z):\n    return softmax(np.zeros((10**6, 10)))",
        },
    ),
    asking(
        "the same question, ten thousand times",
        (),
        {
            "softmax": WRONG,
            "log_softmax": "def log_softmax(Z):\n    for _ in range(20_000): softmax(Z)\n    return Z",
        },
    ),
    asking(
        "a lent function is handed an object that looks at the grader",
        (
            "class Spy:\n    def __array__(self, *a, **k):\n        import sys\n"
            "        raise RuntimeError(str(sys._getframe(1).f_globals.keys()))",
        ),
        {"softmax": WRONG, "log_softmax": "def log_softmax(Z):\n    return softmax(Spy())"},
    ),
    asking(
        "the hidden inputs of the first calls are the answers to the later ones",
        ("seen = []",),
        {
            "softmax": "def softmax(Z):\n    seen.append(Z)\n    return seen[0] if len(seen) > 1 else Z"
        },
    ),
    asking(
        "the questions of all tests are read before the first is answered",
        ("import sys",),
        {
            "softmax": "def softmax(Z):\n    frame, asked = sys._getframe(), []\n    while frame:\n"
            "        asked = asked or frame.f_locals.get('requests', [])\n"
            "        frame = frame.f_back\n"
            "    return asked[-1]['args'][0]"
        },
    ),
    asking(
        "what is lent takes longer than to ask for it",
        (),
        {
            "one_hot": "def one_hot(t, K):\n    return t",
            "nll": "def nll(W, X, t, l2=0.0):\n    while True: one_hot(np.zeros(333, int), 333)",
        },
    ),
    asking(
        "what is lent answers a table of a million numbers",
        (),
        {
            "one_hot": "def one_hot(t, K):\n    return t",
            "nll": "def nll(W, X, t, l2=0.0):\n    return one_hot(np.zeros(999, int), 1000).sum()",
        },
    ),
    asking(
        "what is lent answers a hundred thousand rows, asked for in a table",
        (),
        {
            "one_hot": "def one_hot(t, K):\n    return t",
            "nll": "def nll(W, X, t, l2=0.0):\n"
            "    return one_hot(np.zeros((330, 330), int), 330).sum()",
        },
    ),
    asking(
        "an inverse, by bisection of a lent function",
        (),
        {
            "sigmoid": "def sigmoid(z):\n    return None",
            "logit": "def logit(p):\n"
            "    low, high = np.full(np.shape(p), -50.0), np.full(np.shape(p), 50.0)\n"
            "    for _ in range(60):\n        middle = (low + high) / 2\n"
            "        above = sigmoid(middle) > p\n"
            "        low, high = np.where(above, low, middle), np.where(above, middle, high)\n"
            "    return low",
        },
        on="logistic_regression",
    ),
    asking(
        "a gradient, by differences of a lent loss",
        (),
        {
            "nll": "def nll(W, X, t, l2=0.0):\n    return None",
            "gradient": "def gradient(W, X, t, l2=0.0):\n    found = np.zeros(W.shape)\n"
            "    for place in np.ndindex(W.shape):\n        step = np.zeros(W.shape)\n"
            "        step[place] = 1e-5\n"
            "        found[place] = (nll(W + step, X, t, l2) - nll(W - step, X, t, l2)) / 2e-5\n"
            "    return found",
        },
    ),
    asking(
        "a prediction, by the lowest of lent losses",
        (),
        {
            "nll": "def nll(W, X, t, l2=0.0):\n    return None",
            "predict": "def predict(W, X):\n"
            "    return np.array([np.argmin([nll(W, X[i:i + 1], np.array([k])) "
            "for k in range(W.shape[1])]) for i in range(len(X))])",
        },
    ),
)
