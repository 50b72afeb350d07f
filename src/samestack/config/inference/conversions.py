"""The type of a variable, from what the code makes of its text; and defaults of that type."""

import ast
import math
from collections.abc import Mapping
from typing import Any, Final

from msgspec import UNSET, Struct

from samestack.config.inference.scope import Scope
from samestack.config.inference.usage import Usage

TYPES: Final[Mapping[str, str]] = {"int": "integer", "float": "number", "bool": "boolean", "str": "string"}
_TRUE: Final = frozenset({"true", "1", "yes", "on", "y", "t"})
_FALSE: Final = frozenset({"false", "0", "no", "off", "n", "f", ""})
_PASSES_TEXT_ON: Final = frozenset({"lower", "upper", "strip", "casefold"})
_MOST_CHARACTERS: Final = 1000
_LARGEST: Final = 2**63

Parents = Mapping[ast.AST, ast.AST]


class Conversion(Struct, frozen=True):
    """What stands around a place that reads a variable."""

    type: str = ""
    default: Any = UNSET


def parents_of(tree: ast.AST) -> Parents:
    """For every node the one that it stands in."""
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def conversion(node: ast.AST, parents: Parents, scope: Scope) -> Conversion:
    """What the code does with the text that it read."""
    default: Any = UNSET
    while True:
        above = parents.get(node)
        match above:
            case ast.BoolOp(op=ast.Or(), values=[first, *_, last]) if first is node:
                default = scope.literal(last)
            case ast.Attribute(attr=attribute) if attribute in _PASSES_TEXT_ON:
                pass
            case ast.Call(func=function) if function is node:
                pass
            case _:
                return Conversion(_type(node, above, parents, scope), default)
        node = above


def _type(node: ast.AST, above: ast.AST | None, parents: Parents, scope: Scope) -> str:
    match above:
        case ast.Call(func=ast.Name() as function, args=[first]) if first is node:
            name = scope.qualified(function)
            # bool("false") is true, so it makes no truth value of a text.
            return "boolean" if name.endswith("strtobool") else TYPES.get(name, "") if name != "bool" else ""
        case ast.Call(func=ast.Attribute(attr="strtobool"), args=[first]) if first is node:
            return "boolean"
        case ast.keyword(arg="default"):
            return _type_of_option(parents.get(above), scope)
        case ast.Compare(left=left, comparators=[right], ops=[ast.Eq() | ast.In()]) if left is node:
            return "boolean" if "true" in _texts(right) else ""
        case _:
            return ""


def _type_of_option(call: ast.AST | None, scope: Scope) -> str:
    """``integer`` for ``add_argument("--workers", type=int, default=os.environ.get("WORKERS"))``."""
    if not isinstance(call, ast.Call):
        return ""
    said = next((one.value for one in call.keywords if one.arg == "type"), None)
    name = scope.qualified(said) if said is not None else ""
    return TYPES.get(name, "") if name != "bool" else ""


def _texts(node: ast.AST) -> frozenset[str]:
    """The texts that something is compared to, in small letters."""
    nodes = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    return frozenset(
        one.value.lower() for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)
    )


def usage_of(name: str, place: str, found: Conversion, *, is_required: bool = False) -> Usage:
    """A place that reads a variable, its type guessed from the default where nothing else tells it."""
    is_told = bool(found.type) or found.default not in (UNSET, None)
    type_name = found.type or _type_of_number(found.default)
    return Usage(
        name=name,
        place=place,
        type=type_name if is_told else "",
        default=_default(found.default, type_name),
        is_required=is_required,
    )


def _type_of_number(default: object) -> str:
    """The type of a default that is a number; a text's for all else."""
    if isinstance(default, int | float) and not isinstance(default, bool):
        return "integer" if isinstance(default, int) else "number"
    return "string"


def _default(default: object, type_name: str) -> Any:  # noqa: ANN401 - any scalar
    """A default as a value of a type; unset for one that is none, is null or is no value of a document."""
    if default is UNSET or default is None:
        return UNSET
    try:
        return _converted(default, type_name)
    except (ValueError, OverflowError):
        return UNSET


def _converted(default: Any, type_name: str) -> Any:  # noqa: ANN401
    match type_name:
        case "integer":
            number = int(default)
            return number if -_LARGEST <= number < _LARGEST else UNSET
        case "number":
            fraction = float(default)
            return fraction if math.isfinite(fraction) else UNSET
        case "boolean":
            text = str(default).lower()
            return True if text in _TRUE else False if text in _FALSE else UNSET
        case _:
            return default if isinstance(default, str) and len(default) <= _MOST_CHARACTERS else UNSET
