"""Which Python to make an environment with: the newest release of the series that is there and runs."""

import os
import shutil
from collections.abc import Iterator
from typing import Final

from packaging.version import Version

from samestack.envs.interpreters import fetching
from samestack.envs.interpreters.interpreter import Interpreter
from samestack.envs.interpreters.places import Place, places
from samestack.envs.interpreters.reading import installations_in, read
from samestack.envs.interpreters.trying import tried_version
from samestack.envs.interpreters.wanted import Wanted, wanted_python
from samestack.errors import OutsideError, RequestError, SamestackError

_NAMED: Final = 12
"""How many interpreters an error lists."""


def find_interpreter(wanted: str, *, requires: str = "", may_fetch: bool = True) -> Interpreter:
    """The interpreter of a series (``3.9``), a release (``3.9.18``) or a path; of any series when empty.

    It was started once, and ran. ``requires`` is what it has to meet beside that (``>=3.8,<3.11``). Of
    several, the newest release is taken. If there is none, uv may fetch one. :class:`RequestError` for what
    names no Python, :class:`OutsideError` where none is to be had, with those that are.
    """
    asked = wanted_python(wanted, requires)
    if asked.path is not None:
        return _at_path(asked)
    found = next(filter(None, map(_tried, _by_preference(asked))), None)
    if found is not None:
        return found
    if not (may_fetch and fetching.is_allowed()):
        raise _missing(asked)
    return _fetched(asked)


def all_interpreters() -> tuple[Interpreter, ...]:
    """Every interpreter in the usual places, the newest release first; none of them was started."""
    return _by_preference(Wanted())


def _by_preference(asked: Wanted) -> tuple[Interpreter, ...]:
    found = (one for one in _interpreters(asked.series) if asked.accepts(one.version))
    # Of one release, the place that is looked at first goes first: sorting keeps the order of equals.
    return tuple(sorted(found, key=_rank, reverse=True))


def _rank(interpreter: Interpreter) -> tuple[bool, bool, Version]:
    """An environment of conda may be gone tomorrow, and what is not released yet is for those who name it."""
    version = Version(interpreter.version)
    return not version.is_prerelease, interpreter.source != "conda", version


def _interpreters(series: str) -> Iterator[Interpreter]:
    """Each executable once, whatever links lead to it."""
    seen: set[str] = set()
    for place in places():
        for installation in installations_in(place):
            path = os.path.realpath(installation.executable)
            if path in seen or (series and installation.version != series):
                continue
            seen.add(path)
            interpreter = read(installation, place.source)
            if interpreter is not None:
                yield interpreter


def _tried(interpreter: Interpreter) -> Interpreter | None:
    """The interpreter, if it runs and is what its files say."""
    version = tried_version(interpreter.path)
    return interpreter if version and version == Version(interpreter.version).base_version else None


def _at_path(asked: Wanted) -> Interpreter:
    path = asked.path
    assert path is not None  # noqa: S101 - the caller looked
    if not path.exists():
        raise RequestError(f"there is no {asked}", hint="nothing is there; name an interpreter that is")
    found = [read(one, "path") for one in installations_in(Place("path", path))]
    for interpreter in sorted(filter(None, found), key=_rank, reverse=True):
        if not asked.accepts(interpreter.version):
            raise RequestError(
                f"Python at {path} is {interpreter.version}, not one that meets {asked.requires}"
            )
        if _tried(interpreter) is not None:
            return interpreter
    raise RequestError(
        f"{path} is no Python that environments can be made with",
        hint="it is a shim, does not run, or is of another kind: name the executable of a CPython",
    )


def _fetched(asked: Wanted) -> Interpreter:
    try:
        path = fetching.fetch(asked)
    except SamestackError as error:
        raise _missing(asked, f", and uv could not fetch it ({error.message})") from None
    found = (read(one, "uv") for one in installations_in(Place("uv", path)))
    interpreter = next((one for one in found if one is not None and _tried(one) is not None), None)
    if interpreter is None:
        raise _missing(asked, f", and the one that uv fetched does not run ({path})")
    return interpreter


def _missing(asked: Wanted, fetched: str = "") -> SamestackError:
    there = [f"{one.version} ({one.source})" for one in all_interpreters()]
    listed = ", ".join(there[:_NAMED]) + (", ..." if len(there) > _NAMED else "")
    found = f"found are {listed}" if there else "no other was found either"
    return OutsideError(f"there is no {asked} on this machine{fetched}; {found}", hint=_how_to_get(asked))


def _how_to_get(asked: Wanted) -> str:
    version = asked.version or "VERSION"
    ways = [f"uv python install {version}", f"pyenv install {version}"]
    if asked.series and shutil.which("apt-get"):
        ways.append(f"apt-get install python{asked.series}-venv")
    return f"install it: {', or '.join(ways)}; or name the path of one"
