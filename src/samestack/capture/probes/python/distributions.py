"""The Python distributions of a site directory, read from their metadata; nothing is imported."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from samestack.capture.observation import Observation
from samestack.capture.probes.python.core_metadata import directory_identity
from samestack.capture.probes.python.dist_info import read_dist_info
from samestack.capture.probes.python.distribution import Distribution, Found
from samestack.capture.probes.python.egg_info import read_egg, read_egg_info, read_egg_link
from samestack.capture.probes.remarks import package_remark
from samestack.capture.tree import Entry, Tree
from samestack.model import Remark, normalized_python_name

_READERS: Final = {
    "dist-info": read_dist_info,
    "egg-info": read_egg_info,
    "egg-link": read_egg_link,
    "egg": read_egg,
}
_LEFTOVER = "~"  # what pip renames a package's first letter to while it uninstalls it
_EDITABLE = "__editable__."


def read_distributions(tree: Tree, site_directory: str, *, at: str = "") -> Observation:
    """The distributions of a site directory as components of layer packages, with what is odd about them."""
    distributions, remarks = scan_distributions(tree, site_directory)
    return Observation(tuple(one.component(at) for one in distributions), remarks)


def scan_distributions(
    tree: Tree, site_directory: str
) -> tuple[tuple[Distribution, ...], tuple[Remark, ...]]:
    """Every distribution of a site directory, in the order of its file names.

    A missing directory holds none. Where several metadata directories are of one name, all of them are given,
    for Python itself may find any; but not an ``*.egg-info`` beside a ``*.dist-info`` of the same version,
    which a build left there.
    """
    entries = tree.entries(site_directory)
    found = [one for entry in entries if (one := _read(tree, entry, site_directory)) is not None]
    distributions = _without_twins(one.distribution for one in found if one.distribution is not None)
    remarks = [remark for one in found for remark in one.remarks]
    remarks += (_of_duplicates(tree, same) for same in by_name(distributions).values() if len(same) > 1)
    return _with_links(distributions, entries), tuple(remarks)


def by_name(distributions: Iterable[Distribution]) -> Mapping[str, list[Distribution]]:
    """The distributions of each name, in the order in which they were given."""
    groups: dict[str, list[Distribution]] = defaultdict(list)
    for distribution in distributions:
        groups[distribution.name].append(distribution)
    return groups


def _read(tree: Tree, entry: Entry, site_directory: str) -> Found | None:
    if entry.name.startswith(_LEFTOVER):
        message = "an uninstallation that did not finish left this: it can be deleted"
        return Found(None, (package_remark(tree, "leftover", entry.name, message, entry.path),))
    reader = _READERS.get(entry.name.rpartition(".")[2])
    return None if reader is None else reader(tree, entry, site_directory)


def _without_twins(distributions: Iterable[Distribution]) -> tuple[Distribution, ...]:
    known = tuple(distributions)
    described = {(one.name, one.version) for one in known if _is_dist_info(one)}
    return tuple(one for one in known if _is_dist_info(one) or (one.name, one.version) not in described)


def _is_dist_info(distribution: Distribution) -> bool:
    return distribution.metadata_directory.endswith(".dist-info")


def _of_duplicates(tree: Tree, same: list[Distribution]) -> Remark:
    versions = ", ".join(one.version or "unknown" for one in same)
    message = f"{len(same)} metadata directories are of this name (versions {versions}): reinstall it"
    return package_remark(tree, "duplicate-distribution", same[0].name, message, same[0].site_directory)


def _with_links(distributions: tuple[Distribution, ...], entries: list[Entry]) -> tuple[Distribution, ...]:
    """Setuptools names the link of an editable installation so that it is known without direct_url.json."""
    links = [one.name[len(_EDITABLE) :] for one in entries if one.name.startswith(_EDITABLE)]
    linked = {normalized_python_name(name) for link in links if (name := directory_identity(link).name)}
    return tuple(
        replace(one, is_editable=True, content=None) if one.name in linked else one for one in distributions
    )
