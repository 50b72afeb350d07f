"""Numeric and accelerator libraries that wheels bring along, recognised by their file names."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from samestack.capture.probes.binaries.compiled_files import CompiledFile
from samestack.model import Component, Ecosystem, Layer


class Family(Struct, frozen=True):
    """A library, or several that are released as one: the component, and how its files are named."""

    name: str
    layer: Layer
    files: re.Pattern[str]
    """Matches the beginning of a file's name; the group ``version``, where there is one, is the version."""


_GRAFTED = r"(?:-[0-9a-f]{8})?"  # what auditwheel puts into the name of a library it copies into a wheel
_SONAME_VERSION = rf"{_GRAFTED}\.so\.(?P<version>\d[\d.]*)"

FAMILIES: Final = (
    Family(
        "openblas",
        Layer.SYSTEM,
        re.compile(rf"lib(?:scipy_)?openblas\w*?(?:-r(?P<version>\d{_GRAFTED}\.[\d.]+(?:dev)?)\.so|\W)"),
    ),
    Family("mkl", Layer.SYSTEM, re.compile(r"libmkl_")),
    Family("blis", Layer.SYSTEM, re.compile(r"libblis\b")),
    Family("onednn", Layer.SYSTEM, re.compile(r"lib(?:dnnl|mkldnn)\b")),
    Family("libgomp", Layer.SYSTEM, re.compile(r"libgomp\b")),
    Family("libiomp5", Layer.SYSTEM, re.compile(r"libiomp5\b")),
    Family("libomp", Layer.SYSTEM, re.compile(r"libomp\b")),
    Family("tbb", Layer.SYSTEM, re.compile(r"libtbb(?:12)?\b")),
    Family("cuda", Layer.ACCELERATOR, re.compile(rf"libcudart{_SONAME_VERSION}")),
    Family("cudnn", Layer.ACCELERATOR, re.compile(rf"libcudnn(?:_\w+)?{_SONAME_VERSION}")),
    Family("nccl", Layer.ACCELERATOR, re.compile(rf"libnccl{_SONAME_VERSION}")),
    Family("cublas", Layer.ACCELERATOR, re.compile(rf"libcublas(?:Lt)?{_SONAME_VERSION}")),
    Family("cusparselt", Layer.ACCELERATOR, re.compile(r"libcusparseLt\b")),
    Family("rocm", Layer.ACCELERATOR, re.compile(rf"libamdhip64{_SONAME_VERSION}")),
    Family("miopen", Layer.ACCELERATOR, re.compile(rf"libMIOpen{_SONAME_VERSION}")),
)
"""The libraries in which numbers are computed, and those that split the work among threads."""


def bundled_libraries(owner: str, files: Sequence[CompiledFile]) -> tuple[Component, ...]:
    """A component for each family that is among the compiled files of the distribution ``owner``.

    Its content is the files' own, by the hashes in RECORD, and its circumstances name them.
    """
    found: dict[str, list[CompiledFile]] = {}
    for file in files:
        family = _family(file.name)
        if family is not None:
            found.setdefault(family.name, []).append(file)
    return tuple(_component(owner, family, found[family.name]) for family in FAMILIES if family.name in found)


def _family(name: str) -> Family | None:
    if not name.startswith("lib"):  # most compiled files are modules: not worth fifteen patterns
        return None
    return next((family for family in FAMILIES if family.files.match(name)), None)


def _component(owner: str, family: Family, files: Sequence[CompiledFile]) -> Component:
    return Component(
        layer=family.layer,
        ecosystem=Ecosystem.GENERIC,
        name=family.name,
        at=owner,
        version=_version(family, files),
        content=_content(files),
        circumstances={"files": tuple(file.path for file in files)},
    )


def _version(family: Family, files: Iterable[CompiledFile]) -> str | None:
    for file in files:
        match = family.files.match(file.name)
        if match is not None and "version" in match.re.groupindex and match["version"]:
            return re.sub(r"-[0-9a-f]{8}", "", match["version"])
    return None


def _content(files: Sequence[CompiledFile]) -> str | None:
    """The hash of the file, or of the hashes of several; None where RECORD does not state every one."""
    digests = sorted(file.digest for file in files if file.digest)
    if len(digests) < len(files):
        return None
    if len(digests) == 1:
        return digests[0]
    together = hashlib.sha256("\n".join(digests).encode())
    return f"sha256:{together.hexdigest()}"
