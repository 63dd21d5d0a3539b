from itertools import pairwise

import pytest
import sympy

from glm2mlp.derivation import check_derivation
from glm2mlp.derivation_tasks import TASKS
from glm2mlp.formulas import DISTRIBUTIONS, ENTRIES, MODELS
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


TABLE = derivations.glm_table()


@pytest.mark.parametrize(
    ("model", "logits"),
    [
        ("linear", [derivations.z]),
        ("logistic", [derivations.z]),
        ("softmax", [derivations.z_0, derivations.z_1, derivations.z_2]),
    ],
)
def test_gradients_of_the_table_are_the_slopes_of_its_losses(model, logits):
    gradients = TABLE[model]["gradient"]
    gradients = gradients if isinstance(gradients, list) else [gradients]
    for gradient, logit in zip(gradients, logits, strict=True):
        assert sympy.simplify(gradient - TABLE[model]["loss"].diff(logit)) == 0


def test_losses_of_the_table_are_those_of_its_distributions():
    z, t = derivations.z, derivations.t
    normal = sympy.exp(-((t - z) ** 2) / 2) / sympy.sqrt(2 * sympy.pi)
    constant = TABLE["linear"]["loss"] + sympy.log(normal)
    assert not sympy.simplify(sympy.expand_log(constant, force=True)).free_symbols
    y = TABLE["logistic"]["activation"]
    for target in (0, 1):
        bernoulli = y**target * (1 - y) ** (1 - target)
        assert sympy.simplify(TABLE["logistic"]["loss"].subs(t, target) + sympy.log(bernoulli)) == 0
    assert sympy.simplify(sum(TABLE["softmax"]["activation"])) == 1
    assert TABLE["softmax"]["loss"] == -sympy.log(TABLE["softmax"]["activation"][0])


def test_the_table_has_the_models_entries_and_names_that_are_declared():
    assert list(TABLE) == list(MODELS)
    for row in TABLE.values():
        assert tuple(row) == ENTRIES
        assert row["distribution"] in DISTRIBUTIONS
    for name in (*MODELS, *ENTRIES, *DISTRIBUTIONS):
        assert f'"{name}"' in derivations.glm_table.__doc__
