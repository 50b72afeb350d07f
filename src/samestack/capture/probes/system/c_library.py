"""The C library, glibc or musl, and its version: read from the library's own file, which is not loaded."""

import os
import re
from collections.abc import Iterator
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.tree import MachineTree, Tree
from samestack.model import Component, Ecosystem, Layer, Remark

_MAX_BYTES: Final = 32 * 1024 * 1024
_DIRECTORIES: Final = ("/lib64", "/usr/lib64", "/lib", "/usr/lib")
_MULTIARCH = re.compile(r"\w+-linux-gnu\w*")
_MUSL_LINKER = re.compile(r"ld-musl-[\w-]+\.so\.1")

_BANNER = re.compile(rb"GNU C Library [^\n\0]{0,200}?version (\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)")
_FILE_NAME = re.compile(r"libc-(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)\.so")
_SYMBOL_VERSION = re.compile(rb"\0GLIBC_(\d{1,3})\.(\d{1,3})(?=[.\0])")
_MUSL_VERSION = re.compile(rb"\0(\d\.\d{1,3}\.\d{1,3})(?:-git[\w-]{0,60})?\0")

_ELF_MACHINES: Final = {
    3: "i686",
    21: "ppc64le",
    22: "s390x",
    40: "armv7l",
    62: "x86_64",
    183: "aarch64",
    243: "riscv64",
    258: "loongarch64",
}


def read_c_library(tree: Tree) -> Observation:
    """The C library as a component of layer os, with its architecture; a remark where none is found.

    This machine's own glibc is asked by the interface that it has for that, which costs nothing.
    """
    own = _own_glibc() if isinstance(tree, MachineTree) else None
    if own is not None:
        return Observation((own,))
    found = (_glibc(tree), _musl(tree))
    components = tuple(component for component in found if component is not None)
    return Observation(components, () if components else (_of_missing(tree),))


def _own_glibc() -> Component | None:
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (ValueError, OSError):  # no such question where the C library is another one
        return None
    return _component(name, version, os.uname().machine) if name == "glibc" else None


def _glibc(tree: Tree) -> Component | None:
    candidates = [(path, _header(tree, path)) for path in _glibc_files(tree)]
    # A 64-bit system that also runs 32-bit programs has both; its own one counts.
    path, header = max(candidates, key=lambda candidate: candidate[1][4:5], default=("", b""))
    if not path:
        return None
    return _component("glibc", _glibc_version(tree, path), _architecture(header))


def _glibc_files(tree: Tree) -> Iterator[str]:
    multiarch = (
        entry.path
        for directory in ("/lib", "/usr/lib")
        for entry in tree.entries(directory)
        if entry.is_directory and _MULTIARCH.fullmatch(entry.name)
    )
    for directory in (*_DIRECTORIES, *multiarch):
        if tree.is_file(f"{directory}/libc.so.6"):
            yield f"{directory}/libc.so.6"


def _glibc_version(tree: Tree, path: str) -> str | None:
    """What the library says of itself, else what its file is called, else its newest symbol version."""
    data = tree.read(path, limit=_MAX_BYTES)
    if banner := _BANNER.search(data):
        return banner[1].decode()
    if named := _FILE_NAME.search(tree.resolve(path)):
        return named[1]
    versions = [(int(major), int(minor)) for major, minor in _SYMBOL_VERSION.findall(data)]
    return "{}.{}".format(*max(versions)) if versions else None


def _musl(tree: Tree) -> Component | None:
    linkers = (
        entry.path
        for directory in ("/lib", "/usr/lib")
        for entry in tree.entries(directory)
        if entry.is_file and _MUSL_LINKER.fullmatch(entry.name)
    )
    path = next(linkers, None)
    if path is None:
        return None
    version = _MUSL_VERSION.search(tree.read(path, limit=_MAX_BYTES))
    return _component("musl", version[1].decode() if version else None, _architecture(_header(tree, path)))


def _component(name: str, version: str | None, architecture: str) -> Component:
    return Component(
        layer=Layer.OS,
        ecosystem=Ecosystem.GENERIC,
        name=name,
        version=version,
        facts={"architecture": architecture} if architecture else {},
    )


def _header(tree: Tree, path: str) -> bytes:
    with tree.open(path) as file:
        return file.read(20)


def _architecture(header: bytes) -> str:
    """The machine that an ELF header names, in the words of uname; empty when it is none."""
    if header[:4] != b"\x7fELF" or len(header) < 20:
        return ""
    return _ELF_MACHINES.get(int.from_bytes(header[18:20], "big" if header[5] == 2 else "little"), "")


def _of_missing(tree: Tree) -> Remark:
    return Remark(
        code="c-library-unknown",
        layer=Layer.OS,
        subject="C library",
        message="neither glibc nor musl is in its usual place; only static programs run without one",
        place=tree.shown("/lib"),
    )
