"""``schema = "package.module:Class"``: the project's own pydantic class, read once as long as it stays."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import UNSET, Struct

from samestack.capture.cache import Cache, cache_directory
from samestack.config.schema.ages import days_of
from samestack.config.schema.asking_class import SCRIPT, Asked, answer_of, asked_class
from samestack.config.schema.field import Field, Schema
from samestack.config.settings import PLACE
from samestack.errors import InputError

_CACHE: Final = "configuration-classes"

Stamp = tuple[int, int]
"""When a file was changed, in nanoseconds, and how many bytes it has."""


class _ToldField(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    aliases: tuple[str, ...]
    schema: dict[str, Any]
    is_secret: bool
    is_required: bool
    required_in: tuple[str, ...]
    longest_age: str
    unit: str
    description: str
    default: Any = UNSET


class _Told(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    fields: tuple[_ToldField, ...]
    has_checks: bool
    files: dict[str, Stamp]


class _Kept(Struct, frozen=True, kw_only=True):
    """A schema, and the files of the project that it was read from."""

    schema: Schema
    files: dict[str, Stamp]


def read_class(name: str, file: Path, project: Path, environment: Path | None) -> Schema:
    """The variables of the class ``package.module:Class``, as the project's environment has it.

    It is read again when a file of the project that it imports changes, or what is installed. Errors are
    those of :func:`~samestack.config.schema.asking_class.asked_class` and of ``answer_of``.
    """
    asked = asked_class(name, file, project, environment)
    cache = Cache(cache_directory(os.environ, _CACHE), _Kept)
    key = Cache.key(name, str(project.resolve()), *_installed(asked), *_reader())
    kept = cache.get(key)
    if kept is not None and all(_stamp(path) == stamp for path, stamp in kept.files.items()):
        return kept.schema
    told = msgspec.json.decode(answer_of(asked, {}), type=_Told)
    schema = Schema(
        fields=tuple(_field(one, file) for one in told.fields), source=name, has_checks=told.has_checks
    )
    cache.put(key, _Kept(schema=schema, files=told.files))
    cache.prune()
    return schema


def _field(told: _ToldField, file: Path) -> Field:
    try:
        days = days_of(told.longest_age) if told.longest_age else None
    except ValueError:
        message, hint = f"{told.name} has a longest age that is none", 'for example "90d", "12h" or "2w"'
        raise InputError(str(file), message, place=f"{PLACE}.schema", hint=hint) from None
    return Field(
        name=told.name,
        aliases=told.aliases,
        schema=told.schema,
        is_secret=told.is_secret,
        is_required=told.is_required,
        required_in=told.required_in,
        default=told.default,
        longest_age_days=days,
        unit=told.unit,
        description=told.description,
    )


def _installed(asked: Asked) -> Iterator[str]:
    """What changes when the interpreter does, or when a package is installed, removed or exchanged."""
    environment = asked.python.parent.parent
    places = (asked.python, *sorted(environment.glob("lib*/python*/site-packages")))
    for place in places:
        yield f"{place.absolute()} {_stamp(str(place))}"


def _reader() -> Iterator[str]:
    """What changes when what reads classes does."""
    for path in (SCRIPT, *sorted(SCRIPT.with_name("class_reader").glob("*.py"))):
        yield f"{path.name} {_stamp(str(path))}"


def _stamp(path: str) -> Stamp | None:
    try:
        state = os.stat(path)  # noqa: PTH116 - looked at for each file that a class takes
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size
