"""Settings classes of pydantic: the schema that a project has already."""

import ast
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from samestack.config.inference.project_code import Piece
from samestack.config.inference.scope import Scope

_ROOTS: Final = frozenset(
    {"pydantic_settings.BaseSettings", "pydantic.BaseSettings", "pydantic.v1.BaseSettings"}
)
_NOT_IN_NAMES: Final = "src/"


class ClassFound(Struct, frozen=True, kw_only=True):
    """A class of a module that can be imported."""

    module: str
    name: str
    place: str
    bases: tuple[str, ...]
    """Dotted, as far as the module tells."""
    mentions: frozenset[str]
    """The names in the annotations of its fields."""

    @property
    def reference(self) -> str:
        """``helpdesk_agent.settings:Settings``."""
        return f"{self.module}:{self.name}"


def classes_of(piece: Piece, scope: Scope) -> tuple[ClassFound, ...]:
    """The classes at the top of a module; none of a notebook, which cannot be imported."""
    module = module_name(piece.file)
    if piece.cell or not module:
        return ()
    return tuple(
        ClassFound(
            module=module,
            name=node.name,
            place=piece.place(node),
            bases=tuple(map(scope.qualified, node.bases)),
            mentions=_mentions(node),
        )
        for node in piece.tree.body
        if isinstance(node, ast.ClassDef)
    )


def module_name(file: str) -> str:
    """The dotted name that a file is imported by; empty where it has none."""
    parts = file.removeprefix(_NOT_IN_NAMES).removesuffix(".py").split("/")
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    return ".".join(parts) if parts and all(part.isidentifier() for part in parts) else ""


def settings_classes(found: Iterable[ClassFound]) -> tuple[ClassFound, ...]:
    """Those that are settings and no part of others: neither their base nor the type of a field."""
    classes = tuple(found)
    settings = _settings(classes)
    parts = {base.rpartition(".")[2] for one in settings for base in one.bases}
    parts |= {name for one in classes for name in one.mentions}
    return tuple(one for one in settings if one.name not in parts)


def _settings(classes: Sequence[ClassFound]) -> list[ClassFound]:
    """The classes that inherit from one of pydantic's, if through others of the project."""
    settings: list[ClassFound] = []
    names: set[str] = set()
    while True:
        more = [
            one
            for one in classes
            if one not in settings
            and any(base in _ROOTS or base.rpartition(".")[2] in names for base in one.bases)
        ]
        if not more:
            return [one for one in classes if one in settings]
        settings += more
        names |= {one.name for one in more}


def _mentions(node: ast.ClassDef) -> frozenset[str]:
    annotations = (one.annotation for one in node.body if isinstance(one, ast.AnnAssign))
    return frozenset(
        inner.id for said in annotations for inner in ast.walk(said) if isinstance(inner, ast.Name)
    )
