"""What is known of the changes beforehand: which needs which, and how likely each is to blame."""

from collections.abc import Mapping

from msgspec import Struct

from samestack.behaviour.bisecting.changes import PYTHON
from samestack.behaviour.bisecting.declared import Declared, declared
from samestack.behaviour.bisecting.implications import implications
from samestack.behaviour.bisecting.lattice.atom import Atom, Implications
from samestack.behaviour.bisecting.metadata import requirements_in
from samestack.behaviour.bisecting.side import Side, Sides
from samestack.behaviour.bisecting.weights import weights
from samestack.capture.readers.conda.conda_platforms import this_platform
from samestack.lock.platforms import marker_environment
from samestack.model.change import Change
from samestack.solve.metadata import MetadataSource

Texts = Mapping[str, tuple[str, ...]]


class Graph(Struct, frozen=True, kw_only=True):
    """The changes as a search takes them, and what packages require, as texts."""

    atoms: tuple[Atom, ...]
    needs: Implications
    good: Texts
    bad: Texts

    def requirements(self, upgraded: frozenset[str]) -> Texts:
        """By name, what each package of a hybrid requires."""
        kept = {name: texts for name, texts in self.good.items() if name not in upgraded}
        return {**kept, **{name: texts for name, texts in self.bad.items() if name in upgraded}}


def graph_of(
    sides: Sides,
    changes: Mapping[str, Change],
    imported: frozenset[str],
    indexes: tuple[MetadataSource, MetadataSource],
) -> Graph:
    """What metadata tell; ``indexes`` are asked for the Python of the good side and of the bad one."""
    texts = tuple(
        requirements_in(side, index) for side, index in zip((sides.good, sides.bad), indexes, strict=True)
    )
    good, bad = (_declared(side, one) for side, one in zip((sides.good, sides.bad), texts, strict=True))
    packages = changes.keys() - {PYTHON}
    needs = dict(
        implications(
            packages,
            ({name: one.version for name, one in sides.good.packages.items()}, good),
            ({name: one.version for name, one in sides.bad.packages.items()}, bad),
        )
    )
    if PYTHON in changes:
        needs = _with_python(needs, changes, indexes)
    likely = weights(changes, imported, bad)
    return Graph(
        atoms=tuple(Atom(name, likely[name]) for name in sorted(changes)),
        needs=needs,
        good=texts[0],
        bad=texts[1],
    )


def markers_of(python: str) -> Mapping[str, str]:
    """The values of markers for trials with an interpreter of that release on this machine."""
    return marker_environment(this_platform(), python)


def _declared(side: Side, texts: Texts) -> Declared:
    return declared(side.packages.keys(), lambda name: texts[name], markers_of(side.python))


def _with_python(
    needs: Mapping[str, frozenset[str]],
    changes: Mapping[str, Change],
    indexes: tuple[MetadataSource, MetadataSource],
) -> dict[str, frozenset[str]]:
    """With what releases cannot be had for the other interpreter: they need theirs, or refuse the other."""
    found = dict(needs)
    for name, change in changes.items():
        before, after = change.before, change.after
        if name == PYTHON:
            continue
        if after is not None and _is_refused(name, after.version, indexes[0]):
            found[name] = found.get(name, frozenset()) | {PYTHON}
        if before is not None and _is_refused(name, before.version, indexes[1]):
            found[PYTHON] = found.get(PYTHON, frozenset()) | {name}
    return found


def _is_refused(name: str, version: str | None, index: MetadataSource) -> bool:
    return any(one.version == version and one.refusal is not None for one in index.releases(name))
