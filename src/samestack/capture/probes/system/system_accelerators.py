"""CUDA, cuDNN, NCCL and ROCm as a system has them installed: read from their headers and file names."""

import posixpath
import re
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct

from samestack.capture.observation import Observation
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import Entry, Tree
from samestack.errors import InputError
from samestack.model import Component, Ecosystem, Layer

_MAX_BYTES = 64 * 1024  # the versions stand near the beginning of headers that have a megabyte
_MAJOR_VERSIONS = range(30, 0, -1)
_VERSION = re.compile(r"\d{1,6}(?:\.\d{1,6}){1,3}(?:[-+.]\w{1,20})?", re.ASCII)

_TOOLKIT_NAME = re.compile(r"cuda(?:-\d{1,3}(?:\.\d{1,3})?)?")
_TOOLKIT_PARENT: Final = "/usr/local"
_DEFAULT_TOOLKIT: Final = "/usr/local/cuda"
_CUDA_NUMBER = re.compile(r"^#define CUDA_VERSION (\d{4,6})\s*$", re.MULTILINE | re.ASCII)
"""1000 times the major version and 10 times the minor one."""
_RUNTIME_NAME = re.compile(r"libcudart\.so\.(\d{1,3}\.\d{1,3}\.\d{1,4})", re.ASCII)

_LIBRARY_DIRECTORIES: Final = (
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/usr/local/cuda/lib64",
)
_INCLUDE_DIRECTORIES: Final = (
    "/usr/include",
    "/usr/include/x86_64-linux-gnu",
    "/usr/include/aarch64-linux-gnu",
    "/usr/local/cuda/include",
)
_ROCM_VERSION: Final = "/opt/rocm/.info/version"


class _Release(Struct):
    version: str


class _VersionFile(Struct):
    """The part of a toolkit's ``version.json`` that tells of the toolkit itself."""

    cuda: _Release


class Library(Struct, frozen=True):
    """A library with a header that states its version in three macros of one prefix."""

    name: str
    headers: tuple[str, ...]
    prefix: str


_LIBRARIES: Final = (
    Library("cudnn", ("cudnn_version.h", "cudnn.h"), "CUDNN"),
    Library("nccl", ("nccl.h",), "NCCL"),
)


def read_system_accelerators(tree: Tree) -> Observation:
    """The accelerators' software that no package of Python brought, of layer accelerator.

    ``at`` is empty for what programs find by default; any other CUDA toolkit stands with its directory.
    """
    return Observation((*_toolkits(tree), *_libraries(tree), *_rocm(tree)))


def _toolkits(tree: Tree) -> Iterator[Component]:
    default = tree.resolve(_DEFAULT_TOOLKIT) if tree.is_directory(_DEFAULT_TOOLKIT) else ""
    for place in dict.fromkeys(_toolkit_places(tree)):
        version = _toolkit_version(tree, place)
        if version is not None:
            yield _component("cuda", version, at="" if place == default else shown_text(place))


def _toolkit_places(tree: Tree) -> Iterator[str]:
    for entry in tree.entries(_TOOLKIT_PARENT):
        if entry.is_directory and _TOOLKIT_NAME.fullmatch(entry.name):
            yield tree.resolve(entry.path)


def _toolkit_version(tree: Tree, directory: str) -> str | None:
    """By what NVIDIA's packages write down, or else by the header, or else by the runtime library's name."""
    return (
        _version_of_json(_text(tree, f"{directory}/version.json"))
        or _first_version(_text(tree, f"{directory}/version.txt"))
        or _version_of_number(_CUDA_NUMBER.search(_text(tree, f"{directory}/include/cuda.h")))
        or _version_of_runtime(tree.entries(f"{directory}/lib64"))
    )


def _version_of_json(text: str) -> str | None:
    try:
        return _first_version(msgspec.json.decode(text, type=_VersionFile).cuda.version)
    except (msgspec.DecodeError, RecursionError):
        return None


def _version_of_number(match: re.Match[str] | None) -> str | None:
    return None if match is None else f"{int(match[1]) // 1000}.{int(match[1]) % 1000 // 10}"


def _libraries(tree: Tree) -> Iterator[Component]:
    for library in _LIBRARIES:
        version = _version_of_headers(tree, library) or _version_of_links(tree, library)
        if version is not None:
            yield _component(library.name, version)


def _version_of_links(tree: Tree, library: Library) -> str | None:
    """Where headers are not installed: ``libnccl.so.2`` is a link to ``libnccl.so.2.20.5``."""
    for directory in _LIBRARY_DIRECTORIES:
        for major in _MAJOR_VERSIONS:
            soname = f"lib{library.name}.so.{major}"
            if tree.is_file(f"{directory}/{soname}"):
                name = posixpath.basename(tree.resolve(f"{directory}/{soname}"))
                match = _VERSION.fullmatch(name.removeprefix(f"lib{library.name}.so."))
                return None if match is None else match[0]
    return None


def _version_of_headers(tree: Tree, library: Library) -> str | None:
    for directory in _INCLUDE_DIRECTORIES:
        for header in library.headers:
            text = _text(tree, posixpath.join(directory, header))
            parts = [
                _macro(text, f"{library.prefix}_{part}") for part in ("MAJOR", "MINOR", "PATCH(?:LEVEL)?")
            ]
            if None not in parts:
                return ".".join(part for part in parts if part)
    return None


def _macro(text: str, name: str) -> str | None:
    match = re.search(rf"^#define {name}\s+(\d{{1,5}})\s*$", text, re.MULTILINE | re.ASCII)
    return None if match is None else match[1]


def _version_of_runtime(entries: list[Entry]) -> str | None:
    versions = [match[1] for entry in entries if (match := _RUNTIME_NAME.fullmatch(entry.name))]
    return max(versions, key=lambda version: tuple(map(int, version.split("."))), default=None)


def _rocm(tree: Tree) -> Iterator[Component]:
    version = _first_version(_text(tree, _ROCM_VERSION))
    if version is not None:
        yield _component("rocm", version)


def _first_version(text: str) -> str | None:
    match = _VERSION.search(text)
    return None if match is None else match[0]


def _text(tree: Tree, path: str) -> str:
    """The beginning of a file, as far as it is needed; empty where there is none."""
    try:
        with tree.open(path) as file:
            return file.read(_MAX_BYTES).decode("utf-8", "replace")
    except (OSError, InputError):
        return ""


def _component(name: str, version: str, at: str = "") -> Component:
    return Component(layer=Layer.ACCELERATOR, ecosystem=Ecosystem.GENERIC, name=name, at=at, version=version)
