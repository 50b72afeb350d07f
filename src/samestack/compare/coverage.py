"""Two declarations of one project, held against each other: what each of them pins, and what neither can.

A requirements file and an ``environment.yml`` of the same project differ less in versions than in what they
speak of at all: conda carries compilers, CUDA and R, an index does not, and neither says anything of the
driver.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from samestack.compare.identity import identity_in
from samestack.knowledge.python_names import pypi_name
from samestack.model import Component, Ecosystem, Layer, Snapshot, Stack, Standing

# An exact version in the words of PEP 440 (==1.2, ===1.2) or of conda, where =1.2 is a whole series.
_ONE_RELEASE: Final = re.compile(r"={2,3}\s*[^*,\s]+|=?\s*\d+\.\d+\.\d[^*,\s]*")
_UNSPOKEN_OF: Final = (
    Layer.HARDWARE,
    Layer.DRIVER,
    Layer.KERNEL,
    Layer.OS,
    Layer.SYSTEM,
    Layer.ACCELERATOR,
    Layer.PYTHON,
    Layer.MODELS,
)


class Renaming(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One package under its two names."""

    index: str
    conda: str


class Coverage(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What two declarations pin and carry; names are those of the index where a package has one there."""

    pinned_by_both: tuple[str, ...] = ()
    pinned_before: tuple[str, ...] = ()
    """Pinned to one release by the first alone."""
    pinned_after: tuple[str, ...] = ()
    """Pinned to one release by the second alone."""
    pinned_by_neither: tuple[str, ...] = ()
    """Asked for, but whichever release there is on the day is taken."""
    only_conda: tuple[str, ...] = ()
    """What no package index carries: conda's own names."""
    renamed: tuple[Renaming, ...] = ()
    """Packages that the two call differently."""
    unspoken: tuple[Layer, ...] = ()
    """The layers of which neither says anything, the deepest first."""


def coverage(before: Snapshot, after: Snapshot) -> Coverage | None:
    """What two declarations cover; ``None`` unless both only declare and one of them speaks of conda."""
    declared = all(one.origin.standing is Standing.WANTED for one in (before, after))
    everything = (*before.stack, *after.stack)
    if not declared or not any(one.ecosystem is Ecosystem.CONDA for one in everything):
        return None
    first, second = _by_name(before.stack), _by_name(after.stack)
    pinned = [{name for name, one in side.items() if _is_pinned(one)} for side in (first, second)]
    spoken_of = {one.layer for one in everything}
    return Coverage(
        pinned_by_both=_sorted(pinned[0] & pinned[1]),
        pinned_before=_sorted(pinned[0] - pinned[1]),
        pinned_after=_sorted(pinned[1] - pinned[0]),
        pinned_by_neither=_sorted((first.keys() | second.keys()) - pinned[0] - pinned[1]),
        only_conda=_sorted(one.name for one in everything if _is_conda_only(one)),
        renamed=tuple(_renamings(first, second)),
        unspoken=tuple(layer for layer in _UNSPOKEN_OF if layer not in spoken_of),
    )


def _by_name(stack: Stack) -> Mapping[str, Component]:
    """The components by what the two ecosystems agree to call them."""
    identity = identity_in(stack)
    named = {identity(component): component for component in stack}
    return {_name(component): component for component in named.values()}


def _name(component: Component) -> str:
    is_conda = component.ecosystem is Ecosystem.CONDA and component.layer is Layer.PACKAGES
    return pypi_name(component.name).name if is_conda else component.name


def _is_pinned(component: Component) -> bool:
    if component.version is not None:
        return True
    return _ONE_RELEASE.fullmatch((component.requirement or "").strip()) is not None


def _is_conda_only(component: Component) -> bool:
    """Whether it is a native package: the interpreter is had elsewhere too."""
    return component.ecosystem is Ecosystem.CONDA and component.layer in {Layer.SYSTEM, Layer.ACCELERATOR}


def _renamings(first: Mapping[str, Component], second: Mapping[str, Component]) -> Iterable[Renaming]:
    for name in sorted(first.keys() & second.keys()):
        conda = [
            one.name
            for one in (first[name], second[name])
            if one.ecosystem is Ecosystem.CONDA and one.name.replace("_", "-") != name
        ]
        yield from (Renaming(index=name, conda=one) for one in conda)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
