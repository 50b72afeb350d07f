"""From a project's code to the variables that it reads, each with where."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import UNSET, Struct

from samestack.config.credentials import passwords_in
from samestack.config.inference.conversions import parents_of
from samestack.config.inference.environment_reads import environment_reads, unknown_reads
from samestack.config.inference.library_reads import library_reads
from samestack.config.inference.names import is_of_surroundings, is_secret_name
from samestack.config.inference.project_code import project_code
from samestack.config.inference.reading_functions import reading_functions, reads_by_functions
from samestack.config.inference.scope import scope_of
from samestack.config.inference.settings_classes import ClassFound, classes_of, settings_classes
from samestack.config.inference.usage import Usage
from samestack.config.names import variable_name

_TEXT: Final = "string"


class Inferred(Struct, frozen=True, kw_only=True):
    """A variable of the project. Its default is never a secret."""

    name: str
    type: str
    places: tuple[str, ...]
    default: Any = UNSET
    is_secret: bool = False
    is_required: bool = False


class Inference(Struct, frozen=True, kw_only=True):
    """What the code tells."""

    variables: tuple[Inferred, ...] = ()
    """By name."""
    settings: tuple[ClassFound, ...] = ()
    """Classes that can be the schema, the nearest to the top first."""
    doubts: tuple[str, ...] = ()
    """What somebody has to look at, in a sentence each; no default is in them."""


def inferred(directory: Path) -> Inference:
    """The variables and settings classes of the code below a directory; nothing of it is run."""
    usages: list[Usage] = []
    classes: list[ClassFound] = []
    doubts: list[str] = []
    for piece in project_code(directory):
        scope, parents = scope_of(piece.tree), parents_of(piece.tree)
        usages += environment_reads(piece, scope, parents)
        usages += library_reads(piece, scope)
        functions = reading_functions(piece.tree, scope)
        usages += reads_by_functions(piece, scope, functions)
        known = {read for function in functions.values() for read in function.reads}
        classes += classes_of(piece, scope)
        doubts += (
            f"{place}: which variable is read there, only a run can tell"
            for place in unknown_reads(piece, scope, known)
        )
    own, others = _parted(usages)
    return Inference(
        variables=tuple(_merged(name, of_name) for name, of_name in sorted(own.items())),
        settings=settings_classes(classes),
        doubts=tuple(dict.fromkeys((*_misnamed(others), *_contradictions(own), *doubts))),
    )


def _parted(usages: Iterable[Usage]) -> tuple[dict[str, list[Usage]], list[Usage]]:
    """The usages of the project's own variables by name, and those of variables that cannot be configured."""
    own: dict[str, list[Usage]] = {}
    others: list[Usage] = []
    for usage in usages:
        if is_of_surroundings(usage.name):
            continue
        if variable_name((usage.name,)) == usage.name:
            own.setdefault(usage.name, []).append(usage)
        else:
            others.append(usage)
    return own, others


def _merged(name: str, usages: Sequence[Usage]) -> Inferred:
    told = [usage.type for usage in usages if usage.type]
    type_name = next((one for one in told if one != _TEXT), _TEXT)
    default = next((one.default for one in usages if _is_of(one, type_name)), UNSET)
    is_secret = (type_name == _TEXT and is_secret_name(name)) or any(map(_holds_password, usages))
    is_guarded = any(usage.is_guarded for usage in usages)
    return Inferred(
        name=name,
        type=type_name,
        places=tuple(dict.fromkeys(usage.place for usage in usages)),
        default=UNSET if is_secret else default,
        is_secret=is_secret,
        is_required=not is_guarded and any(usage.is_required for usage in usages),
    )


def _is_of(usage: Usage, type_name: str) -> bool:
    return usage.default is not UNSET and (usage.type or _TEXT) == type_name


def _holds_password(usage: Usage) -> bool:
    return isinstance(usage.default, str) and "://" in usage.default and bool(passwords_in(usage.default))


def _misnamed(usages: Iterable[Usage]) -> Iterator[str]:
    for usage in usages:
        yield f"{usage.place}: a variable that is not in capitals, digits and _ cannot be configured"


def _contradictions(own: dict[str, list[Usage]]) -> Iterator[str]:
    """Variables that have several types or defaults, and secrets that stand in the code."""
    for name, usages in sorted(own.items()):
        places = ", ".join(dict.fromkeys(usage.place for usage in usages))
        if len({usage.type for usage in usages if usage.type}) > 1:
            yield f"{name} is read as several types: {places}"
        defaults = [usage for usage in usages if usage.default is not UNSET]
        if _merged(name, usages).is_secret:
            yield from (
                f"{one.place}: the secret {name} has a default in the code" for one in defaults if one.default
            )
        elif len({repr(usage.default) for usage in defaults}) > 1:
            yield f"{name} has several defaults: {places}"
