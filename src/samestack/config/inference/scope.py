"""What the names of a module stand for: imports, constants, and other names of the environment."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import UNSET, Struct

ENVIRONMENT: Final = "os.environ"
_MADE: Final = frozenset({"environ.Env", "environs.Env", "decouple.Config", "decouple.AutoConfig"})
"""Classes whose instances are asked for variables; ``environ.Env()`` stands for an instance of one."""


class Scope(Struct, frozen=True):
    """Names as if a module had one scope: what shadows what inside of functions is not followed."""

    names: Mapping[str, str]
    """Dotted, by the name in the module: ``getenv`` is ``os.getenv``."""
    constants: Mapping[str, Any]
    """Values by the names that are given one value only."""

    def qualified(self, node: ast.AST) -> str:
        """The dotted name that an expression is; empty for what is none."""
        last, parts = _chain(node)
        if isinstance(last, ast.Call):
            function, inner = _chain(last.func)
            made = ".".join((self._meant(function), *inner))
            return ".".join((f"{made}()", *parts)) if made in _MADE else ""
        return ".".join((self._meant(last), *parts)) if isinstance(last, ast.Name) else ""

    def _meant(self, node: ast.AST) -> str:
        return self.names.get(node.id, node.id) if isinstance(node, ast.Name) else ""

    def literal(self, node: ast.AST | None) -> Any:  # noqa: ANN401 - any scalar
        """The text, number, truth value or ``None`` that an expression is; else unset."""
        match node:
            case ast.Constant(value=str() | bool() | int() | float() | None as value):
                return value
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                return -value
            case ast.Name(id=name):
                return self.constants.get(name, UNSET)
            case _:
                return UNSET


def scope_of(tree: ast.Module) -> Scope:
    """The names of a module."""
    nodes = list(ast.walk(tree))
    names = dict(pair for node in nodes for pair in _imported(node))
    constants = _constants(tree)
    scope = Scope(names, constants)
    names |= {name: meant for node in nodes for name, meant in _aliases(node, scope)}
    return Scope(names, constants)


def _chain(node: ast.AST) -> tuple[ast.AST, list[str]]:
    """What attributes are taken of, and their names in order."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return node, parts[::-1]


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for one in node.names:
            top = one.name.partition(".")[0]
            yield (one.asname, one.name) if one.asname else (top, top)
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
        for one in node.names:
            yield one.asname or one.name, f"{node.module}.{one.name}"


def _constants(tree: ast.Module) -> Mapping[str, Any]:
    given = [pair for node in tree.body for pair in _assigned(node)]
    times = Counter(name for name, _ in given)
    plain = Scope({}, {})
    found = {name: plain.literal(value) for name, value in given if times[name] == 1}
    return {name: value for name, value in found.items() if value is not UNSET}


def _aliases(node: ast.AST, scope: Scope) -> Iterator[tuple[str, str]]:
    """Names that are given the environment or a reader of it, and parameters that have it by default."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        pairs = list(_defaults(node.args))
    else:
        pairs = list(_assigned(node))
    for name, value in pairs:
        meant = scope.qualified(value)
        if meant == ENVIRONMENT or meant.endswith("()"):
            yield name, meant


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value


def _defaults(arguments: ast.arguments) -> Iterator[tuple[str, ast.expr]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    last = positional[len(positional) - len(arguments.defaults) :]
    yield from ((one.arg, value) for one, value in zip(last, arguments.defaults, strict=True))
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    yield from ((one.arg, value) for one, value in named if value is not None)
