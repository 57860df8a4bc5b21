"""Every action that the code can write into the audit, read out of the code itself.

The action of an entry is followed back from where entries are written to where it is named: through arguments, tuples,
fields, variables and what functions give back. What is only known while it runs stands as `*`.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

from tests.conftest import ROOT

Carrier = tuple[str, str, int | None]
"""A function or class, an argument of it that becomes an action, and which member of it where it is a tuple."""
BEGIN: Carrier = ("_append", "said", 1)


@dataclass
class Place:
    """A call, in its module and within these functions, the innermost first."""

    call: ast.Call
    module: ModuleType
    functions: tuple[ast.FunctionDef, ...]


@dataclass
class Walk:
    """What was read so far."""

    calls: dict[str, list[Place]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    """The arguments of each function, or the fields of each class, in their order."""
    returned: dict[str, list[tuple[ast.expr, ModuleType, ast.FunctionDef]]] = field(default_factory=dict)
    """What each function gives back, with where it stands."""
    carriers: list[Carrier] = field(default_factory=lambda: [BEGIN])
    actions: set[str] = field(default_factory=set)

    def resolve(self, expression: ast.expr, place: Place, member: int | None = None) -> None:
        """Note the actions that an expression can be."""
        match expression:
            case ast.Tuple(elts=elements) if member is not None:
                self.resolve(elements[member], place)
            case ast.Constant(value=str(text)):
                self.actions.add(text)
            case ast.IfExp(body=body, orelse=other):
                self.resolve(body, place, member)
                self.resolve(other, place, member)
            case ast.Call(func=ast.Name(id=name)):
                self._resolve_call(name, expression, place, member)
            case ast.JoinedStr(values=parts):
                self.actions.add("".join(_part(part, place) for part in parts))
            case ast.Name() | ast.Attribute() if (constant := _evaluated(expression, place)) is not None:
                self.actions.add(constant)
            case ast.Name(id=name):
                self._follow(name, place, member)
            case ast.Attribute(attr=name):
                self.carriers += [(owner, name, None) for owner, fields in self.names.items() if name in fields]
            case _:
                raise AssertionError(f"{ast.unparse(expression)} in {place.module.__name__} cannot be followed")

    def _resolve_call(self, name: str, call: ast.Call, place: Place, member: int | None) -> None:
        """What a function gives back; where it is nothing, nothing is written."""
        if name == "str":
            self.resolve(call.args[0], place)
        elif name != "State":  # that is read back from the list of deletions, where it was written as an action
            for value, module, function in self.returned[name]:
                if ast.unparse(value) != "None":
                    self.resolve(value, Place(call, module, (function,)), member)

    def _follow(self, name: str, place: Place, member: int | None) -> None:
        """A variable: where it is assigned, or whose argument it is."""
        for number, function in enumerate(place.functions):
            outside = Place(place.call, place.module, place.functions[number:])
            values = list(_assigned(function, name))
            for value, position in values:
                self.resolve(value, outside, member if position is None else position)
            if name in self.names.get(function.name, ()) and name in _arguments(function):
                self.carriers.append((function.name, name, member))
            if values or name in _arguments(function):
                return
        raise AssertionError(f"{name} in {place.module.__name__} is set nowhere")


def _part(part: ast.expr, place: Place) -> str:
    match part:
        case ast.Constant(value=str(text)):
            return text
        case ast.FormattedValue(value=value):
            return _evaluated(value, place) or "*"
        case _:
            return "*"


def _evaluated(expression: ast.expr, place: Place) -> str | None:
    """A constant of the module, or a member of an enumeration."""
    names: list[str] = []
    while isinstance(expression, ast.Attribute):
        names.insert(0, expression.attr)
        expression = expression.value
    found: object = getattr(place.module, expression.id, None) if isinstance(expression, ast.Name) else None
    for name in names:
        found = getattr(found, name, None)
    return str(found) if isinstance(found, str) else None


def _assigned(function: ast.FunctionDef, name: str) -> Iterator[tuple[ast.expr, int | None]]:
    """What is assigned to a variable, and as which member of it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name:
                    yield node.value, None
                if isinstance(target, ast.Tuple):
                    yield from _members(target, node.value, name)


def _members(target: ast.Tuple, value: ast.expr, name: str) -> Iterator[tuple[ast.expr, int | None]]:
    for number, one in enumerate(target.elts):
        if ast.unparse(one) == name:
            yield (value.elts[number], None) if isinstance(value, ast.Tuple) else (value, number)


def _arguments(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]


def _read(walk: Walk, node: ast.AST, module: ModuleType, functions: tuple[ast.FunctionDef, ...]) -> None:
    if isinstance(node, ast.FunctionDef):
        walk.names[node.name] = _arguments(node)
        functions = (node, *functions)
    if isinstance(node, ast.Return) and node.value is not None and functions:
        walk.returned.setdefault(functions[0].name, []).append((node.value, module, functions[0]))
    if isinstance(node, ast.ClassDef):
        walk.names[node.name] = list(_fields(node))
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        walk.calls.setdefault(name, []).append(Place(node, module, functions))
    for child in ast.iter_child_nodes(node):
        _read(walk, child, module, functions)


def _fields(node: ast.ClassDef) -> Iterator[str]:
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            yield one.target.id


@cache
def audit_actions() -> frozenset[str]:
    """All of them."""
    walk = Walk()
    for path in sorted((ROOT / "screening").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "migrations" in path.parts or path.stem == "__main__":
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if (module := _imported(name)) is not None:
            _read(walk, ast.parse(text), module, ())
    followed = set[Carrier]()
    while waiting := [carrier for carrier in walk.carriers if carrier not in followed]:
        followed.add(waiting[0])
        _follow_calls(walk, *waiting[0])
    return frozenset(walk.actions)


def _imported(name: str) -> ModuleType | None:
    """A module of ours; nothing where it needs a package of an extra that is not installed."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] == "screening":
            raise
        return None


def _follow_calls(walk: Walk, owner: str, argument: str, member: int | None) -> None:
    position = walk.names[owner].index(argument)
    for place in walk.calls.get(owner, ()):
        given = {keyword.arg: keyword.value for keyword in place.call.keywords}
        value = given.get(argument) or (place.call.args[position] if position < len(place.call.args) else None)
        if value is not None:
            walk.resolve(value, place, member)
