"""Native libraries that Python distributions bring along, of the layers system and accelerator."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from samestack.capture.elf import Elf, is_elf
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.binaries.bundled_libraries import bundled_libraries
from samestack.capture.probes.binaries.compiled_files import recorded_files
from samestack.capture.probes.binaries.numeric_libraries import distributed_library, with_stated_build
from samestack.capture.probes.binaries.wheel_accelerators import wheel_accelerators
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import Tree
from samestack.errors import InputError
from samestack.model import Component, Layer

_COMPILER_SECTION = ".comment"
_MAX_COMPILER_BYTES = 4096


def read_native(
    tree: Tree, distributions: Sequence[Distribution], options: Options, *, at: str = ""
) -> Observation:
    """BLAS, OpenMP, CUDA and their like, as the distributions hold them.

    ``at`` of a component names its distribution, behind the Python where a snapshot holds several
    (``numpy``, ``/opt/env:numpy``). Read from RECORD, from names and versions, and from some small texts.
    ``deep`` also tells what compiled a bundled library of layer system, where that was not stripped off.
    """
    first: dict[tuple[str, ...], Component] = {}
    for distribution in distributions:
        for component in _of_distribution(tree, distribution):
            first.setdefault(component.key, component)
    found = (_with_compiler(tree, one) if options.deep else one for one in first.values())
    return Observation(tuple(replace(one, at=f"{at}:{one.at}") if at else one for one in found))


def _of_distribution(tree: Tree, distribution: Distribution) -> Iterator[Component]:
    """What the distribution says outright comes before what the names of its files tell."""
    yield from distributed_library(distribution)
    yield from wheel_accelerators(tree, distribution)
    for library in bundled_libraries(distribution.name, recorded_files(distribution)):
        yield with_stated_build(tree, distribution, library)


def _with_compiler(tree: Tree, component: Component) -> Component:
    files = component.circumstances.get("files")
    if component.layer is not Layer.SYSTEM or not isinstance(files, tuple):
        return component
    compiler = _compiler(tree, files[0])
    return replace(component, facts={**component.facts, "compiler": compiler}) if compiler else component


def _compiler(tree: Tree, path: str) -> str:
    """What the compiler wrote of itself into a library; one that cannot be read is remarked on elsewhere."""
    try:
        with tree.open(path) as file:
            elf = Elf(file, tree.shown(path))
            section = elf.section(_COMPILER_SECTION) if is_elf(file) else None
            content = elf.beginning(section, limit=_MAX_COMPILER_BYTES) if section else b""
    except (OSError, InputError):
        return ""
    return shown_text(content.split(b"\0")[0].decode("utf-8", "replace"))
