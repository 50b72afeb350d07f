"""Variables that code reads by a library: python-decouple, environs, django-environ, click and typer."""

import ast
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import UNSET

from samestack.config.inference.conversions import TYPES, Conversion, usage_of
from samestack.config.inference.project_code import Piece
from samestack.config.inference.scope import Scope
from samestack.config.inference.usage import Usage

_ENVIRONMENTS: Final = ("environs.Env()", "environ.Env()", "environs.env")
_DECOUPLE: Final = ("decouple.config", "decouple.Config()", "decouple.AutoConfig()")
_OF_METHOD: Final[Mapping[str, str]] = {
    **TYPES,
    "decimal": "number",
    "log_level": "string",
    "port": "integer",
}
_NO_READERS: Final = frozenset({"read_env", "read_envfile", "prefixed", "seal", "dump"})
_DEFAULT_FIRST: Final = frozenset({"typer.Option", "typer.Argument"})
_OPTIONS: Final = frozenset({"click.option", "click.argument", *_DEFAULT_FIRST})


def library_reads(piece: Piece, scope: Scope) -> Iterator[Usage]:
    """Every call that names a variable, with its type and default as the call has them."""
    for node in ast.walk(piece.tree):
        if not isinstance(node, ast.Call):
            continue
        name = scope.qualified(node.func)
        if name in _DECOUPLE:
            yield from _decouple(piece, node, scope)
        elif name in _OPTIONS:
            yield from _option(piece, node, scope)
        elif environment := next((one for one in _ENVIRONMENTS if _is_of(name, one)), ""):
            yield from _environment(piece, node, scope, name.removeprefix(environment).removeprefix("."))
        elif name == "environ.Env":
            yield from _declared(piece, node, scope)


def _is_of(name: str, environment: str) -> bool:
    return name == environment or (name.startswith(f"{environment}.") and name.count(".") < 3)


def _decouple(piece: Piece, call: ast.Call, scope: Scope) -> Iterator[Usage]:
    """``config("MAX_WORKERS", default=2, cast=int)``; it fails where there is neither."""
    default = _keyword(call, "default", call.args[1:2])
    cast = _keyword(call, "cast", call.args[2:3])
    yield from _usage(piece, call, scope, _type_of(cast, scope), default)


def _environment(piece: Piece, call: ast.Call, scope: Scope, method: str) -> Iterator[Usage]:
    """``env.int("MAX_WORKERS", 2)`` and ``env("MAX_WORKERS", default=2)``."""
    if method in _NO_READERS:
        return
    casts = call.args[1:2] if not method else []
    is_cast = bool(casts) and bool(_type_of(casts[0], scope))
    type_name = _type_of(casts[0], scope) if is_cast else _OF_METHOD.get(method, "")
    cast = _keyword(call, "cast", [])
    said = type_name or _type_of(cast, scope)
    yield from _usage(
        piece, call, scope, said, _keyword(call, "default", call.args[2:3] if is_cast else call.args[1:2])
    )


def _declared(piece: Piece, call: ast.Call, scope: Scope) -> Iterator[Usage]:
    """``environ.Env(DEBUG=(bool, False))``."""
    place = piece.place(call)
    for keyword in call.keywords:
        match keyword.value:
            case ast.Tuple(elts=[cast, default]) if keyword.arg:
                yield usage_of(keyword.arg, place, Conversion(_type_of(cast, scope), scope.literal(default)))
            case ast.Name() if keyword.arg:
                yield usage_of(keyword.arg, place, Conversion(_type_of(keyword.value, scope)))


def _option(piece: Piece, call: ast.Call, scope: Scope) -> Iterator[Usage]:
    """``@click.option("--workers", envvar="MAX_WORKERS", type=int, default=2)``: it can be said otherwise."""
    said = _keyword(call, "envvar", [])
    names = said.elts[:1] if isinstance(said, ast.List | ast.Tuple) else [said]
    name = scope.literal(names[0]) if names and names[0] is not None else UNSET
    if isinstance(name, str):
        is_first = scope.qualified(call.func) in _DEFAULT_FIRST
        default = _keyword(call, "default", call.args[:1] if is_first else [])
        is_flag = scope.literal(_keyword(call, "is_flag", [])) is True
        type_name = "boolean" if is_flag else _type_of(_keyword(call, "type", []), scope)
        yield usage_of(name, piece.place(call), Conversion(type_name, scope.literal(default)))


def _usage(
    piece: Piece, call: ast.Call, scope: Scope, type_name: str, default: ast.expr | None
) -> Iterator[Usage]:
    name = scope.literal(call.args[0]) if call.args else UNSET
    if isinstance(name, str):
        found = Conversion(type_name, scope.literal(default))
        yield usage_of(name, piece.place(call), found, is_required=default is None)


def _keyword(call: ast.Call, name: str, otherwise: list[ast.expr]) -> ast.expr | None:
    first = otherwise[0] if otherwise else None
    return next((one.value for one in call.keywords if one.arg == name), first)


def _type_of(node: ast.AST | None, scope: Scope) -> str:
    return TYPES.get(scope.qualified(node), "") if node is not None else ""
