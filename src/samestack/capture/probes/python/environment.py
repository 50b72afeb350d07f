"""A whole Python: its interpreter, its distributions and the native libraries that these bring along."""

from collections.abc import Sequence

from msgspec import Struct

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.binaries.native import read_native
from samestack.capture.probes.conda.prefix_libraries import with_libraries
from samestack.capture.probes.python.distribution import CloserLook, Distribution
from samestack.capture.probes.python.distributions import by_name, scan_distributions
from samestack.capture.probes.python.installation import Installation, venv_at
from samestack.capture.probes.python.interpreter import read_interpreter
from samestack.capture.probes.python.path_files import directories_of_path_files
from samestack.capture.probes.remarks import package_remark
from samestack.capture.tree import Tree
from samestack.model import Remark


class _Packages(Struct, frozen=True):
    """The distributions that Python finds, and what is odd about them or about hidden ones."""

    found: tuple[Distribution, ...]
    remarks: tuple[Remark, ...]


def read_environment(tree: Tree, prefix: str, options: Options, *, at: str = "") -> Observation:
    """The virtual environment at a prefix; ``at`` tells it from others of the same snapshot."""
    return read_installation(tree, venv_at(tree, prefix), options, at=at)


def read_installation(
    tree: Tree, installation: Installation, options: Options, *, at: str = ""
) -> Observation:
    """A Python with everything that it imports, of the layers python, packages, system and accelerator."""
    packages = _packages(tree, installation.site_directories)
    closer = _closer_look(tree, packages.found, options)
    components = tuple(
        one.component(at, closer.facts.get(one.metadata_directory, {})) for one in packages.found
    )
    return Observation.joined(
        (
            _interpreter(tree, installation, options, at),
            Observation(components, (*packages.remarks, *closer.remarks)),
            read_native(tree, packages.found, options, at=at),
        )
    )


def _interpreter(tree: Tree, installation: Installation, options: Options, at: str) -> Observation:
    observation = read_interpreter(tree, installation, at=at)
    prefix = (installation.base or installation).prefix
    known = (with_libraries(tree, one, prefix, options) for one in observation.components)
    return Observation(tuple(known), observation.remarks)


def _packages(tree: Tree, site_directories: Sequence[str]) -> _Packages:
    """As Python searches: what a directory holds hides the same name in every later one."""
    found: dict[str, list[Distribution]] = {}
    remarks: list[Remark] = []
    for directory in _search_path(tree, site_directories):
        distributions, odd = scan_distributions(tree, directory)
        remarks += odd
        for name, same in by_name(distributions).items():
            if name in found:
                remarks.append(_of_shadowed(tree, same[0], found[name][0]))
            else:
                found[name] = same
    return _Packages(tuple(one for same in found.values() for one in same), tuple(remarks))


def _search_path(tree: Tree, site_directories: Sequence[str]) -> tuple[str, ...]:
    added = ((one, *directories_of_path_files(tree, one)) for one in site_directories)
    return tuple(dict.fromkeys(path for paths in added for path in paths))


def _of_shadowed(tree: Tree, hidden: Distribution, first: Distribution) -> Remark:
    message = (
        f"version {hidden.version or 'unknown'} is hidden by {first.version or 'an unknown one'}, "
        f"which an earlier site directory holds: {tree.shown(first.site_directory)}"
    )
    return package_remark(tree, "shadowed", hidden.name, message, hidden.metadata_directory)


def _closer_look(tree: Tree, distributions: Sequence[Distribution], options: Options) -> CloserLook:
    if not (options.deep or options.files):
        return CloserLook()
    # A plain capture needs none of what this imports.
    from samestack.capture.probes.closer_look import closer_look

    return closer_look(tree, distributions, options)
