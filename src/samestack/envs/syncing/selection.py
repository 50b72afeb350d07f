"""What of a lock a project wants in its environment: what applies there, of the groups that it asks for."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import structs

from samestack.lock.decision import Lock
from samestack.model import Component, Stack
from samestack.project.manifest import Backend, Project


def groups_of(project: Project, lock: Lock, backend: Backend) -> frozenset[str]:
    """The groups and extras that a project wants of its lock.

    :class:`~samestack.errors.RequestError` for one that a project of Poetry's does not have.
    """
    table, manifest = lock.table, project.manifest
    if backend is Backend.POETRY:
        from samestack.lock.poetry.selection import selection  # reads what Poetry installs unasked

        chosen = selection(project, table.extras, table.groups)
        return frozenset((*chosen.extras, *chosen.groups))
    return frozenset((*manifest.groups, *manifest.extras, *table.groups, *table.extras))


def wanted_of(lock: Lock, groups: Collection[str], verdicts: Mapping[str, bool]) -> Stack:
    """The packages of a lock for these groups and extras, each once, whoever asks for it."""
    applying = _applying(lock.snapshot.stack, verdicts)
    return Stack.of(_once(one for one in applying if _is_asked_for(one, groups)))


def verdicts_on(
    stack: Stack, environment: Mapping[str, str], known: Mapping[str, bool]
) -> Mapping[str, bool]:
    """Whether each marker of a stack holds where markers have these values; ``known`` is not evaluated."""
    marked = {one.marker: one for one in stack if one.marker}
    unknown = marked.keys() - known.keys()
    if not unknown:
        return {marker: known[marker] for marker in marked}
    from samestack.compare.markers import applicable  # evaluating markers takes a library

    return {
        marker: known[marker] if marker in known else len(applicable(Stack.of((one,)), environment)) > 0
        for marker, one in marked.items()
    }


def _applying(components: Iterable[Component], verdicts: Mapping[str, bool]) -> Iterator[Component]:
    for one in components:
        if one.marker is None:
            yield one
        elif verdicts[one.marker]:
            yield structs.replace(one, marker=None)


def _is_asked_for(component: Component, groups: Collection[str]) -> bool:
    asking = component.circumstances.get("group", ())
    return not asking or not isinstance(asking, tuple) or any(one in groups for one in asking)


def _once(components: Iterable[Component]) -> Iterator[Component]:
    seen = set()
    for one in components:
        what = (one.layer, one.ecosystem, one.name, one.version, one.build, one.source)
        if what not in seen:
            seen.add(what)
            yield one
