"""What a sync notes for the next one: that it would find nothing to do, or at least what it would find."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.compare.releases import releases
from samestack.envs.syncing import stamp
from samestack.envs.syncing.contents import remember
from samestack.envs.syncing.observed import Observed
from samestack.envs.syncing.survey import Survey
from samestack.envs.transaction import journal
from samestack.envs.venv.site_directories import site_directories
from samestack.errors import OutsideError
from samestack.files import write_file
from samestack.model import Component, Ecosystem, Kind, Layer, Stack
from samestack.project.manifest import LOCK_NAMES, Backend

_SETTLING_NANOSECONDS: Final = 100_000_000
"""How long before it was read a file must have changed last, for its time of change to tell of the next."""


def note(found: Survey, started: int, *, is_plain: bool) -> None:
    """Note that the environment is what its lock says; ``started`` is when this sync began to read, in ns.

    With ``is_plain`` a sync without options would find the same, and have nothing else to say. The notes are
    a help and no truth: where they cannot be written, the next sync looks closer.
    """
    parts = tuple(_parts(found.place))
    with contextlib.suppress(OSError):
        (found.place / journal.DIRECTORY).mkdir(exist_ok=True)
    if found.backend is Backend.VENV and not found.plan.is_empty:
        remember(found.place, _afterwards(found), parts)
    inputs = tuple(_inputs(found))
    if all(_is_settled(path, started) for path in inputs):
        project = str(found.project.directory) if is_plain else ""
        text = stamp.text_of(found.words, str(found.place), project, (*inputs, *parts))
        with contextlib.suppress(OutsideError):
            write_file(text.encode("utf-8", "surrogateescape"), Path(stamp.path_in(str(found.place))))


def _afterwards(found: Survey) -> Observed:
    """What is in an environment in which the changes were made."""
    stack = Stack.of(_components(found))
    return Observed(kind=Kind.VENV, python=found.python, stack=stack, verdicts=found.verdicts)


def _components(found: Survey) -> Iterator[Component]:
    plan = found.plan
    is_anew = bool(plan.anew) or found.observed is None
    changed = {change.name for change in plan.changes} | {plan.project}
    if is_anew or found.observed is None:
        yield from releases(found.locked)
    else:
        yield from (one for one in found.observed.stack if one.name not in changed)
        yield from (change.after for change in plan.changes if change.after is not None)
    if plan.project:
        yield Component(
            layer=Layer.PACKAGES,
            ecosystem=Ecosystem.PYPI,
            name=plan.project,
            circumstances={"editable": str(found.project.directory.resolve())},
        )


def _inputs(found: Survey) -> Iterator[str]:
    """What decides what the environment is to be; also what would, if it were there."""
    directory = found.project.directory.absolute()
    names = ("pyproject.toml", LOCK_NAMES[found.project.backend], *found.project.wishes)
    paths = (found.lock.path.absolute(), *map(directory.joinpath, names))
    yield from dict.fromkeys(map(str, paths))


def _parts(place: Path) -> Iterator[str]:
    """What changes when something is installed or taken away, or when the interpreter is."""
    for name in ("pyvenv.cfg", "bin", "bin/python", "conda-meta", f"{journal.DIRECTORY}/journal"):
        yield str(place / name)
    yield from site_directories(str(place))


def _is_settled(path: str, started: int) -> bool:
    try:
        return Path(path).stat().st_ctime_ns < started - _SETTLING_NANOSECONDS
    except OSError:
        return True
