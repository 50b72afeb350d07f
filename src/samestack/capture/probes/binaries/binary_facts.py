"""The facts of a distribution that follow from its compiled files together."""

import re
from collections.abc import Iterable, Iterator, Sequence

from samestack.capture.probes.binaries.binary import Binary
from samestack.capture.probes.binaries.gpu_architectures import gpu_architectures
from samestack.capture.probes.binaries.library_needs import GRAFTED, library_needs
from samestack.capture.probes.binaries.numpy_c_api import numpy_facts
from samestack.capture.probes.text import shown_text
from samestack.model import Value

_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4})*", re.ASCII)
_LIBRARY = re.compile(r"lib[^.]")
_EXTENSION = re.compile(r"\.(cpython-\d{2,4}[a-z]{0,4}|pypy\d{2,4}-pp\d{2,4})-[\w-]+\.so\Z")


def binary_facts(name: str, binaries: Sequence[Binary], site_directory: str) -> dict[str, Value]:
    """The facts of the distribution of that (normalised) name, installed in a site directory.

    ``needs`` and what goes with it: see :mod:`~samestack.capture.probes.binaries.library_needs`.
    ``provides``: libraries that others can need.
    ``glibc``, ``glibcxx``: the highest symbol version of the GNU C and C++ libraries that it needs.
    ``numpy_*``: see :mod:`~samestack.capture.probes.binaries.numpy_c_api`; numpy itself states none.
    ``gpu_architectures``: see :mod:`~samestack.capture.probes.binaries.gpu_architectures`.
    ``extension_abis``: the interpreters that its extension modules are named for: ``cpython-311``.
    """
    own = {binary.name for binary in binaries} | {binary.soname for binary in binaries if binary.soname}
    codes = [binary.device_code for binary in binaries if binary.device_code]
    facts: dict[str, Value | None] = {
        **library_needs(binaries, site_directory),
        "provides": _texts(_offered(binaries)),
        "glibc": _highest("GLIBC_", _outside_versions(binaries, own)),
        "glibcxx": _highest("GLIBCXX_", _outside_versions(binaries, own)),
        "gpu_architectures": gpu_architectures(codes) if codes else (),
        "extension_abis": _texts(_extension_abis(binaries)),
    }
    if name != "numpy":
        facts |= numpy_facts(binary.numpy for binary in binaries if binary.numpy)
    return {key: value for key, value in facts.items() if value}


def _texts(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({shown_text(name) for name in names}))


def _offered(binaries: Sequence[Binary]) -> Iterator[str]:
    for binary in binaries:
        if _LIBRARY.match(binary.name) and not GRAFTED.search(binary.name):
            yield binary.soname or binary.name


def _extension_abis(binaries: Sequence[Binary]) -> Iterator[str]:
    """An interpreter imports a module with such a name only if the name is its own (PEP 3149)."""
    return (named[1] for binary in binaries if (named := _EXTENSION.search(binary.name)))


def _outside_versions(binaries: Sequence[Binary], own: set[str]) -> Iterator[str]:
    for binary in binaries:
        for library, versions in binary.version_needs.items():
            if library not in own:
                yield from versions


def _highest(prefix: str, versions: Iterable[str]) -> str | None:
    """The highest version with a prefix, compared as numbers; names such as GLIBC_PRIVATE are none."""
    numbers = (version.removeprefix(prefix) for version in versions if version.startswith(prefix))
    comparable = (number for number in numbers if _VERSION.fullmatch(number))
    return max(comparable, key=lambda number: tuple(map(int, number.split("."))), default=None)
