"""Whether an environment can be changed at all, or has to be made anew."""

import os
from pathlib import Path

from msgspec import Struct

from samestack.envs.syncing.observed import Observed
from samestack.envs.transaction import journal, leftovers
from samestack.lock.decision import Lock
from samestack.model import Kind, Layer
from samestack.project.manifest import Backend, Project


class WantedPython(Struct, frozen=True, kw_only=True):
    """The Python that an environment is to have."""

    said: str = ""
    """A series, a release or a path; empty where only ``requires`` has a say."""
    requires: str = ""
    """``>=3.9,<3.12``; what both the lock and the project allow."""

    @property
    def version(self) -> str:
        """The series or release, where one is said."""
        return "" if os.sep in self.said else self.said

    def accepts(self, version: str) -> bool:
        """Whether an environment that has this release may keep it."""
        if self.version and not f"{version}.".startswith(f"{self.version}."):
            return False
        return not self.requires or _meets(version, self.requires)


def wanted_python(project: Project, lock: Lock, asked: str) -> WantedPython:
    """What is asked for, else what the lock was decided for, else what the manifest says."""
    stated = [one for one in lock.snapshot.stack.layer(Layer.PYTHON) if one.name == "python"]
    exact = next((one.version for one in stated if one.version), "")
    of_lock = next((one.requirement for one in stated if one.requirement), "")
    # Other tools' locks say the least that they were decided for; the project may allow less than that.
    requires = ",".join(one for one in (of_lock, project.requires_python) if one)
    said = asked or lock.table.python or exact or project.manifest.python
    # Of a lock that was decided for one series there is no more to ask than that.
    return WantedPython(said=said, requires="" if said == lock.table.python else requires)


def reason_to_make(place: Path, observed: Observed | None, backend: Backend, wanted: WantedPython) -> str:
    """Why an environment has to be made, in a few words; empty where the one that is there can be changed."""
    if journal.is_open(place) or leftovers.unfinished(place).exists():
        return "an earlier sync was interrupted here"
    if observed is None:
        return "there is none yet"
    if (observed.kind is Kind.CONDA) is not (backend is Backend.CONDA):
        return f"the one that is there is of another kind ({observed.kind})"
    return "" if backend is Backend.CONDA else _of_interpreter(observed, wanted)


def _of_interpreter(observed: Observed, wanted: WantedPython) -> str:
    if not observed.python:
        return "its interpreter is gone"
    if not wanted.accepts(observed.python):
        return f"its Python is {observed.python}, not {wanted.said or wanted.requires}"
    return ""


def _meets(version: str, requires: str) -> bool:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(requires).contains(version, prereleases=True)
    except InvalidSpecifier:
        # What it is meant to say is the business of whoever reads the manifest.
        return True
