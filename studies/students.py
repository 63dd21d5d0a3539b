"""The answers that are tried: mistakes without a hint of their own, right styles, and unseen mistakes."""

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from typing import Any

import correct_derivations
import correct_formulas
import mistakes_derivations
import mistakes_formulas

Answers = Mapping[str, Callable[..., Any]]


def other_mistakes(assignment: str, exercise: str, kind: str) -> Answers:
    """Mistakes that hidden tests must catch."""
    if kind == "derivation":
        return _returning(
            {name: value for name, (value, _) in mistakes_derivations.MISTAKES[exercise].items()}
        )
    if kind == "formulas":
        return _returning(
            {name: value for name, (value, _) in mistakes_formulas.MISTAKES[exercise].items()}
        )
    mistakes = importlib.import_module(f"mistakes_{assignment}").MISTAKES
    found: Answers = mistakes.get(exercise, {})
    return found


def right_styles(assignment: str, exercise: str, kind: str) -> Answers:
    """Right answers as different students write them."""
    if kind == "derivation":
        return _returning(correct_derivations.CORRECT[exercise])
    if kind == "formulas":
        return _returning(correct_formulas.CORRECT[exercise])
    found: Answers = importlib.import_module(f"correct_{assignment}").CORRECT[exercise]
    return found


def unseen_mistakes(assignment: str, exercise: str) -> Answers:
    """Wrong answers by somebody who had read the notebooks, and neither hidden tests nor misconceptions.

    A new assignment has none yet: nobody can write them who wrote its tests.
    """
    module = f"studies.unseen.{assignment}"
    if importlib.util.find_spec(module) is None:
        return {}
    found: Answers = importlib.import_module(module).ANSWERS.get(exercise, {})
    return found


def _returning(values: Mapping[str, Any]) -> Answers:
    return {name: lambda value=value: value for name, value in values.items()}
