"""What every export says: each release once, with the marker under which it is wanted, and its hashes."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from msgspec import Struct

from samestack.capture.readers.requirements.packaging_values import any_of
from samestack.errors import InputError
from samestack.lock.decision import Lock
from samestack.model import Component, Ecosystem, Layer

_ARCHIVES: Final = (".whl", ".tar.gz", ".zip")


class Pin(Struct, frozen=True, kw_only=True):
    """One release of one package."""

    name: str
    version: str = ""
    """Empty where only what lies at the source, or at the path, tells it."""
    marker: str = ""
    """Empty where it is wanted everywhere."""
    hashes: tuple[str, ...] = ()
    source: str = ""
    """An address or a commit, where it comes from no index."""
    path: str = ""
    """A file or directory of this machine, relative to the lock."""

    @property
    def is_project(self) -> bool:
        """Whether it is a directory of this machine, which no other tool could find elsewhere."""
        return bool(self.path) and not self.path.endswith(_ARCHIVES)

    @property
    def label(self) -> str:
        """As a person would write it: ``numpy 1.26.4``."""
        return f"{self.name} {self.version}".rstrip()


def pins(lock: Lock) -> tuple[Pin, ...]:
    """All that belongs to everybody, and to the extras and groups that the lock is for.

    :class:`InputError` where something comes from an index and has no version.
    """
    wanted = {*lock.table.extras, *lock.table.groups}
    components = [one for one in lock.snapshot.stack.layer(Layer.PACKAGES) if _is_wanted(one, wanted)]
    return tuple(_pin(list(same), lock) for _, same in groupby(sorted(components, key=_key), _key))


def project_notes(found: Iterable[Pin]) -> Iterator[str]:
    """A sentence for each project of this machine, which an export leaves out."""
    for pin in found:
        if pin.is_project:
            yield f"left out: {pin.name}, which lies at {pin.path} of the machine that locked it"


def _is_wanted(component: Component, wanted: set[str]) -> bool:
    if component.ecosystem is not Ecosystem.PYPI:
        return False
    asking = component.circumstances.get("group")
    return not isinstance(asking, tuple) or not wanted.isdisjoint(asking)


def _key(component: Component) -> tuple[str, str, str]:
    return component.name, component.version or "", component.source or ""


def _pin(same: list[Component], lock: Lock) -> Pin:
    """One release, which several groups may want under markers of their own."""
    first = same[0]
    path = first.circumstances.get("editable") or first.circumstances.get("path")
    hashes = first.facts.get("hashes")
    if not (first.version or first.source or path):
        raise InputError(str(lock.path), f"'{first.name}' has no version", hint="lock it: samestack lock")
    markers = [one.marker for one in same]
    return Pin(
        name=first.name,
        version=first.version or "",
        marker="" if None in markers else any_of(sorted({one for one in markers if one})) or "",
        hashes=hashes if isinstance(hashes, tuple) else (),
        source=first.source or "",
        path=path if isinstance(path, str) else "",
    )
