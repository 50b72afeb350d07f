"""What an image offers to packages: its C library and its Pythons, read from its layers and remembered."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from samestack.capture.cache import Cache, cache_directory
from samestack.capture.probes.python.installation import installations_at
from samestack.capture.probes.python.interpreter import read_interpreter
from samestack.capture.probes.system.c_library import read_c_library
from samestack.capture.tree import Tree
from samestack.errors import SamestackError
from samestack.image.building.venv import ImagePython
from samestack.image.building.wanted_base import WantedBase
from samestack.oci.places import Image
from samestack.progress import Reporter

BASE_DIGEST: Final = "org.opencontainers.image.base.digest"
BASE_PYTHON: Final = "dev.samestack.base.python"
BASE_GLIBC: Final = "dev.samestack.base.glibc"
_PREFIXES: Final = ("/usr/local", "/usr", "/opt/python", "/opt/conda")
"""Where an image has its Python; what people install stands before what the distribution brings."""


class BaseFacts(Struct, frozen=True, kw_only=True):
    """Of an image, for one series of Python."""

    python: ImagePython | None = None
    glibc: tuple[int, int] | None = None


def base_facts(image: Image, wanted: WantedBase, reporter: Reporter) -> BaseFacts:
    """The facts; an image whose digest was met before, here or by an earlier build, is not read again."""
    cache = Cache(cache_directory(wanted.environment, "image-bases"), BaseFacts)
    digest, series = image.descriptor.digest, wanted.python
    key = cache.key(digest, series)
    known = cache.get(key) or next(filter(None, (_noted(one, digest, series) for one in wanted.known)), None)
    if known is None:
        known = _read(image, series, reporter)
        cache.put(key, known)
        cache.prune()
    return known


def noted(python: ImagePython | None, glibc: tuple[int, int] | None) -> dict[str, str]:
    """The facts as annotations of a manifest, for whoever builds on the same base next."""
    said = {
        BASE_PYTHON: "" if python is None else f"{python.executable} {python.version}",
        BASE_GLIBC: "" if glibc is None else ".".join(map(str, glibc)),
    }
    return {key: value for key, value in said.items() if value}


def _noted(annotations: Mapping[str, str], digest: str, series: str) -> BaseFacts | None:
    executable, _, version = annotations.get(BASE_PYTHON, "").partition(" ")
    if annotations.get(BASE_DIGEST) != digest or not f"{version}.".startswith(f"{series}."):
        return None
    numbers = annotations.get(BASE_GLIBC, "").split(".")
    is_told = len(numbers) == 2 and all(one.isdecimal() for one in numbers)
    return BaseFacts(
        python=ImagePython(executable=executable, version=version),
        glibc=(int(numbers[0]), int(numbers[1])) if is_told else None,
    )


def facts_of(tree: Tree, series: str) -> BaseFacts:
    """The facts of a root file system."""
    return BaseFacts(python=_python(tree, series), glibc=_glibc(tree))


def _read(image: Image, series: str, reporter: Reporter) -> BaseFacts:
    from samestack.capture.image_tree import ImageTree
    from samestack.oci.layers.merged import merged

    with merged(image, reporter) as files:
        return facts_of(ImageTree(files), series)


def _python(tree: Tree, series: str) -> ImagePython | None:
    for prefix in _PREFIXES:
        executable = f"{prefix}/bin/python{series}"
        if tree.is_file(executable):
            return ImagePython(executable=executable, version=_release(tree, prefix, series) or series)
    return None


def _release(tree: Tree, prefix: str, series: str) -> str:
    for one in installations_at(tree, prefix):
        try:
            found = read_interpreter(tree, one).components[0].version or ""
        except SamestackError:
            continue
        if found.startswith(f"{series}."):
            return found
    return ""


def _glibc(tree: Tree) -> tuple[int, int] | None:
    for one in read_c_library(tree).components:
        parts = (one.version or "").split(".")
        if one.name == "glibc" and len(parts) > 1 and all(part.isdecimal() for part in parts[:2]):
            return int(parts[0]), int(parts[1])
    return None
