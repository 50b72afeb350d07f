"""BLAS and OpenMP libraries as wheels bring them: which, of which version, built how."""

import re
from typing import Final

from msgspec.structs import replace

from samestack.capture.probes.binaries.build_texts import read_build_text, stated
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.tree import Tree
from samestack.model import Component, Ecosystem, Layer

_DISTRIBUTED: Final = {"intel-openmp": "libiomp5", "mkl": "mkl", "tbb": "tbb"}
"""Distributions that are such a library and nothing else, and the component that they are."""

_CONFIGURED: Final = {"numpy": "numpy/__config__.py", "scipy": "scipy/__config__.py"}
"""Where a distribution says which BLAS it was built with."""

_BLAS = re.compile(r'"blas": \{(?P<content>[^}]{0,4000})\}')
_OPENBLAS_BUILD = re.compile(r"OpenBLAS [\w.]+\s+(?P<build>[A-Z][\w =]{0,200})")


def distributed_library(distribution: Distribution) -> tuple[Component, ...]:
    """The numeric library that a distribution is, of the distribution's version."""
    name = _DISTRIBUTED.get(distribution.name)
    if name is None:
        return ()
    return (
        Component(
            layer=Layer.SYSTEM,
            ecosystem=Ecosystem.GENERIC,
            name=name,
            at=distribution.name,
            version=distribution.version,
        ),
    )


def with_stated_build(tree: Tree, distribution: Distribution, library: Component) -> Component:
    """A bundled OpenBLAS with the version and build options that numpy or scipy state of it."""
    path = _CONFIGURED.get(distribution.name)
    if path is None or library.name != "openblas":
        return library
    blas = _BLAS.search(read_build_text(tree, f"{distribution.site_directory}/{path}"))
    if blas is None:
        return library
    options = _OPENBLAS_BUILD.search(blas["content"])
    return replace(
        library,
        version=library.version or stated("version", blas["content"]),
        build=None if options is None else options["build"].strip(),
    )
