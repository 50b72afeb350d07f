"""Installed packages of Debian, Ubuntu and distroless roots: dpkg's status file, read without dpkg."""

from collections.abc import Iterator
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.probes.system.stanzas import read_stanzas
from samestack.capture.probes.system.system_packages import (
    MAX_DATABASE_BYTES,
    SystemPackage,
    observe_packages,
)
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import Tree
from samestack.model import Ecosystem, Layer, Remark

_STATUS: Final = "/var/lib/dpkg/status"
_STATUS_DIRECTORY: Final = "/var/lib/dpkg/status.d"
_FIELDS: Final = ("Package", "Version", "Architecture", "Status")
_COMPLETE: Final = frozenset({"installed", "triggers-pending", "triggers-awaited"})
_PARTIAL: Final = frozenset({"half-installed", "unpacked", "half-configured"})
_PRESENT: Final = _COMPLETE | _PARTIAL
_MAX_STATUS_FILES: Final = 10_000


def read_debian_packages(tree: Tree) -> Observation:
    """Every package that dpkg has installed; those it left half done are there, with a remark.

    Distroless images have no status file but a directory with one file a package, which states no status.
    """
    found = list(_stanzas(tree))
    present = [stanza for stanza in found if _state(stanza) in _PRESENT]
    partial = [stanza[0] for stanza in present if _state(stanza) in _PARTIAL]
    packages = (SystemPackage(name, version, architecture) for name, version, architecture, _ in present)
    observation = observe_packages(Ecosystem.DEBIAN, packages, place=tree.shown(_STATUS))
    return Observation(observation.components, (*observation.remarks, *_of_partial(partial, tree)))


def _state(stanza: tuple[str, ...]) -> str:
    """The third word of ``install ok installed``."""
    return stanza[3].rpartition(" ")[2] or "installed"


def _stanzas(tree: Tree) -> Iterator[tuple[str, ...]]:
    if tree.is_file(_STATUS):
        yield from read_stanzas(_text(tree, _STATUS), _FIELDS)
    for entry in tree.entries(_STATUS_DIRECTORY)[:_MAX_STATUS_FILES]:
        if entry.is_file and not entry.name.endswith(".md5sums"):
            yield from read_stanzas(_text(tree, entry.path), _FIELDS)


def _text(tree: Tree, path: str) -> str:
    return tree.read(path, limit=MAX_DATABASE_BYTES).decode("utf-8", "replace")


def _of_partial(names: list[str], tree: Tree) -> tuple[Remark, ...]:
    if not names:
        return ()
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return (
        Remark(
            code="package-half-installed",
            layer=Layer.SYSTEM,
            subject=shown_text(names[0]),
            message=f"dpkg began to install {shown_text(', '.join(names[:3]))}{more} and did not finish; "
            "finish it with: dpkg --configure --pending",
            place=tree.shown(_STATUS),
        ),
    )
