"""What the result of an exercise rests on in our own code, down to single functions. Trusted side.

A statement at the top of a module belongs to the names that it binds. Whoever uses a name rests on its
statements, and on the names that these use in turn, across the modules of hidden tests, misconceptions and
reference. All other code of the grader is everybody's: see `autograder.grading.keys`.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import resolve_name
from pathlib import Path

from autograder.authoring import load_reference
from glm2mlp.course import Assignment, Course, Exercise

# The folders of the course whose modules are looked at statement by statement.
SPLIT = ("hidden", "solutions")
COURSE = "_course"  # what relative imports begin at
# A mark that says how much a test counts: points are computed anew without running it.
WEIGHT = "pytest.mark.weight"

Place = tuple[str, str]  # a module, and a name in it


@dataclass(frozen=True)
class _Statement:
    """A statement at the top of a module, and all that it could mean by a name."""

    text: str
    names: frozenset[str]
    words: frozenset[str]  # names, attributes and texts: `reference.softmax`, `call("softmax", …)`


@dataclass
class _Module:
    """The statements of a module by the names that they bind; those that bind none belong to all."""

    statements: dict[str, list[_Statement]] = field(default_factory=dict)
    loose: list[_Statement] = field(default_factory=list)
    imports: dict[str, Place] = field(default_factory=dict)  # without a name: a whole module


@cache
def parts_of(assignment: Assignment) -> dict[str, str]:
    """A digest of all code of ours that belongs to each exercise of an assignment, by its name."""
    return {each.name: _digest(assignment, each) for each in assignment.exercises}


def rests_on(assignment: Assignment, exercise: Exercise) -> tuple[list[_Statement], ...]:
    """The statements of tests, misconceptions and reference that belong to an exercise."""
    course, folder = assignment.course, f"hidden.{assignment.name}"
    tests = _closure(course, [(f"{folder}.tests.test_{exercise.name}", "")])
    known = _closure(course, [(f"{folder}.wrong.{exercise.name}", "")])
    return tests, known, _closure(course, _reference_places(assignment, exercise, tests))


def _digest(assignment: Assignment, exercise: Exercise) -> str:
    digest = hashlib.sha256()
    for statements in rests_on(assignment, exercise):
        for statement in statements:
            digest.update(statement.text.encode() + b"\0")
        digest.update(b"\0")
    return digest.hexdigest()


def _reference_places(
    assignment: Assignment, exercise: Exercise, tests: Iterable[_Statement]
) -> list[Place]:
    """The reference functions that tests name, the exercise's own, and those that it could borrow."""
    words = frozenset[str]().union(*(statement.words for statement in tests))
    borrowed = set()
    for each in assignment.exercises:
        if each == exercise:
            break
        if each.kind == exercise.kind == "function":
            borrowed.add(each.name)
    return [
        (function.__module__.removeprefix(f"_course_{assignment.course.id}."), name)
        for name, function in load_reference(assignment).items()
        if name in words or name == exercise.name or name in borrowed
    ]


def _closure(course: Course, places: Iterable[Place]) -> list[_Statement]:
    """The statements that these places rest on, each once, in an order that depends on nothing else."""
    found: dict[Place, list[_Statement]] = {}
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place in found or (module := _module(course, place[0])) is None:
            continue
        found[place] = list(_statements(module, place[1]))
        if place[1] in module.imports:
            waiting.append(_resolved(course, module.imports[place[1]]))
        for statement in found[place]:
            for name in statement.names:
                if name in module.statements:
                    waiting.append((place[0], name))
                elif name in module.imports:
                    waiting.append(_resolved(course, module.imports[name]))
    statements = (statement for place in sorted(found) for statement in found[place])
    return list(dict.fromkeys(statements))


def _statements(module: _Module, name: str) -> Iterator[_Statement]:
    """The statements of a name in a module; all of them if no name is given, or an unknown one."""
    yield from module.loose
    if name in module.statements:
        yield from module.statements[name]
    elif name not in module.imports:
        for statements in module.statements.values():
            yield from statements


def _resolved(course: Course, place: Place) -> Place:
    """`from solutions import glm` imports a module, which is used by its attributes: it counts whole."""
    module, name = place
    return (f"{module}.{name}", "") if name and _path(course, f"{module}.{name}") else place


@cache
def _module(course: Course, name: str) -> _Module | None:
    """A module of ours that is split; None for others, and where there is none."""
    path = _path(course, name)
    if path is None:
        return None
    source = path.read_text(encoding="utf-8")
    module, lines, tree = _Module(), source.splitlines(), ast.parse(source, path)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            package = f"{COURSE}.{name}".rpartition(".")[0]
            imported = resolve_name(f"{'.' * node.level}{node.module or ''}", package)
            imported = imported.removeprefix(f"{COURSE}.")
            for alias in node.names:
                module.imports[alias.asname or alias.name] = (imported, alias.name)
        elif isinstance(node, ast.Import):
            for alias in node.names:  # `import a.b` binds `a`, which says not what is used of it
                dotted = alias.asname is None and "." in alias.name
                assert not (dotted and _path(course, alias.name)), f"{path}: write from … import …"
            module.imports.update(
                {each.asname or each.name: (each.name, "") for each in node.names}
            )
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_docstring(node):
            continue
        statement = _statement(node, lines)
        bound = set(_bound(node))
        for each in bound:
            module.statements.setdefault(each, []).append(statement)
        if not bound:
            module.loose.append(statement)
    return module


def _path(course: Course, module: str) -> Path | None:
    first, *_ = parts = module.split(".")
    path = course.path(*parts[:-1], f"{parts[-1]}.py")
    return path if first in SPLIT and path.is_file() else None


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that a plain definition binds; anything cleverer binds none and belongs to all."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    parts = [
        part
        for target in targets
        for part in (target.elts if isinstance(target, ast.Tuple) else [target])
    ]
    names = [part.id for part in parts if isinstance(part, ast.Name)]
    if len(names) == len(parts):  # `a, *b = …` binds more than it says here
        yield from names


def _statement(node: ast.stmt, lines: list[str]) -> _Statement:
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
    kept = [each for each in decorators if not ast.unparse(each).startswith(WEIGHT)]
    text = [ast.unparse(each) for each in kept] + lines[node.lineno - 1 : node.end_lineno]
    names, words = set(), set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            names.add(part.id)
        elif isinstance(part, ast.Attribute):
            words.add(part.attr)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            words.add(part.value)
    return _Statement("\n".join(text), frozenset(names), frozenset(names | words))
