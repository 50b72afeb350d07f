"""The terms of a lock: what the manifest says and what is asked beyond it, put together."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.errors import RequestError
from samestack.lock.decision import LockOptions
from samestack.lock.lock_table import LockTable
from samestack.lock.python_choice import chosen_python
from samestack.project.manifest import LOCK_NAMES, PLATFORMS, Constraint, Project

AUTO: Final = "auto"
"""The day that the pins tell."""


class Terms(Struct, frozen=True, kw_only=True):
    """How a lock is decided, with nothing left open but a day that the pins are to tell."""

    path: Path
    """Where the lock is to stand."""
    python: str
    """A series or a release."""
    platforms: tuple[str, ...] = ()
    """Empty for all that the solver knows."""
    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    as_of: str = ""
    """A day, ``auto`` or nothing."""
    urls: bool = True
    constraints: tuple[Constraint, ...] = ()
    notes: tuple[str, ...] = ()
    """What was decided without being asked for outright, in a sentence each."""


def terms_of(project: Project, options: LockOptions, earlier: LockTable) -> Terms:
    """The terms; ``earlier`` is the table of the lock that is to be replaced, empty where there is none.

    :class:`RequestError` for options that name what there is not.
    """
    manifest = project.manifest
    python, notes = chosen_python(project, options.python, earlier.python)
    return Terms(
        path=lock_path(project, options),
        python=python,
        platforms=_platforms(options.platforms) or manifest.platforms,
        extras=_names((*manifest.extras, *options.extras)),
        groups=_names((*manifest.groups, *options.groups)),
        as_of=_day(options.as_of) or manifest.as_of,
        urls=manifest.urls if options.urls is None else options.urls,
        constraints=(*manifest.constraints, *options.constraints),
        notes=notes,
    )


def lock_path(project: Project, options: LockOptions) -> Path:
    """Where the lock of a project stands, or is to stand."""
    return options.output or project.directory / LOCK_NAMES[project.backend]


def _platforms(names: Iterable[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(names))
    for name in asked:
        if name not in PLATFORMS:
            raise RequestError(f"there is no platform '{name}'", hint=f"name one of {', '.join(PLATFORMS)}")
    return asked


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _day(text: str) -> str:
    if text in {"", AUTO}:
        return text
    import datetime as dt

    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise RequestError(f"'{text}' is no day", hint="write --as-of 2023-05-01, or --as-of auto") from None
