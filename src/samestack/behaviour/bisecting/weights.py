"""How likely each change is to blame: by what the program imports, how far the step is, and its risk.

Only the order of trials hangs on it: what is likely is found in fewer of them, what is not in one more.
"""

from collections.abc import Collection, Mapping
from typing import Final

from packaging.utils import canonicalize_name

from samestack.behaviour.bisecting.changes import PYTHON
from samestack.behaviour.bisecting.declared import Declared
from samestack.compare.risk import StepKind, assess, version_step
from samestack.model.change import Change
from samestack.model.risk import Risk

_BY_RISK: Final[Mapping[Risk, float]] = {
    Risk.BREAKS: 4.0,
    Risk.RESULTS: 4.0,
    Risk.UNKNOWN: 2.0,
    Risk.SPEED: 1.0,
}
_BY_STEP: Final[Mapping[StepKind, float]] = {
    StepKind.REBUILD: 0.5,
    StepKind.BUG_FIX: 1.0,
    StepKind.MINOR: 2.0,
    StepKind.INITIAL: 2.0,
    StepKind.CALENDAR: 2.0,
    StepKind.MAJOR: 4.0,
}
_IMPORTED: Final = 4.0
_NEEDED_BY_IMPORTED: Final = 2.0


def weights(
    changes: Mapping[str, Change], imported: Collection[str], declared: Declared
) -> Mapping[str, float]:
    """By name of a change, its weight; ``imported`` are the packages that the program imports itself."""
    reached = _reached(imported, declared)
    return {name: _of_change(change) * _of_use(name, imported, reached) for name, change in changes.items()}


def _of_change(change: Change) -> float:
    risk, _ = assess(change)
    before, after = change.before, change.after
    if before is None or after is None or not before.version or not after.version:
        return 1.0
    return _BY_RISK.get(risk, 0.5) * _BY_STEP.get(version_step(before.version, after.version).kind, 1.0)


def _of_use(name: str, imported: Collection[str], reached: Collection[str]) -> float:
    if name in imported or name == PYTHON:
        return _IMPORTED
    return _NEEDED_BY_IMPORTED if name in reached else 1.0


def _reached(names: Collection[str], declared: Declared) -> frozenset[str]:
    found, pending = set(names), list(names)
    while pending:
        for requirement in declared.get(pending.pop(), ()):
            key = str(canonicalize_name(requirement.name))
            if key not in found:
                found.add(key)
                pending.append(key)
    return frozenset(found)
