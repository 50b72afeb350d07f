"""Which packages of a lock of Poetry 1.x are needed where: it says so of dependencies, not of packages.

What the project itself needs stands only in its manifest, which Poetry too reads beside the lock.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from packaging.specifiers import SpecifierSet

from samestack.capture.readers.locks.dependency_graph import Dependency, Markers, Node, markers_of_needed
from samestack.capture.readers.locks.poetry_lock_document import LockedByPoetry, PoetryEdge, PoetryLock
from samestack.capture.readers.locks.python_packages import MAIN
from samestack.capture.readers.projects.poetry_constraints import specifiers_of
from samestack.capture.readers.requirements.packaging_values import marker_text, package_name
from samestack.capture.readers.requirements.wishes import Wish

# What an extra lists: "PySocks (>=1.5.6)", "coverage[toml]", each perhaps with a marker.
_LISTED = re.compile(r"\s*(?P<name>[\w.-]+)\s*(\[(?P<extras>[^\]]*)\])?")

Roots = Mapping[str, Iterable[Dependency]]


def markers_by_package(lock: PoetryLock, wishes: Iterable[Wish] | None) -> dict[int, Markers]:
    """For each package that is needed, by its index, the groups that need it and where; extras are groups.

    ``wishes`` are what the project's manifest asks for. Without one, what no other package needs is taken to
    be what was asked for. ``ValueError`` for what is no marker, name or constraint.
    """
    index = _Index(lock)
    graph = dict(_graph(lock, index))
    roots = _roots_without_manifest(lock, graph) if wishes is None else _roots(wishes, index)
    needed: dict[int, Markers] = defaultdict(dict)
    for group, dependencies in roots.items():
        for number, marker in markers_of_needed(graph, dependencies).items():
            needed[number][group] = marker
    return needed


class _Index:
    """The packages of a lock, to be found by what is asked of them."""

    def __init__(self, lock: PoetryLock) -> None:
        self._versions: dict[str, dict[int, str]] = defaultdict(dict)
        for number, locked in enumerate(lock.package):
            self._versions[package_name(locked.name)][number] = locked.version

    def found(self, name: str, specifiers: SpecifierSet | None, extras: Iterable[str] = ()) -> list[Node]:
        """The package, and each of its extras that are asked for."""
        numbers = self._matching(package_name(name), specifiers)
        return [(number, extra) for number in numbers for extra in ("", *map(package_name, extras))]

    def _matching(self, name: str, specifiers: SpecifierSet | None) -> list[int]:
        """Those that the specifiers allow; all of the name where that does not tell which is meant."""
        versions = self._versions.get(name, {})
        allowed = (
            []
            if specifiers is None
            else [
                number
                for number, version in versions.items()
                if specifiers.contains(version, prereleases=True)
            ]
        )
        return allowed or list(versions)


def _graph(lock: PoetryLock, index: _Index) -> Iterator[tuple[Node, list[Dependency]]]:
    for number, locked in enumerate(lock.package):
        yield (number, ""), [one for name, edge in _edges(locked) for one in _dependencies(name, edge, index)]
        for extra, texts in locked.extras.items():
            listed = filter(None, map(_LISTED.match, texts))
            yield (
                (number, package_name(extra)),
                [
                    Dependency(node)
                    for match in listed
                    for node in index.found(match["name"], None, _words(match["extras"]))
                ],
            )


def _edges(locked: LockedByPoetry) -> Iterator[tuple[str, PoetryEdge]]:
    """The dependencies that need no extra."""
    for name, said in locked.dependencies.items():
        for one in said if isinstance(said, tuple) else (said,):
            edge = PoetryEdge(version=one) if isinstance(one, str) else one
            if not edge.optional:
                yield name, edge


def _dependencies(name: str, edge: PoetryEdge, index: _Index) -> Iterator[Dependency]:
    marker = marker_text(edge.markers)
    for node in index.found(name, specifiers_of(edge.version), edge.extras):
        yield Dependency(node, marker)


def _roots(wishes: Iterable[Wish], index: _Index) -> Roots:
    roots: dict[str, list[Dependency]] = defaultdict(list)
    for wish in wishes:
        nodes = index.found(wish.name, None if wish.alternatives else wish.specifiers, wish.extras)
        for group in wish.groups or (MAIN,):
            roots[group] += (Dependency(node, wish.marker) for node in nodes)
    return roots


def _roots_without_manifest(lock: PoetryLock, graph: Mapping[Node, Iterable[Dependency]]) -> Roots:
    targets = {one.target for (_, extra), dependencies in graph.items() if not extra for one in dependencies}
    roots: dict[str, list[Dependency]] = defaultdict(list)
    for number, locked in enumerate(lock.package):
        if (number, "") not in targets:
            group = "dev" if locked.category == "dev" else MAIN
            for asking in _extras_of(locked, lock) or (group,):
                roots[asking].append(Dependency((number, "")))
    return roots


def _extras_of(locked: LockedByPoetry, lock: PoetryLock) -> list[str]:
    if not locked.optional:
        return []
    name = package_name(locked.name)
    return [extra for extra, names in lock.extras.items() if name in map(package_name, names)]


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]
