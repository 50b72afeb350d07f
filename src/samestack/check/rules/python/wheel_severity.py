"""How grave it is that a Python or a system refuses a wheel's tags: WHEEL is written by many hands.

Labels are wrong in real wheels (xgboost 1.6.1 says cp39 and is for any Python 3, pypa/pip#12884), so what the
files themselves tell has the last word.
"""

from msgspec import Struct

from samestack.check.finding import Severity
from samestack.check.listed_texts import texts
from samestack.check.wheel_support import Part, Refused, Target
from samestack.check.wheel_target import module_abis, series_in
from samestack.model import Component


class Judgement(Struct, frozen=True):
    """A severity and what softens or confirms it, as the end of a sentence."""

    severity: Severity
    because: str = ""


def judged(package: Component, found: Refused, target: Target, *, is_deep: bool) -> Judgement:
    """The tags of a package, held against what its binaries tell."""
    parts = {one.part for one in found.refusals if one.is_certain}
    if parts == {Part.C_LIBRARY}:
        return _of_c_library(package, target)
    if not parts <= {Part.PYTHON, Part.ABI}:
        return Judgement(Severity.ERROR)
    modules = module_names(package)
    if modules:
        is_mislabelled = not module_abis(target).isdisjoint(modules)
        because = "; but it holds modules for this one, so the label is wrong"
        return Judgement(Severity.NOTE, because) if is_mislabelled else Judgement(Severity.ERROR)
    if "-abi3" in found.tag:  # such modules are named for no interpreter
        return Judgement(Severity.WARNING)
    if not is_deep:
        return Judgement(Severity.UNKNOWN, "; whether its modules are too, the snapshot does not tell")
    return Judgement(
        Severity.NOTE, "; but no module of it is named for any Python, so the label may be wrong"
    )


def module_names(package: Component) -> tuple[str, ...]:
    """The interpreters that its extension modules are named for: ``cpython-311``."""
    return texts(package.facts, "extension_abis")


def _of_c_library(package: Component, target: Target) -> Judgement:
    """Of executables nothing is read, so only what modules need can soften it."""
    stated = str(package.facts.get("glibc", ""))
    needed, own = series_in(stated), target.c_library_version
    if target.c_library != "glibc" or needed is None or own is None:
        return Judgement(Severity.ERROR)
    if needed > own:
        return Judgement(Severity.ERROR, f"; its modules need glibc {stated}")
    return Judgement(
        Severity.WARNING, f": pip refuses it there, though its modules need no more than {stated}"
    )
