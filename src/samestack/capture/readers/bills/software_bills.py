"""Software bills of materials, whichever standard they follow: packages by their package URLs."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from msgspec import Struct, field

from samestack.capture.observation import Observation
from samestack.capture.probes.system.system_packages import SystemPackage, observe_packages
from samestack.capture.readers.bills.package_urls import PackageUrl
from samestack.capture.readers.conda.conda_records import CondaRecord
from samestack.capture.readers.conda.conda_records import component_of as conda_component
from samestack.capture.readers.locks.python_packages import package as python_package
from samestack.capture.readers.requirements.packaging_values import hash_texts, package_name, shown
from samestack.knowledge.conda_layers import conda_layer
from samestack.model import Component, Ecosystem, Layer, Remark

OPERATING_SYSTEM: Final = "operating-system"
MODEL: Final = "machine-learning-model"

# No @ and no colon: a package URL with an address in it gives pieces of the address as names.
_NAME = re.compile(r"\w[\w .+/()~-]{0,255}")
_SYSTEM: Final = (Ecosystem.DEBIAN, Ecosystem.RPM, Ecosystem.ALPINE)
_UNIDENTIFIED: Final = "unidentified"
_ALGORITHMS: Final = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})


class BillEntry(Struct, frozen=True, kw_only=True):
    """One thing that a bill lists, in the words that CycloneDX and SPDX share."""

    place: str
    """Where in the document: ``components[3]``."""
    name: str
    version: str = ""
    purpose: str = ""
    """:data:`OPERATING_SYSTEM`, :data:`MODEL`, or any other word."""
    package_url: str = ""
    hashes: tuple[tuple[str, str], ...] = ()
    """Algorithm, in either standard's spelling, and digest."""


class _Sorted(Struct):
    """What was found so far. One thing that is listed for several places is kept once."""

    components: dict[tuple[str, ...], Component] = field(default_factory=dict)
    system: dict[Ecosystem, dict[SystemPackage, None]] = field(default_factory=dict)
    foreign: Counter[str] = field(default_factory=Counter)
    """How many there are of each type of package that no stack has: npm's, Go's."""
    malformed: list[str] = field(default_factory=list)


def observe_bill(entries: Iterable[BillEntry], file: str) -> Observation:
    """Everything in a bill that belongs to a stack; what does not is counted in remarks, kind by kind."""
    found = _Sorted()
    for entry in entries:
        try:
            _sort(entry, found)
        except ValueError as error:
            found.malformed.append(f"{entry.place}: {shown(str(error))}")
    of_system = (
        observe_packages(ecosystem, found.system.get(ecosystem, ()), place=file) for ecosystem in _SYSTEM
    )
    observation = Observation(
        tuple(found.components.values()), (*_of_foreign(found, file), *_of_malformed(found, file))
    )
    return Observation.joined((observation, *of_system))


def _sort(entry: BillEntry, found: _Sorted) -> None:
    url = PackageUrl.parse(entry.package_url) if entry.package_url else None
    if url is not None and url.type in _SYSTEM:
        found.system.setdefault(Ecosystem(url.type), {})[_system_package(url)] = None
        return
    component = _component(entry, url)
    if component is None:
        found.foreign[url.type if url else _UNIDENTIFIED] += 1
    else:
        key = (*component.key, component.version or "", component.build or "")
        found.components.setdefault(key, component)


def _component(entry: BillEntry, url: PackageUrl | None) -> Component | None:
    if url is None or url.type == Ecosystem.GENERIC:
        return _generic(entry, url)
    hashes = _hashes(entry)
    if url.type == Ecosystem.PYPI:
        return python_package(package_name(url.name), shown(url.version) or None, hashes=hashes)
    if url.type == Ecosystem.CONDA:
        return _of_conda(url, dict(one.split(":", 1) for one in hashes))
    if url.type == Ecosystem.HUGGING_FACE:
        name = f"{url.namespace}/{url.name}" if url.namespace else url.name
        return _said(Layer.MODELS, Ecosystem.HUGGING_FACE, name, url.version, hashes)
    return None


def _generic(entry: BillEntry, url: PackageUrl | None) -> Component | None:
    """What has no registry: known by its purpose, or by its name where a package URL gives it one."""
    name, version = (url.name, url.version) if url else (entry.name, entry.version)
    if entry.purpose == OPERATING_SYSTEM:
        return _said(Layer.OS, Ecosystem.GENERIC, name.lower(), version, ())
    if entry.purpose == MODEL:
        return _said(Layer.MODELS, Ecosystem.GENERIC, name, version, _hashes(entry))
    if url is None:
        return None
    by_name = conda_layer(name.lower())
    layer = by_name if by_name in {Layer.PYTHON, Layer.ACCELERATOR} else Layer.SYSTEM
    return _said(layer, Ecosystem.GENERIC, name.lower(), version, _hashes(entry))


def _said(layer: Layer, ecosystem: Ecosystem, name: str, version: str, hashes: tuple[str, ...]) -> Component:
    if not _NAME.fullmatch(name):
        raise ValueError("its name is not one")
    return Component(
        layer=layer,
        ecosystem=ecosystem,
        name=name,
        version=shown(version) or None,
        facts={"hashes": hashes} if hashes else {},
    )


def _of_conda(url: PackageUrl, hashes: dict[str, str]) -> Component:
    record = CondaRecord(
        name=url.name,
        version=url.version,
        build=url.qualifiers.get("build", ""),
        channel=url.qualifiers.get("channel", ""),
        md5=hashes.get("md5"),
        sha256=hashes.get("sha256"),
    )
    return conda_component(record)


def _system_package(url: PackageUrl) -> SystemPackage:
    epoch = url.qualifiers.get("epoch", "0")
    prefix = f"{epoch}:" if epoch != "0" and ":" not in url.version else ""
    return SystemPackage(url.name, f"{prefix}{url.version}", url.qualifiers.get("arch", ""))


def _hashes(entry: BillEntry) -> tuple[str, ...]:
    spelled = ((algorithm.lower().replace("-", ""), digest) for algorithm, digest in entry.hashes)
    return hash_texts(f"{algorithm}:{digest}" for algorithm, digest in spelled if algorithm in _ALGORITHMS)


def _of_foreign(found: _Sorted, file: str) -> Iterable[Remark]:
    for kind, count in sorted(found.foreign.items()):
        what = "without a package URL" if kind == _UNIDENTIFIED else f"of type {shown(kind)}"
        yield Remark(
            code="not-of-a-stack",
            layer=Layer.PACKAGES,
            subject=shown(kind),
            message=f"left out, for no layer of a stack has such entries: {count} {what}",
            place=file,
        )


def _of_malformed(found: _Sorted, file: str) -> Iterable[Remark]:
    if found.malformed:
        yield Remark(
            code="malformed-entry",
            layer=Layer.PACKAGES,
            subject="package URL",
            message=f"left out as unreadable: {len(found.malformed)}, the first is {found.malformed[0]}",
            place=file,
        )
