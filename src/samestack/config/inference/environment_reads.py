"""Variables that code reads by itself: ``os.environ`` and ``os.getenv``, whatever they are called there."""

import ast
from collections.abc import Collection, Iterator
from typing import Final

from msgspec import UNSET

from samestack.config.inference.conversions import Conversion, Parents, conversion, usage_of
from samestack.config.inference.project_code import Piece
from samestack.config.inference.scope import ENVIRONMENT, Scope
from samestack.config.inference.usage import Usage

_READERS: Final = frozenset(
    {"os.getenv", *(f"{ENVIRONMENT}.{method}" for method in ("get", "setdefault", "pop"))}
)
_BEARABLE: Final = frozenset({"KeyError", "LookupError", "Exception", "BaseException"})


def environment_reads(piece: Piece, scope: Scope, parents: Parents) -> Iterator[Usage]:
    """Every place that reads a variable whose name is known."""
    for node in ast.walk(piece.tree):
        key = key_of(node, scope)
        name = scope.literal(key)
        if key is None or not isinstance(name, str):
            continue
        place = piece.place(node)
        match node:
            case ast.Subscript():
                is_required = not _is_borne(node, parents)
                yield usage_of(name, place, conversion(node, parents, scope), is_required=is_required)
            case ast.Call():
                yield usage_of(name, place, _with_default(node, scope, parents))
            case _:
                yield Usage(name=name, place=place, is_guarded=True)


def unknown_reads(piece: Piece, scope: Scope, known: Collection[ast.AST]) -> Iterator[str]:
    """The places that read a variable whose name only a run can tell; those that are ``known`` left out."""
    for node in ast.walk(piece.tree):
        key = key_of(node, scope)
        if key is not None and node not in known and not isinstance(scope.literal(key), str):
            yield piece.place(node)


def key_of(node: ast.AST, scope: Scope) -> ast.expr | None:
    """What names the variable that a node reads or looks for; ``None`` where it does neither."""
    match node:
        case ast.Subscript(value=value, slice=key, ctx=ast.Load()):
            return key if scope.qualified(value) == ENVIRONMENT else None
        case ast.Call(func=function, args=[key, *_]):
            return key if scope.qualified(function) in _READERS else None
        case ast.Compare(left=key, ops=[ast.In() | ast.NotIn()], comparators=[container]):
            return key if scope.qualified(container) == ENVIRONMENT else None
        case _:
            return None


def _with_default(call: ast.Call, scope: Scope, parents: Parents) -> Conversion:
    around = conversion(call, parents, scope)
    said = call.args[1] if len(call.args) > 1 else None
    named = next((one.value for one in call.keywords if one.arg == "default"), said)
    default = scope.literal(named) if named is not None else UNSET
    return Conversion(around.type, around.default if default in (UNSET, None) else default)


def _is_borne(node: ast.AST, parents: Parents) -> bool:
    """Whether it stands in a ``try`` that bears that there is no such variable."""
    inner: ast.AST | None = node
    while inner is not None:
        outer = parents.get(inner)
        if isinstance(outer, ast.Try) and inner in outer.body and any(map(_bears, outer.handlers)):
            return True
        inner = None if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef) else outer
    return False


def _bears(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(name, ast.Name) and name.id in _BEARABLE for name in names)
