"""``[tool.samestack.environments]``: where the stack runs, in which order it moves on, what may differ."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct, field

from samestack.capture.documents import load_toml, shaped
from samestack.check.suggestion import did_you_mean
from samestack.errors import InputError
from samestack.parity.order import in_order

ENVIRONMENTS: Final = "tool.samestack.environments"
ALLOWANCES: Final = "tool.samestack.allowed-differences"
EVERYWHERE: Final = "*"
"""The environment of an allowance that holds for all."""
T = TypeVar("T", bound=Struct)
_MOST_SECONDS: Final = 3600
_EXAMPLE: Final = '{ reference = "venv:.venv", profile = "development" }'


class Environment(Struct, frozen=True, kw_only=True):
    """One place where the stack runs."""

    name: str
    reference: str
    """As everywhere: ``venv:.venv``, ``registry:HOST/NAME@sha256:...``; paths are relative to the project."""
    profile: str = ""
    """The profile of its configuration; empty where it has none."""
    after: str = ""
    """The environment that it gets its stack from; empty for the first one."""
    host: str = ""
    """The machine that it runs on, as a reference: mostly a saved snapshot of it."""
    seconds: float = 60.0
    """How long its capture may take, and each question about it."""
    health: str = ""
    """Where its program answers with :func:`samestack.runtime.report`; empty where it is not asked."""
    recordings: tuple[str, ...] = ()
    """Recordings that it is to answer alike, relative to the project."""


class Allowance(Struct, frozen=True, kw_only=True):
    """A difference that is left alone for a reason and a time."""

    environment: str
    """A name, or ``*`` for all."""
    difference: str
    """``LAYER/NAME``, ``host/RULE`` or ``configuration/NAME``; with ``*`` as in file names."""
    reason: str
    until: dt.date
    """The last day."""


class ParitySettings(Struct, frozen=True, kw_only=True):
    """The two tables; the environments stand in the order in which they are written."""

    environments: tuple[Environment, ...] = ()
    allowances: tuple[Allowance, ...] = ()

    def environment(self, name: str) -> Environment | None:
        """The environment of a name."""
        return next((one for one in self.environments if one.name == name), None)


def environments_of(file: Path) -> ParitySettings:
    """What a manifest says; ``file`` need not be there, or hold the tables.

    :class:`~samestack.errors.InputError` names the key, and what it was meant to be.
    """
    if not file.is_file():
        return ParitySettings()
    own = shaped(load_toml(file, dict[str, Any]), _Manifest, file=str(file)).tool.samestack
    environments = tuple(_environments(own.environments, str(file)))
    _check_order(environments, str(file))
    names = [one.name for one in environments]
    return ParitySettings(
        environments=environments,
        allowances=tuple(_allowances(own.allowed_differences, names, str(file))),
    )


def ordered(settings: ParitySettings) -> tuple[Environment, ...]:
    """The environments in the order of promotion: each after the one that it gets its stack from."""
    by_name = {one.name: one for one in settings.environments}
    order, _ = in_order({name: one.after for name, one in by_name.items()})
    return tuple(by_name[name] for name in order)


class _Own(Struct, frozen=True, rename="kebab"):
    environments: dict[str, Any] = field(default_factory=dict)
    allowed_differences: list[Any] = field(default_factory=list)


class _Tool(Struct, frozen=True):
    samestack: _Own = field(default_factory=_Own)


class _Manifest(Struct, frozen=True):
    tool: _Tool = field(default_factory=_Tool)


def _environments(tables: Mapping[str, Any], file: str) -> Iterator[Environment]:
    for name, said in tables.items():
        place = f"{ENVIRONMENTS}.{name}"
        if name == EVERYWHERE or not name.strip() or "/" in name:
            raise InputError(file, "no name for an environment", place=place, hint="write letters and -")
        table = {"reference": said} if isinstance(said, str) else said
        if not isinstance(table, dict):
            raise InputError(file, "an environment is a table", place=place, hint=f"for example {_EXAMPLE}")
        _refuse_unknown(table, [one for one in _fields(Environment) if one != "name"], place, file)
        if not table.get("reference"):
            hint = f"for example {_EXAMPLE}"
            raise InputError(file, "it says no reference", place=f"{place}.reference", hint=hint)
        environment = _converted({**table, "name": name}, Environment, place, file)
        if not 0 < environment.seconds <= _MOST_SECONDS:
            hint = f"more than 0, at most {_MOST_SECONDS}"
            raise InputError(file, "no such time", place=f"{place}.seconds", hint=hint)
        yield environment


def _check_order(environments: Collection[Environment], file: str) -> None:
    names = [one.name for one in environments]
    for one in environments:
        if one.after and one.after not in names:
            place, hint = f"{ENVIRONMENTS}.{one.name}.after", did_you_mean(one.after, names)
            raise InputError(file, f"there is no environment '{one.after}'", place=place, hint=hint)
    _, circle = in_order({one.name: one.after for one in environments})
    if circle:
        way = " after ".join((*circle, circle[0]))
        place, hint = f"{ENVIRONMENTS}.{circle[0]}.after", "let one of them be the first"
        raise InputError(file, f"the order goes round in a circle: {way}", place=place, hint=hint)


def _allowances(entries: list[Any], names: Collection[str], file: str) -> Iterator[Allowance]:
    for number, entry in enumerate(entries):
        place = f"{ALLOWANCES}[{number}]"
        if not isinstance(entry, dict):
            raise InputError(file, "an allowed difference is a table", place=place)
        _refuse_unknown(entry, _fields(Allowance), place, file)
        for key in _fields(Allowance):
            if key not in entry or entry[key] == "":
                hint = "write environment, difference, reason and until: all four"
                raise InputError(file, f"it says no {key}", place=f"{place}.{key}", hint=hint)
        allowance = _converted(entry, Allowance, place, file)
        _check_allowance(allowance, names, place, file)
        yield allowance


def _check_allowance(allowance: Allowance, names: Collection[str], place: str, file: str) -> None:
    if allowance.environment not in (EVERYWHERE, *names):
        hint = did_you_mean(allowance.environment, (EVERYWHERE, *names))
        message = f"there is no environment '{allowance.environment}'"
        raise InputError(file, message, place=f"{place}.environment", hint=hint)
    if not all(part.strip() for part in allowance.difference.partition("/")):
        hint = 'for example "packages/opencv-python", "host/cuda-driver" or "configuration/LOG_LEVEL"'
        message = f"'{allowance.difference}' is no difference"
        raise InputError(file, message, place=f"{place}.difference", hint=hint)
    if not allowance.reason.strip():
        raise InputError(file, "the reason is empty", place=f"{place}.reason", hint="say why it may differ")


def _converted(table: Mapping[str, Any], shape: type[T], place: str, file: str) -> T:
    try:
        return msgspec.convert(table, shape, strict=True)
    except msgspec.ValidationError as error:
        message, _, key = str(error).partition(" - at ")
        raise InputError(file, message, place=f"{place}{key.strip('`').removeprefix('$')}") from None


def _fields(shape: type[Struct]) -> tuple[str, ...]:
    return shape.__struct_encode_fields__


def _refuse_unknown(table: Mapping[str, Any], known: Collection[str], place: str, file: str) -> None:
    for key in table:
        if key not in known:
            hint = did_you_mean(key, known)
            raise InputError(file, "there is no such key", place=f"{place}.{key}", hint=hint)
