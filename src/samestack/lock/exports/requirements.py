"""Requirements that name each file by its hashes: what ``pip install --require-hashes`` and uv install."""

from collections.abc import Iterator
from typing import Final

from samestack import __version__
from samestack.errors import RequestError
from samestack.lock.decision import Lock
from samestack.lock.exports.pins import Pin, pins, project_notes

_UNDERSTOOD: Final = ("sha256:", "sha384:", "sha512:")
"""The hashes that pip and uv check; an index may state others."""


def requirements(lock: Lock) -> bytes:
    """The text of a requirements file; no line of it names an index.

    :class:`RequestError` for a package whose files no hash can name.
    """
    found = pins(lock)
    about = f"exported from {lock.path.name} by samestack {__version__}"
    lines = [*(f"# {one}" for one in (about, *project_notes(found)))]
    lines += [line for pin in found if not pin.is_project for line in _lines(pin, lock)]
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(pin: Pin, lock: Lock) -> Iterator[str]:
    hashes = [one for one in pin.hashes if one.startswith(_UNDERSTOOD)]
    if not hashes:
        raise _without_hash(pin, lock)
    marker = f" ; {pin.marker}" if pin.marker else ""
    words = [f"{_requirement(pin)}{marker}", *(f"    --hash={one}" for one in hashes)]
    yield from (f"{word} \\" for word in words[:-1])
    yield words[-1]


def _requirement(pin: Pin) -> str:
    if pin.source:
        return f"{pin.name} @ {pin.source}"
    if pin.path:
        return pin.path if pin.path.startswith((".", "/")) else f"./{pin.path}"
    return f"{pin.name}=={pin.version}"


def _without_hash(pin: Pin, lock: Lock) -> RequestError:
    if pin.source:
        return RequestError(
            f"{lock.path}: {pin.label} comes from {pin.source}, which no hash names",
            hint="install from the lock itself, or export it as pylock",
        )
    return RequestError(f"{lock.path}: no hash is given for {pin.label}", hint="lock it: samestack lock")
