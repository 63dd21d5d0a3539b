"""`autograder new-assignment`: begins an assignment, to which exercises are added. Trusted side."""

import argparse

from autograder.authoring.scaffold_assignment import scaffold_assignment
from autograder.commands.new_exercise import tell_begun


def declare(parser: argparse.ArgumentParser) -> None:
    """Which assignment."""
    parser.description = (
        "Writes what the exercises of a new assignment share, each in its place, with TODOs: its "
        "declaration, the text, the module of the reference, those of checks and hidden inputs, and files "
        "for the answers that the hidden tests are tried on. See the author guide."
    )
    parser.epilog = "Exit codes: 0 written, 2 usage."
    parser.add_argument(
        "name", metavar="NAME", help="also the name of the notebook, for example softmax_regression"
    )


def run(options: argparse.Namespace) -> int:
    """Write what the options name; returns the exit code."""
    tell_begun(lambda course: scaffold_assignment(course, options.name))
    print(f"Now add exercises: `autograder new-exercise {options.name} EXERCISE`")
    return 0
