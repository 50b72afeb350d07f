"""Distributions that own the same files: the one that was installed last has overwritten the other's.

Found by RECORD alone: only distributions that share an import name are held against each other, and of those
only the files below it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from msgspec import Struct

from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.python.record_rows import below, record_rows, recorded_file, top_of
from samestack.capture.probes.remarks import package_remark
from samestack.capture.tree import Tree
from samestack.model import Remark

MAX_OWNERS: Final = 8
"""How many owners of one file are told apart. Of OpenCV there are four distributions."""

# Wheels drop these into the site directory by mistake; nobody imports them.
_LITTER: Final = frozenset(
    {"benchmarks", "doc", "docs", "example", "examples", "samples", "scripts", "test", "tests", "tools"}
)
# Packages that share a namespace bring its __init__.py, each with its own comment.
_NAMESPACE_FILE: Final = "/__init__.py"
_TEXTS: Final = (".md", ".rst", ".txt", "/LICENSE", "/NOTICE", "/py.typed")


class _Shared(Struct, frozen=True):
    """What two distributions both own."""

    paths: list[str]
    differing: list[str]
    """Those of other content in the one than in the other."""


def overlapping_files(
    tree: Tree, distributions: Sequence[Distribution], names: Mapping[str, Iterable[str]]
) -> tuple[Remark, ...]:
    """A remark ``overlapping-files`` on each pair of distributions that overwrite each other's code.

    ``names`` are the import names by metadata directory. Files of equal content harm nobody, and neither do
    what a namespace shares or what lies about: such alone is not remarked on.
    """
    shared: dict[tuple[int, int], _Shared] = defaultdict(lambda: _Shared([], []))
    for (_, path), owners in _owned(distributions, names).items():
        for (one, hashed), (other, other_hashed) in combinations(owners[:MAX_OWNERS], 2):
            pair = shared[one, other]
            pair.paths.append(path)
            if hashed != other_hashed and _algorithm(hashed) == _algorithm(other_hashed):
                pair.differing.append(path)
    pairs = (
        (*_by_name(distributions[one], distributions[other]), both) for (one, other), both in shared.items()
    )
    return tuple(
        _remark(tree, one, other, both)
        for one, other, both in pairs
        if one.name != other.name and any(map(_is_code, both.differing))
    )


def _by_name(one: Distribution, other: Distribution) -> tuple[Distribution, Distribution]:
    return (one, other) if one.name <= other.name else (other, one)


def _owned(
    distributions: Sequence[Distribution], names: Mapping[str, Iterable[str]]
) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """The owners of the files below shared names, each as its index and the hash that it states.

    A file is a site directory and a path in it. The owners are in the order of their indices.
    """
    owned: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for index, contested in enumerate(_contested(distributions, names)):
        distribution = distributions[index]
        # A file that RECORD lists twice is owned once.
        for path, hashed in dict(_files(distribution.record, contested) if contested else ()).items():
            owned[distribution.site_directory, path].append((index, hashed))
    return owned


def _contested(
    distributions: Sequence[Distribution], names: Mapping[str, Iterable[str]]
) -> Iterator[list[str]]:
    """For each distribution those of its names that another one in the same directory has too."""
    own = [list(names.get(one.metadata_directory, ())) if one.record else [] for one in distributions]
    places = [one.site_directory for one in distributions]
    owners = Counter(
        (place, name) for place, all_names in zip(places, own, strict=True) for name in all_names
    )
    for place, all_names in zip(places, own, strict=True):
        yield [name for name in all_names if owners[place, name] > 1]


def _files(record: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    rows = record_rows(record)
    modules = top_of(rows).files
    for name in names:
        for row in (*below(rows, name), *(one for one in modules if one.partition(".")[0] == name)):
            file = recorded_file(row)
            if file is not None and file.hash:
                yield file.path, file.hash


def _algorithm(hashed: str) -> str:
    return hashed.partition("=")[0]


def _is_code(path: str) -> bool:
    is_litter = path.partition("/")[0] in _LITTER
    return not is_litter and not path.endswith((_NAMESPACE_FILE, *_TEXTS))


def _remark(tree: Tree, one: Distribution, other: Distribution, shared: _Shared) -> Remark:
    code = sorted(filter(_is_code, shared.differing))
    count = len(shared.paths)
    files = f"the same {count} files" if count > 1 else "the same file"
    message = (
        f"{one.name} and {other.name} own {files}, {len(shared.differing)} of other content "
        f"({code[0]} first): the one that was installed last has overwritten the other's"
    )
    return package_remark(
        tree, "overlapping-files", f"{one.name}, {other.name}", message, one.metadata_directory
    )
