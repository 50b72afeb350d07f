"""System packages and native libraries: by their table, their kind, or their upstream version."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from samestack.compare.difference import Reason
from samestack.compare.risk.packages import component_table, pair_reasons
from samestack.compare.risk.presence import Pair, both_sides, came, gone
from samestack.compare.risk.reasons import unknown
from samestack.knowledge.system_libraries import SystemLibrary, system_libraries, system_library
from samestack.model import Ecosystem
from samestack.model.change import Change
from samestack.model.risk import Risk

_REVISIONS: Final[Mapping[Ecosystem, re.Pattern[str]]] = {
    Ecosystem.DEBIAN: re.compile(r"^\d+:|-[^-]*$|\+(?:b|deb)\d+\w*$"),
    Ecosystem.RPM: re.compile(r"^\d+:|-[^-]*$"),
    Ecosystem.ALPINE: re.compile(r"-r\d+$"),
}
"""What a distribution adds to upstream's version, in front of it and behind it."""


def system_reasons(change: Change) -> Iterator[Reason]:
    """Why a change of a system package or a native library bears a risk."""
    library = system_library(change.name)
    pair = both_sides(change)
    if pair is None:
        yield _came_or_went(change, library)
    elif change.component.ecosystem in _REVISIONS:
        yield _of_package(pair, library)
    elif (known := component_table(change.component)) is not None or library is None:
        yield from pair_reasons(pair, known)
    else:
        yield _of_library(library)


def upstream_version(version: str, ecosystem: Ecosystem) -> str:
    """The version that upstream gave, without what a distribution added: ``2.36`` of ``2:2.36-9+deb12u4``."""
    pattern = _REVISIONS.get(ecosystem)
    return version if pattern is None else pattern.sub("", version)


def _came_or_went(change: Change, library: SystemLibrary | None) -> Reason:
    if change.after is not None:
        return came(change.name)
    if library is None:
        return unknown(f"{change.name} is gone: whether anything needs it is unknown.")
    return gone(change.name, f"a program that loads this {library.kind} fails.")


def _of_package(pair: Pair, library: SystemLibrary | None) -> Reason:
    before, after = pair
    if before.version is None or after.version is None:
        return unknown(f"The version of {after.name} is not stated on both sides.")
    upstream = upstream_version(after.version, after.ecosystem)
    if before.version != after.version and upstream_version(before.version, before.ecosystem) == upstream:
        return Reason(risk=Risk.NONE, text=f"A revision of one upstream version, {upstream}.")
    if library is not None:
        return _of_library(library)
    if before.version == after.version:
        return unknown(f"The same version of {after.name}, made otherwise.")
    return unknown(f"Another upstream version; no table tells of {after.name}.")


def _of_library(library: SystemLibrary) -> Reason:
    return Reason(
        risk=library.risk,
        text=f"{library.kind}: {library.text}",
        sources=library.sources,
        dated=system_libraries().dated.isoformat(),
    )
