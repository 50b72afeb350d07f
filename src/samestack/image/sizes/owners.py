"""Whose the files of an image are: what package managers wrote down, and else the directory."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec
from msgspec import Struct
from packaging.utils import canonicalize_name

from samestack.capture.probes.python.record_rows import record_rows, recorded_file
from samestack.capture.probes.system.stanzas import read_stanzas
from samestack.image.sizes.sizes import Owner, OwnerKind
from samestack.image.verifying.exceptions import source_of
from samestack.oci.layers.merged import MergedFiles
from samestack.oci.layers.merged_file import FileKind

MOST_BYTES: Final = 64 << 20
"""A larger list of files is not read. Debian's whole status file has 5 MB, a RECORD 2."""

_RECORD: Final = ".dist-info/RECORD"
_STATUS: Final = "var/lib/dpkg/status"
_LISTS: Final = "var/lib/dpkg/info/"
_DISTROLESS: Final = "var/lib/dpkg/status.d/"
_ALPINE: Final = "lib/apk/db/installed"
_DEEPER: Final = frozenset({"usr", "opt", "var", "home", "srv"})
"""Directories that say little by themselves, so that the next one counts too."""


def owners_of(files: MergedFiles) -> Callable[[str], Owner]:
    """Who owns a path; the operating system is asked first, then conda, then Python."""
    links = _links(files)
    owned: dict[str, Owner] = {}
    for read in (_of_debian, _of_alpine, _of_conda, _of_python):
        for one, path in read(files):
            owned.setdefault(_without_links(path, links), one)

    def owner(path: str) -> Owner:
        return owned.get(path) or owned.get(source_of(path)) or _place(path)

    return owner


def _place(path: str) -> Owner:
    parts = path.split("/")
    depth = min(2 if parts[0] in _DEEPER else 1, len(parts) - 1)
    return Owner(kind=OwnerKind.PLACE, name="/" + "/".join(parts[:depth]))


def _of_python(files: MergedFiles) -> Iterator[tuple[Owner, str]]:
    for record in [path for path in files.files if path.endswith(_RECORD)]:
        metadata, site = posixpath.dirname(record), posixpath.dirname(posixpath.dirname(record))
        stem = posixpath.basename(metadata).removesuffix(".dist-info")
        name, _, version = stem.partition("-")
        owner = Owner(kind=OwnerKind.PYTHON, name=canonicalize_name(name), version=version)
        for row in record_rows(_text(files, record)):
            file = recorded_file(row)
            if file is not None:
                yield owner, posixpath.normpath(posixpath.join(site, file.path)).lstrip("/")


class _CondaRecord(Struct):
    name: str
    version: str
    files: tuple[str, ...] = ()


def _of_conda(files: MergedFiles) -> Iterator[tuple[Owner, str]]:
    for path in [one for one in files.files if "conda-meta/" in one and one.endswith(".json")]:
        try:
            record = msgspec.json.decode(_text(files, path).encode(), type=_CondaRecord)
        except msgspec.DecodeError:  # a broken record owns nothing
            continue
        owner = Owner(kind=OwnerKind.CONDA, name=record.name, version=record.version)
        prefix = path.rpartition("conda-meta/")[0]
        yield from ((owner, prefix + one) for one in record.files)


def _of_debian(files: MergedFiles) -> Iterator[tuple[Owner, str]]:
    versions = dict(_versions(_text(files, _STATUS)))
    for path in files.files:
        if path.startswith(_LISTS) and path.endswith(".list"):
            name = path.removeprefix(_LISTS).removesuffix(".list").partition(":")[0]
            owner = Owner(kind=OwnerKind.SYSTEM, name=name, version=versions.get(name, ""))
            yield from ((owner, line.strip("/")) for line in _text(files, path).splitlines())
        elif path.startswith(_DISTROLESS) and path.endswith(".md5sums"):
            yield from _of_distroless(files, path)


def _of_distroless(files: MergedFiles, path: str) -> Iterator[tuple[Owner, str]]:
    stanza = path.removesuffix(".md5sums")
    for name, version in _versions(_text(files, stanza)):
        owner = Owner(kind=OwnerKind.SYSTEM, name=name, version=version)
        yield from ((owner, line.partition("  ")[2]) for line in _text(files, path).splitlines())


def _versions(status: str) -> Iterator[tuple[str, str]]:
    return ((name, version) for name, version in read_stanzas(status, ("Package", "Version")))


def _of_alpine(files: MergedFiles) -> Iterator[tuple[Owner, str]]:
    for stanza in _text(files, _ALPINE).split("\n\n"):
        lines = [line.partition(":")[::2] for line in stanza.splitlines()]
        said = {key: value for key, value in lines if key in ("P", "V")}
        owner = Owner(kind=OwnerKind.SYSTEM, name=said.get("P", ""), version=said.get("V", ""))
        directory = ""
        for key, value in lines:
            if key == "F":
                directory = value
            elif key == "R":
                yield owner, posixpath.join(directory, value)


def _links(files: MergedFiles) -> Mapping[str, str]:
    """The links of the root to directories, ``lib`` to ``usr/lib``: databases say where files were put."""
    return {
        path: file.target.strip("/")
        for path, file in files.files.items()
        if "/" not in path and file.kind is FileKind.SYMLINK
    }


def _without_links(path: str, links: Mapping[str, str]) -> str:
    first, slash, rest = path.partition("/")
    return f"{links[first]}/{rest}" if slash and first in links else path


def _text(files: MergedFiles, path: str) -> str:
    """A list of files; nothing of one that is missing, no file, or too large to be one."""
    file = files.files.get(path)
    if file is None or file.kind is not FileKind.FILE or file.size > MOST_BYTES:
        return ""
    with files.open(path) as stream:
        return stream.read().decode("utf-8", "surrogateescape")
