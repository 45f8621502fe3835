"""`module.NAME=value` → a process in which that module says so from the start.

The module is compiled from its source with one statement added behind the one that gives the name
its meaning, before anything imports it. So what others took from it with `from … import`, defaults,
and what is worked out from it change too. A function or a method (`Vectors.search`) is changed in
the same way, into a lambda.

Imports nothing of the product: whatever is imported here could not be changed any more.
"""

import ast
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from types import CodeType

from figures.errors import UsageError

Statements = list[ast.stmt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One name of a module, and the Python expression that it stands for instead."""

    module: str
    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}={self.value}"


def read_sweep(text: str) -> list[Change]:
    """`module.NAME=1,2,3` as a change for each value.

    >>> [str(change) for change in read_sweep("answer.values.MIN_SURE=0.4,0.6")]
    ['answer.values.MIN_SURE=0.4', 'answer.values.MIN_SURE=0.6']
    >>> read_sweep("MIN_SURE=0.4")
    Traceback (most recent call last):
    figures.errors.UsageError: 'MIN_SURE=0.4': write it as module.NAME=value,value
    """
    name, found, values = text.partition("=")
    module, dot, constant = name.strip().rpartition(".")
    if not (found and dot and values.strip()):
        raise UsageError(f"{text!r}: write it as module.NAME=value,value")
    try:
        items = ast.literal_eval(f"({values},)")
    except (ValueError, SyntaxError):
        raise UsageError(f"{values!r}: not Python values with commas between them") from None
    changes = [Change(module=module, name=constant, value=repr(item)) for item in items]
    check(changes)
    return changes


def check(changes: Iterable[Change]) -> None:
    """Raise for a change of something that is not there."""
    for change in changes:
        redefined(_source(change.module), [change])


def change_modules(changes: Sequence[Change]) -> None:
    """From now on the modules are imported with the changes. For a process that begins."""
    early = sorted({change.module for change in changes} & sys.modules.keys())
    if early:
        raise RuntimeError(f"{', '.join(early)} was imported before it could be changed")
    sys.meta_path.insert(0, _Finder(changes))


def redefined(source: str, changes: Iterable[Change]) -> ast.Module:
    """A module's source as a tree, with each name given its other meaning at once.

    >>> change = Change(module="m", name="K", value="2")
    >>> ast.unparse(redefined("J, K = 0, 1\\nL = K + 1", [change]))
    'J, K = (0, 1)\\nK = 2\\nL = K + 1'
    """
    tree = ast.parse(source)
    for change in changes:
        *owner, name = change.name.split(".")
        body = tree.body
        for part in owner:
            body = _find(body, part, change, ast.ClassDef).body  # type: ignore[attr-defined]
        old = _find(body, name, change, ast.stmt)
        new = ast.parse(f"{name} = {change.value}").body[0]
        body.insert(body.index(old) + 1, ast.copy_location(new, old))
        ast.fix_missing_locations(tree)
    return tree


def _find(body: Statements, name: str, change: Change, kind: type[ast.stmt]) -> ast.stmt:
    named = {
        known: statement
        for statement in body
        if isinstance(statement, kind)
        for known in _names(statement)
    }
    if name in named:
        return named[name]
    near = get_close_matches(name, named, n=1, cutoff=0.0)
    told = f"; the nearest is {near[0]!r}" if near else ""
    raise UsageError(f"{change.module} has no {name!r} to change{told}")


def _names(statement: ast.stmt) -> list[str]:
    """What a statement gives a meaning to."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return [
        node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)
    ]


def _source(module: str) -> str:
    try:
        spec = find_spec(module)
    except ImportError:
        spec = None
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        raise UsageError(f"no module {module!r}; name one such as answer.values")
    return Path(spec.origin).read_text(encoding="utf-8")


class _Finder(MetaPathFinder):
    """Finds the changed modules before anybody else does."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._changes = changes

    def find_spec(
        self, name: str, path: Sequence[str] | None, _target: object = None
    ) -> ModuleSpec | None:
        mine = [change for change in self._changes if change.module == name]
        spec = PathFinder.find_spec(name, path) if mine else None
        if spec and spec.origin:
            spec.loader = _Loader(name, spec.origin, mine)
        return spec


class _Loader(SourceFileLoader):
    """Compiles a module with its changes, past what Python has kept compiled."""

    def __init__(self, name: str, path: str, changes: Sequence[Change]) -> None:
        super().__init__(name, path)
        self._changes = changes

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        tree = redefined(self.get_data(path).decode("utf-8"), self._changes)
        return compile(tree, path, "exec")
