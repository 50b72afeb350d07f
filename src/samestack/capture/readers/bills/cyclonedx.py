"""CycloneDX bills of materials in JSON, versions 1.2 to 1.7 (ECMA-424)."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

from samestack.capture.documents import load_json
from samestack.capture.observation import Observation
from samestack.capture.readers.bills.software_bills import BillEntry, observe_bill
from samestack.errors import InputError


class _Hash(Struct):
    alg: str = ""
    content: str = ""


class _Reference(Struct):
    type: str = ""
    hashes: tuple[_Hash, ...] = ()


class _Component(Struct):
    name: str
    type: str = ""
    version: str = ""
    purl: str = ""
    hashes: tuple[_Hash, ...] = ()
    references: tuple[_Reference, ...] = field(name="externalReferences", default=())
    components: tuple["_Component", ...] = ()
    """Those that this one consists of."""


class _Bill(Struct):
    format: str = field(name="bomFormat")
    version: str = field(name="specVersion", default="")
    components: tuple[_Component, ...] = ()


def read(path: Path) -> Observation:
    """All components of the bill, also those inside others; what the bill describes as a whole is none."""
    file = str(path)
    bill = load_json(path, _Bill)
    if bill.format != "CycloneDX":
        raise InputError(file, "not a CycloneDX document", place="bomFormat")
    return observe_bill(_entries(bill.components), file)


def _entries(components: tuple[_Component, ...]) -> Iterator[BillEntry]:
    pending = [(f"components[{index}]", component) for index, component in enumerate(components)]
    while pending:
        place, component = pending.pop()
        yield BillEntry(
            place=place,
            name=component.name,
            version=component.version,
            purpose=component.type,
            package_url=component.purl,
            hashes=tuple(_hashes(component)),
        )
        inner = enumerate(component.components)
        pending.extend((f"{place}.components[{index}]", one) for index, one in inner)


def _hashes(component: _Component) -> Iterator[tuple[str, str]]:
    """Of the component, and of the files that it is distributed as."""
    distributions = (one.hashes for one in component.references if one.type == "distribution")
    for one in chain(component.hashes, *distributions):
        yield one.alg, one.content
