"""The records of a conda prefix: ``conda-meta/*.json``, one a package, read without conda."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.capture.documents import decode_json
from samestack.capture.probes.optional_file import read_optional
from samestack.capture.probes.remarks import package_remark
from samestack.capture.readers.conda.conda_records import CondaRecord, component_of, shown_address
from samestack.capture.tree import Entry, Tree
from samestack.errors import InputError
from samestack.model import Component, Remark

MAX_RECORD_BYTES: Final = 64 * 1024 * 1024
"""The largest record that is read: it lists every file of the package. That of a Python has 2 MB."""

MAX_RECORDS: Final = 10_000
"""The most records of one prefix that are read. A large environment has 600."""


class CondaPackage(Struct, frozen=True):
    """An installed conda package, and where its files describe Python distributions."""

    component: Component
    metadata_directories: frozenset[str] = frozenset()
    """Paths inside the tree of the ``*.dist-info`` and ``*.egg-info`` that belong to it."""


class CondaMeta(Struct, frozen=True):
    """All readable records of a prefix, and what was odd about the others."""

    packages: tuple[CondaPackage, ...]
    remarks: tuple[Remark, ...] = ()


class _Record(Struct):
    """What conda, mamba and rattler write; they say in two ways what was asked for."""

    name: str
    version: str
    build: str = ""
    channel: str | None = None
    url: str | None = None
    md5: str | None = None
    sha256: str | None = None
    depends: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    requested_spec: str | None = None
    requested_specs: tuple[str, ...] = ()


def read_conda_meta(tree: Tree, prefix: str, *, at: str = "") -> CondaMeta:
    """The packages of a prefix. A malformed record is remarked on and left out; nothing is fatal."""
    directory = f"{prefix}/conda-meta"
    entries = [entry for entry in tree.entries(directory) if entry.is_file and entry.name.endswith(".json")]
    packages: list[CondaPackage] = []
    remarks: list[Remark] = []
    for entry in entries[:MAX_RECORDS]:
        found = _read(tree, entry, prefix, at)
        (remarks if isinstance(found, Remark) else packages).append(found)  # type: ignore[arg-type]
    if len(entries) > MAX_RECORDS:
        message = f"of {len(entries)} records the first {MAX_RECORDS} were read"
        remarks.append(package_remark(tree, "too-many-records", "conda-meta", message, directory))
    return CondaMeta(tuple(packages), (*remarks, *_of_duplicates(tree, packages, directory)))


def _read(tree: Tree, entry: Entry, prefix: str, at: str) -> CondaPackage | Remark:
    found = read_optional(tree, entry.path, limit=MAX_RECORD_BYTES)
    if found.content is None:
        return _of_malformed(tree, entry, found.problem or "it is not there")
    try:
        record = decode_json(found.content, _Record, file=entry.name)
        return CondaPackage(_component(record, at), frozenset(_metadata_directories(record.files, prefix)))
    except (InputError, ValueError) as error:
        return _of_malformed(tree, entry, str(error))


def _of_malformed(tree: Tree, entry: Entry, problem: str) -> Remark:
    message = f"this record was left out: {problem}; reinstall the package"
    return package_remark(tree, "malformed-record", entry.name, message, entry.path)


def _component(record: _Record, at: str) -> Component:
    described = CondaRecord(
        name=record.name,
        version=record.version,
        build=record.build,
        channel=record.channel or (record.url or "").rpartition("/")[0],
        md5=record.md5 or None,
        sha256=record.sha256 or None,
        depends=record.depends,
    )
    said = (*record.requested_specs, record.requested_spec or "")
    requested = [shown_address(one) for one in said if one not in {"", "None"}]
    return component_of(described, at=at, **({"requested": requested[0]} if requested else {}))


def _metadata_directories(files: tuple[str, ...], prefix: str) -> Iterator[str]:
    for file in files:
        for suffix in (".dist-info", ".egg-info"):
            before, found, after = file.partition(suffix)
            if found and (not after or after.startswith("/")):
                yield f"{prefix}/{before}{found}"


def _of_duplicates(tree: Tree, packages: list[CondaPackage], directory: str) -> Iterator[Remark]:
    versions: dict[str, list[str]] = {}
    for package in packages:
        versions.setdefault(package.component.name, []).append(package.component.version or "")
    for name, found in versions.items():
        if len(found) > 1:
            message = f"{len(found)} records are of this package (versions {', '.join(found)}): reinstall it"
            yield package_remark(tree, "duplicate-record", name, message, directory)
