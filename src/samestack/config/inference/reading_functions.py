"""Functions of the code itself that read the variable which they are given the name of, and their calls."""

import ast
from collections.abc import Iterator, Mapping

from msgspec import UNSET, Struct

from samestack.config.inference.conversions import Conversion, usage_of
from samestack.config.inference.environment_reads import key_of
from samestack.config.inference.project_code import Piece
from samestack.config.inference.scope import Scope
from samestack.config.inference.usage import Usage


class ReadingFunction(Struct, frozen=True, kw_only=True):
    """``def number(name, default): return int(os.environ.get(name, default))``."""

    parameters: tuple[str, ...]
    """In order, without ``self``."""
    name: str
    """The parameter that names the variable."""
    default: str = ""
    """The parameter with what is taken where there is none; empty where no parameter is."""
    is_strict: bool = False
    """Whether it fails where there is no such variable and no default."""
    reads: frozenset[ast.AST] = frozenset()
    """The places in it that read by that name."""


def reading_functions(tree: ast.Module, scope: Scope) -> Mapping[str, ReadingFunction]:
    """Those of a module, by their names."""
    found: dict[str, ReadingFunction] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function = _reading(node, scope)
            if function is not None:
                found[node.name] = function
    return found


def reads_by_functions(
    piece: Piece, scope: Scope, functions: Mapping[str, ReadingFunction]
) -> Iterator[Usage]:
    """The calls of such functions that name a variable."""
    for node in ast.walk(piece.tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        function = functions.get(called)
        if function is None:
            continue
        given = _given(node, function)
        name = scope.literal(given.get(function.name))
        if isinstance(name, str):
            default = scope.literal(given.get(function.default)) if function.default in given else UNSET
            is_required = function.is_strict and function.default not in given
            yield usage_of(name, piece.place(node), Conversion("", default), is_required=is_required)


def _reading(node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> ReadingFunction | None:
    every = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
    parameters = every[1:] if every[:1] in (["self"], ["cls"]) else every
    named = {*parameters, *(one.arg for one in node.args.kwonlyargs)}
    reads = [(inner, key_of(inner, scope)) for inner in ast.walk(node)]
    own = [(inner, key.id) for inner, key in reads if isinstance(key, ast.Name) and key.id in named]
    if not own:
        return None
    return ReadingFunction(
        parameters=tuple(parameters),
        name=own[0][1],
        default=next((one for inner, _ in own for one in _defaults(inner, named - {own[0][1]})), ""),
        is_strict=any(isinstance(inner, ast.Subscript) for inner, _ in own),
        reads=frozenset(inner for inner, _ in own),
    )


def _defaults(read: ast.AST, named: set[str]) -> Iterator[str]:
    """The parameter that a read falls back to, also within ``str(default)``."""
    if isinstance(read, ast.Call):
        for argument in (*read.args[1:], *(one.value for one in read.keywords)):
            names = (inner.id for inner in ast.walk(argument) if isinstance(inner, ast.Name))
            yield from (name for name in names if name in named)


def _given(call: ast.Call, function: ReadingFunction) -> Mapping[str, ast.expr]:
    by_position = zip(function.parameters, call.args, strict=False)
    return {**dict(by_position), **{one.arg: one.value for one in call.keywords if one.arg}}
