from itertools import pairwise

import pytest
import sympy

from glm2mlp.derivation import check_derivation
from glm2mlp.derivation_tasks import TASKS
from solutions import derivations

every_task = pytest.mark.parametrize("name", TASKS)


@every_task
def test_reference_passes_the_students_own_check(name):
    check_derivation(getattr(derivations, name)(), TASKS[name])


@every_task
def test_docstring_states_the_task(name):
    task, doc = TASKS[name], getattr(derivations, name).__doc__
    assert f"First form: {task.first_text}\n" in doc
    assert f"Last form: {task.last_text}\n" in doc
    assert f"Least number of steps: {task.least}," in doc


@every_task
def test_first_and_last_form_and_number_of_steps(name):
    task, steps = TASKS[name], getattr(derivations, name)()
    assert steps[0] == task.first
    assert steps[-1] == task.last
    assert len(steps) >= task.least


@every_task
def test_each_step_is_new_and_equal_in_value(name):
    steps = getattr(derivations, name)()
    assert len(set(steps)) == len(steps)
    for one, next_ in pairwise(steps):
        assert sympy.simplify((one - next_).doit()) == 0
