"""A conda environment: conda's packages, and those that pip installed beside them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, structs

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.binaries.native import read_native
from samestack.capture.probes.conda.conda_meta import CondaPackage, read_conda_meta
from samestack.capture.probes.conda.prefix_libraries import with_libraries
from samestack.capture.probes.python.distribution import CloserLook, Distribution
from samestack.capture.probes.python.distributions import scan_distributions
from samestack.capture.probes.python.installation import installations_at
from samestack.capture.probes.python.interpreter import read_interpreter
from samestack.capture.probes.remarks import package_remark
from samestack.capture.tree import Tree
from samestack.knowledge.python_names import pypi_name
from samestack.model import Component, Layer, Remark, Value

_LIBRARY = re.compile(r"(?:python|pypy)(?P<series>\d+\.\d+)t?")
_DEFAULT: Final = Options()
_OF_ALL: Final = frozenset({"requires", "modules"})


class _Site(Struct, frozen=True):
    """The distributions of a prefix: those of conda's packages, and the others, which pip put there."""

    of_conda: tuple[Distribution, ...] = ()
    of_pip: tuple[Distribution, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def distributions(self) -> tuple[Distribution, ...]:
        return (*self.of_conda, *self.of_pip)


def read_prefix(tree: Tree, prefix: str, *, at: str = "", options: Options = _DEFAULT) -> Observation:
    """The packages of a prefix inside any tree; no conda is needed, and no record is too broken to go on.

    A distribution that belongs to a conda package is not listed a second time. Where pip installed over a
    conda package, what pip put there is what there is.
    """
    meta = read_conda_meta(tree, prefix, at=at)
    site = _read_site(tree, prefix, meta.packages)
    closer = _closer_look(tree, site.distributions, options)
    kept, replaced = _parted(meta.packages, site)
    components = (
        *(
            with_libraries(tree, one, prefix, options) if one.layer is Layer.PYTHON else one
            for one in (_of_conda(tree, prefix, package, closer.facts) for package in kept)
        ),
        *(one.component(at, closer.facts.get(one.metadata_directory, {})) for one in site.of_pip),
    )
    of_replaced = (_of_replaced(tree, prefix, package) for package in replaced)
    remarks = (*meta.remarks, *site.remarks, *of_replaced, *closer.remarks)
    native = read_native(tree, site.distributions, options, at=at)
    return Observation.joined((Observation(components, remarks), native))


def _read_site(tree: Tree, prefix: str, packages: Sequence[CondaPackage]) -> _Site:
    owned = frozenset().union(*(package.metadata_directories for package in packages))
    scanned = [scan_distributions(tree, directory) for directory in _site_directories(tree, prefix, packages)]
    found = [distribution for distributions, _ in scanned for distribution in distributions]
    of_conda = [one for one in found if one.metadata_directory in owned or one.installer == "conda"]
    return _Site(
        tuple(of_conda),
        tuple(one for one in found if one not in of_conda),
        tuple(remark for _, remarks in scanned for remark in remarks),
    )


def _site_directories(tree: Tree, prefix: str, packages: Sequence[CondaPackage]) -> Iterator[str]:
    """Of the Python that is installed: what pip installed for the one before an update stays behind."""
    pythons = (one.component.version for one in packages if one.component.layer is Layer.PYTHON)
    stated = re.match(r"\d+\.\d+", next(pythons, None) or "")
    series = stated and stated[0]
    for entry in tree.entries(f"{prefix}/lib"):
        library = _LIBRARY.fullmatch(entry.name)
        if library and entry.is_directory and not entry.is_link and series in {None, library["series"]}:
            yield f"{entry.path}/site-packages"


def _closer_look(tree: Tree, distributions: Sequence[Distribution], options: Options) -> CloserLook:
    if not (options.deep or options.files):
        return CloserLook()
    # A plain capture needs none of what this imports.
    from samestack.capture.probes.closer_look import closer_look

    return closer_look(tree, distributions, options)


def _parted(packages: Iterable[CondaPackage], site: _Site) -> tuple[list[CondaPackage], list[CondaPackage]]:
    """Conda's packages that are there, and those whose metadata is gone and whose name pip's has taken."""
    present = {one.metadata_directory for one in site.distributions}
    taken = {one.name for one in site.of_pip}
    kept: list[CondaPackage] = []
    replaced: list[CondaPackage] = []
    for package in packages:
        is_gone = package.metadata_directories and not package.metadata_directories & present
        is_replaced = is_gone and pypi_name(package.component.name).name in taken
        (replaced if is_replaced else kept).append(package)
    return kept, replaced


def _of_conda(
    tree: Tree, prefix: str, package: CondaPackage, known: Mapping[str, Mapping[str, Value]]
) -> Component:
    """The component with what is known of its distributions, and of a Python what its files tell."""
    component = package.component
    if component.layer is Layer.PYTHON:
        return _with_interpreter(tree, prefix, component)
    facts = _joined(known[one] for one in sorted(package.metadata_directories) if one in known)
    return structs.replace(component, facts={**facts, **component.facts}) if facts else component


def _joined(told: Iterable[Mapping[str, Value]]) -> dict[str, Value]:
    """What several distributions of one package need and are imported by is what the package does."""
    facts: dict[str, Value] = {}
    for name, value in (pair for mapping in told for pair in mapping.items()):
        before = facts.get(name)
        is_both = name in _OF_ALL and isinstance(before, tuple) and isinstance(value, tuple)
        facts[name] = tuple(dict.fromkeys((*before, *value))) if is_both else value  # type: ignore[misc]
    return facts


def _with_interpreter(tree: Tree, prefix: str, component: Component) -> Component:
    for installation in installations_at(tree, prefix):
        if (component.version or "").startswith(f"{installation.version}."):
            (read,) = read_interpreter(tree, installation).components
            facts = {**read.facts, **component.facts}
            circumstances = {**read.circumstances, **component.circumstances}
            return structs.replace(component, facts=facts, circumstances=circumstances)
    return component


def _of_replaced(tree: Tree, prefix: str, package: CondaPackage) -> Remark:
    name, version = package.component.name, package.component.version
    message = f"conda's record says {version}, but pip installed another one over it: conda does not know"
    return package_remark(tree, "replaced-by-pip", name, message, f"{prefix}/conda-meta")
