"""Telling a student, or a neighbour, what the hidden inputs were."""

from functools import partial

from attack import Attack, everywhere

carrying = partial(Attack, "carrying inputs out")
# Stands before whatever is carried; it may reach instructors, never a page for students.
CARRIED = "CARRIED"
SHOWN = f'"{CARRIED} " + repr(args)'

ATTACKS = (
    carrying("in what it prints", answers=everywhere(f"print({SHOWN})\nreturn 0.0")),
    carrying(
        "on standard error",
        answers=everywhere(f"sys.stderr.write({SHOWN})\nreturn 0.0"),
    ),
    carrying("in an exception", answers=everywhere(f"raise ValueError({SHOWN})")),
    carrying(
        "in the name of an exception",
        answers=everywhere(f"raise type({SHOWN}, (Exception,), {{}})"),
    ),
    carrying("in a warning", answers=everywhere(f"warnings.warn({SHOWN})\nreturn 0.0")),
    carrying("in a log", answers=everywhere(f"logging.error({SHOWN})\nreturn 0.0")),
    carrying(
        "in the name of a class that is returned",
        answers=everywhere(f"return type({SHOWN}, (), {{}})()"),
    ),
    carrying("in the keys of a dict", answers=everywhere(f"return {{{SHOWN}: object()}}")),
    carrying("in a text that is returned", answers=everywhere(f"return {SHOWN}")),
    carrying("as the value itself", answers=everywhere("return args[0]")),
    carrying("in the message of a stub", answers=everywhere(f"raise NotImplementedError({SHOWN})")),
    carrying("in the reason of an exit", answers=everywhere(f"raise SystemExit({SHOWN})")),
    carrying(
        "in a file that looks like a figure",
        answers=everywhere(
            f"open('figure.png', 'wb').write(b'\\x89PNG' + ({SHOWN}).encode())\nreturn 0.0"
        ),
    ),
    carrying(
        "by what IPython displays",
        answers=everywhere(
            f"sys.modules['IPython'].display.display_html({SHOWN}, raw=True)\nreturn 0.0"
        ),
    ),
    carrying(
        "in a file beside the notebook",
        answers=everywhere(f"open('../../{CARRIED}.txt', 'w').write({SHOWN})\nreturn 0.0"),
    ),
    carrying(
        "on every descriptor",
        answers=everywhere(
            f"for fd in range(64):\n    if fd not in (3, 4):\n"
            f"        try: os.write(fd, ({SHOWN}).encode())\n        except OSError: pass\nreturn 0.0"
        ),
    ),
)
