"""SPDX bills of materials (ISO/IEC 5962) in JSON: versions 2.2 and 2.3, and packages of version 3."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from samestack.capture.documents import load_json
from samestack.capture.observation import Observation
from samestack.capture.readers.bills.software_bills import MODEL, OPERATING_SYSTEM, BillEntry, observe_bill
from samestack.errors import InputError

_PACKAGE_URLS: Final = frozenset({"purl", "packageUrl"})
_PURPOSES: Final = {
    "OPERATING-SYSTEM": OPERATING_SYSTEM,
    "operatingSystem": OPERATING_SYSTEM,
    "model": MODEL,
    "ai_AIPackage": MODEL,
}


class _Reference(Struct):
    type: str = field(name="referenceType", default="")
    locator: str = field(name="referenceLocator", default="")


class _Checksum(Struct):
    algorithm: str = ""
    value: str = field(name="checksumValue", default="")


class _Package(Struct):
    name: str
    version: str = field(name="versionInfo", default="")
    purpose: str = field(name="primaryPackagePurpose", default="")
    references: tuple[_Reference, ...] = field(name="externalRefs", default=())
    checksums: tuple[_Checksum, ...] = ()


class _Identifier(Struct):
    type: str = field(name="externalIdentifierType", default="")
    identifier: str = ""


class _Verification(Struct):
    algorithm: str = ""
    value: str = field(name="hashValue", default="")


class _Element(Struct):
    """Any element of version 3's graph; those that are no package say none of this but their type."""

    type: str = ""
    name: str = ""
    version: str = field(name="software_packageVersion", default="")
    url: str = field(name="software_packageUrl", default="")
    purpose: str = field(name="software_primaryPurpose", default="")
    identifiers: tuple[_Identifier, ...] = field(name="externalIdentifier", default=())
    verifications: tuple[_Verification | str, ...] = field(name="verifiedUsing", default=())


class _Bill(Struct):
    version: str | None = field(name="spdxVersion", default=None)
    packages: tuple[_Package, ...] = ()
    graph: tuple[_Element, ...] | None = field(name="@graph", default=None)


def read(path: Path) -> Observation:
    """All packages of the bill that their package URLs identify, operating systems and models."""
    file = str(path)
    bill = load_json(path, _Bill)
    if bill.graph is not None:
        return observe_bill(_of_graph(bill.graph), file)
    if not (bill.version or "").startswith("SPDX-2."):
        raise InputError(file, "not an SPDX document of version 2 or 3", place="spdxVersion")
    return observe_bill(_of_packages(bill.packages), file)


def _of_packages(packages: tuple[_Package, ...]) -> Iterator[BillEntry]:
    for index, package in enumerate(packages):
        urls = (one.locator for one in package.references if one.type == "purl")
        yield BillEntry(
            place=f"packages[{index}]",
            name=package.name,
            version=package.version,
            purpose=_PURPOSES.get(package.purpose, ""),
            package_url=next(urls, ""),
            hashes=tuple((one.algorithm, one.value) for one in package.checksums),
        )


def _of_graph(elements: tuple[_Element, ...]) -> Iterator[BillEntry]:
    for index, element in enumerate(elements):
        if element.type not in {"software_Package", "ai_AIPackage"}:
            continue
        urls = (one.identifier for one in element.identifiers if one.type in _PACKAGE_URLS)
        stated = (one for one in element.verifications if isinstance(one, _Verification))
        yield BillEntry(
            place=f"@graph[{index}]",
            name=element.name,
            version=element.version,
            purpose=_PURPOSES.get(element.purpose) or _PURPOSES.get(element.type, ""),
            package_url=element.url or next(urls, ""),
            hashes=tuple((one.algorithm, one.value) for one in stated),
        )
