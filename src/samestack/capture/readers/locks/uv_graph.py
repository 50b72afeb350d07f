"""Which packages of a ``uv.lock`` are needed where, by way of the dependencies that it lists."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from samestack.capture.readers.locks.dependency_graph import Dependency, Markers, Node, markers_of_needed
from samestack.capture.readers.locks.marker_groups import assuming, text_of
from samestack.capture.readers.locks.python_packages import MAIN
from samestack.capture.readers.locks.uv_lock_document import UvEdge, UvLock, UvPackage
from samestack.capture.readers.requirements.packaging_values import marker_text

MAX_GROUPS: Final = 500
"""The most extras and groups of one project or workspace."""

_ROOT: Final[Node] = (-1, "")
"""What stands for the project itself, or for all members of its workspace."""


def members_of(lock: UvLock) -> frozenset[int]:
    """The indices of what was locked: the project, or all members of its workspace."""
    named = {index for index, package in enumerate(lock.package) if package.name in lock.manifest.members}
    here = {index for index, package in enumerate(lock.package) if _is_here(package)}
    return frozenset(named or here)


def markers_by_package(lock: UvLock) -> dict[int, Markers]:
    """For each package that is needed, by its index, the groups that need it and where; extras are groups.

    ``ValueError`` for a marker that is none, and for too many groups.
    """
    index = _by_name(lock)
    graph = dict(_graph(lock, index))
    needed: dict[int, Markers] = defaultdict(dict)
    roots = _roots(lock)
    if len(roots) > MAX_GROUPS:
        raise ValueError(f"more than {MAX_GROUPS} extras and groups")
    for group, edges in roots.items():
        # Where groups exclude each other, one that is asked for changes what the others need.
        asking = [*roots[MAIN], *edges] if lock.conflicts else edges
        dependencies = [one for edge in asking for one in _dependencies(edge, index[edge.name], lock)]
        ways = {**graph, _ROOT: dependencies}
        if lock.conflicts:
            ways = _assuming(ways, _conflict_names(lock, group))
        for number, marker in markers_of_needed(ways, ways[_ROOT]).items():
            needed[number][group] = marker
    return needed


def _by_name(lock: UvLock) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for number, package in enumerate(lock.package):
        index[package.name].append(number)
    return index


def _graph(lock: UvLock, index: Mapping[str, list[int]]) -> Iterator[tuple[Node, list[Dependency]]]:
    for number, package in enumerate(lock.package):
        for extra, edges in {**package.optional_dependencies, "": package.dependencies}.items():
            yield (
                (number, extra),
                [one for edge in edges for one in _dependencies(edge, index[edge.name], lock)],
            )


def _assuming(graph: Mapping[Node, list[Dependency]], asked: frozenset[str]) -> dict[Node, list[Dependency]]:
    """The graph when these of the groups that exclude each other are asked for, and no others."""
    return {
        node: [one for each in edges for one in _still_needed(each, asked)] for node, edges in graph.items()
    }


def _still_needed(dependency: Dependency, asked: frozenset[str]) -> Iterator[Dependency]:
    verdict = dependency.marker is None or assuming(dependency.marker, asked)
    if verdict is not False:
        yield Dependency(dependency.target, text_of(verdict))


def _conflict_names(lock: UvLock, group: str) -> frozenset[str]:
    """What uv calls a group in the markers that tell groups apart which exclude each other."""
    names = [lock.package[number].name for number in members_of(lock)]
    return frozenset(f"{kind}-{len(name)}-{name}-{group}" for name in names for kind in ("extra", "group"))


def _is_here(package: UvPackage) -> bool:
    return "." in {package.source.virtual, package.source.editable, package.source.directory}


def _roots(lock: UvLock) -> Mapping[str, list[UvEdge]]:
    """What each group of any member asks for; a script, which has no members, has requirements."""
    roots: dict[str, list[UvEdge]] = defaultdict(list)
    roots[MAIN] += lock.manifest.requirements
    for group, edges in lock.manifest.dependency_groups.items():
        roots[group] += edges
    for member in (lock.package[index] for index in sorted(members_of(lock))):
        roots[MAIN] += member.dependencies
        for group, edges in (*member.optional_dependencies.items(), *member.dev_dependencies.items()):
            roots[group] += edges
    return roots


def _dependencies(edge: UvEdge, candidates: Iterable[int], lock: UvLock) -> Iterator[Dependency]:
    marker = marker_text(edge.marker)
    for index in candidates:
        package = lock.package[index]
        if edge.version in {None, package.version} and edge.source in {None, package.source}:
            for extra in ("", *edge.extra, *edge.extras):
                yield Dependency((index, extra), marker)
