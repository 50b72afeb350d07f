"""Python packages, and Python itself, as components: the shape that all readers of Python's files bring."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from msgspec import structs
from packaging.specifiers import SpecifierSet

from samestack.capture.readers.locks.provenance import UNSTATED, Provenance
from samestack.capture.readers.requirements.packaging_values import marker_text, pinned_version, shown
from samestack.model import Component, Ecosystem, Layer, Remark, Value

MAIN: Final = ""
"""The name under which the packages stand that no group and no extra has to ask for."""


def package(
    name: str,
    version: str | None = None,
    *,
    marker: str | None = None,
    provenance: Provenance = UNSTATED,
    hashes: Iterable[str] = (),
) -> Component:
    """A package of a normalised name; ``hashes`` are those of its files, with what the provenance states."""
    all_hashes = tuple(sorted({*hashes, *provenance.hashes}))
    return Component(
        layer=Layer.PACKAGES,
        ecosystem=Ecosystem.PYPI,
        name=name,
        version=version,
        marker=marker,
        source=provenance.source,
        facts={"hashes": all_hashes} if all_hashes else {},
        circumstances=provenance.circumstances,
    )


def with_circumstances(component: Component, circumstances: Mapping[str, Value]) -> Component:
    """The component, with more said of how it came to be here."""
    return structs.replace(component, circumstances={**component.circumstances, **circumstances})


def python(specifiers: SpecifierSet) -> Component:
    """The Python that a project or a lock asks for."""
    pinned = pinned_version(specifiers)
    return Component(
        layer=Layer.PYTHON,
        ecosystem=Ecosystem.GENERIC,
        name="python",
        version=pinned,
        requirement=None if pinned else str(specifiers) or None,
    )


def in_groups(component: Component, markers: Mapping[str, str | None]) -> Iterator[Component]:
    """The component where each group asks for it, under that group's marker; ``MAIN`` is no group.

    A group adds nothing where it asks under the same condition as ``MAIN``, or where ``MAIN`` asks always.
    """
    rows = sorted(((marker or "", group) for group, marker in markers.items()))
    if (MAIN in markers) and not markers[MAIN]:
        rows = [("", MAIN)]
    for marker, asking in groupby(rows, key=itemgetter(0)):
        groups = tuple(shown(group) for _, group in asking)
        placed = structs.replace(component, marker=marker or None)
        yield placed if MAIN in groups else with_circumstances(placed, {"group": groups})


def limits(markers: Iterable[str], path: Path) -> Iterator[Remark]:
    """A remark on a lock that was made for some environments only; ``ValueError`` for what is no marker."""
    environments = " or ".join(filter(None, map(marker_text, markers)))
    if environments:
        yield Remark(
            code="limited-lock",
            layer=Layer.PYTHON,
            subject=path.name,
            message=f"the lock is made for these environments only: {shown(environments)}",
            place=str(path),
        )


def unneeded(name: str, path: Path) -> Remark:
    """A remark on a package of a lock that nothing in it needs."""
    return Remark(
        code="unneeded-package",
        layer=Layer.PACKAGES,
        subject=shown(name),
        message="nothing in the lock needs it: where it belongs cannot be told",
        place=str(path),
    )
