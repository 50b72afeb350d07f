"""The modules that Python code imports, whichever Python it was written for; nothing of it is run."""

import ast
import re
import warnings
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

_LINE: Final = re.compile(
    r"[ \t]*(?:import[ \t]+(?P<plain>[\w., \t]+)"
    r"|from[ \t]+(?P<origin>\w[\w.]*)[ \t]+import[ \t]+\(?(?P<names>[\w, \t]*))"
)
_PYTHON_2: Final = re.compile(
    r"[ \t]*(?:print[ \t]+[\"'\w%]|exec[ \t]+[\"'\w]|except[ \t]+[\w.]+[ \t]*,[ \t]*\w+[ \t]*:)"
)
_FAILURES: Final = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})


class Imported(Struct, frozen=True, kw_only=True):
    """One import."""

    module: str
    """Dotted, with what is taken from it: ``google.cloud`` and ``storage`` are ``google.cloud.storage``."""
    line: int
    is_optional: bool = False
    """Whether the code does without it when it is not there."""
    is_late: bool = False
    """Whether it stands inside a function."""


class Code(Struct, frozen=True):
    """What a piece of code imports, and whether only Python 2 reads it."""

    imports: tuple[Imported, ...]
    is_python_2: bool = False


def imported_by(text: str) -> Code:
    """The imports of a text; one that today's Python cannot parse is read line by line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what others wrote: invalid escapes and the like
            tree = ast.parse(text)
        return Code(tuple(_imports_of(tree)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        lines = text.splitlines()
        return Code(tuple(_of_lines(lines)), any(map(_PYTHON_2.match, lines)))


class _Inside(Struct, frozen=True):
    """What a statement stands in."""

    is_optional: bool = False
    is_late: bool = False


def _imports_of(tree: ast.AST) -> Iterator[Imported]:
    pending = [(tree, _Inside())]
    while pending:
        node, inside = pending.pop()
        yield from _of_statement(node, inside)
        pending += reversed(list(_children(node, inside)))


def _children(node: ast.AST, inside: _Inside) -> Iterator[tuple[ast.AST, _Inside]]:
    """The statements below one, with what they stand in: a ``try`` that bears a failed import, a function."""
    bears = (isinstance(node, ast.Try) and any(map(_bears_failure, node.handlers))) or _is_for_types(node)
    guarded = (*getattr(node, "body", ()), *getattr(node, "handlers", ())) if bears else ()
    optional = set(map(id, guarded))
    is_late = inside.is_late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield child, _Inside(inside.is_optional or id(child) in optional, is_late)


def _bears_failure(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(name, ast.Name) and name.id in _FAILURES for name in names)


def _is_for_types(node: ast.AST) -> bool:
    """``if TYPE_CHECKING:``."""
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _of_statement(node: ast.AST, inside: _Inside) -> Iterator[Imported]:
    for module in _modules(node):
        yield Imported(
            module=module,
            line=getattr(node, "lineno", 0),
            is_optional=inside.is_optional,
            is_late=inside.is_late,
        )


def _modules(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (name.name for name in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
        yield from (node.module if one.name == "*" else f"{node.module}.{one.name}" for one in node.names)


def _of_lines(lines: list[str]) -> Iterator[Imported]:
    for number, line in enumerate(lines, start=1):
        match = _LINE.match(line)
        if match is None:
            continue
        for name in (match["plain"] or "").split(","):
            if name.strip():
                yield Imported(module=name.split()[0], line=number)
        origin = match["origin"]
        names = [name.split()[0] for name in (match["names"] or "").split(",") if name.strip()]
        for module in [f"{origin}.{name}" for name in names] or ([origin] if origin else []):
            yield Imported(module=module, line=number)
