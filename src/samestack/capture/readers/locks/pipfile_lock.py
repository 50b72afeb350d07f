"""``Pipfile.lock``: what Pipenv decided, for its categories of packages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from samestack.capture.documents import load_json, shaped
from samestack.capture.observation import Observation
from samestack.capture.readers.locks.provenance import of_index
from samestack.capture.readers.locks.python_packages import package, python, with_circumstances
from samestack.capture.readers.projects.declared_sources import DeclaredSource, provenance_of
from samestack.capture.readers.requirements.packaging_values import (
    hash_texts,
    marker_text,
    package_name,
    pinned_version,
    placed,
    shown,
    specifier_set,
)
from samestack.capture.readers.requirements.wishes import file_name_tells
from samestack.model import Component, Layer, Remark

DEFAULT: Final = "default"
"""The category that everybody needs; every other is a group."""

_META: Final = "_meta"


class _Locked(DeclaredSource, frozen=True, kw_only=True):
    version: str = ""
    hashes: tuple[str, ...] = ()
    markers: str | None = None

    @property
    def is_undecided(self) -> bool:
        """Whether nothing tells what is to be installed."""
        return not (self.hashes or self.git or self.url or self.file or self.path)


class _Requires(Struct, frozen=True):
    python_version: str | None = None
    python_full_version: str | None = None


class _Index(Struct, frozen=True):
    name: str = ""
    url: str = ""


class _Meta(Struct, frozen=True):
    requires: _Requires = _Requires()
    sources: tuple[_Index, ...] = ()


def read(path: Path) -> Observation:
    """The packages of every category, and the Python that is required."""
    file, document = str(path), load_json(path, dict[str, Any])
    meta = shaped(document.pop(_META, {}), _Meta, file=file)
    categories = shaped(document, dict[str, dict[str, _Locked]], file=file)
    indexes = {index.name: index.url for index in meta.sources}
    components = list(_python(meta.requires, file))
    remarks = []
    for category, packages in categories.items():
        for name, locked in packages.items():
            with placed(file, f"$.{category}.{name}"):
                component = _component(name, locked, indexes)
            if component.version is None and locked.is_undecided:
                remarks.append(_undecided(component.name, path))
            else:
                components.append(component if category == DEFAULT else _of_group(component, category))
    return Observation(tuple(components), tuple(remarks))


def _python(requires: _Requires, file: str) -> tuple[Component, ...]:
    """``python_full_version`` is one version; ``python_version``, such as 3.11, is any of its releases."""
    full, series = requires.python_full_version, requires.python_version
    wanted = f"=={full}" if full else f"=={series}.*" if series and series != "*" else None
    if wanted is None:
        return ()
    with placed(file, "$._meta.requires"):
        return (python(specifier_set(wanted)),)


def _component(name: str, locked: _Locked, indexes: Mapping[str, str]) -> Component:
    address = locked.file or locked.path
    told = file_name_tells(address) if address else None
    index = of_index(indexes.get(locked.index, locked.index)) if locked.index else None
    return package(
        package_name(name),
        told[1] if told else pinned_version(specifier_set(locked.version)),
        marker=marker_text(locked.markers),
        provenance=index or provenance_of(locked),
        hashes=hash_texts(locked.hashes),
    )


def _of_group(component: Component, category: str) -> Component:
    return with_circumstances(component, {"group": (shown(category),)})


def _undecided(name: str, path: Path) -> Remark:
    return Remark(
        code="undecided-version",
        layer=Layer.PACKAGES,
        subject=name,
        message="the lock decides no version of it, as where it was locked nothing needed it: it is left out",
        place=str(path),
    )
