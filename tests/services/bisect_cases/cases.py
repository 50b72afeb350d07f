"""Steps of libraries that change what a program answers, each hidden among packages that have no part in it.

A case is one TOML file here: a program that tells both sides apart, who is to blame, and what it is of.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct, field

from samestack.behaviour.bisecting.request import Effort, Request

Steps = Mapping[str, tuple[str, str]]
"""By name of a package its release on the good side, and on the bad one; empty where it is not there."""

HERE = Path(__file__).parent
SECONDS = 120.0
"""The most that one run of a program may take."""
_BYSTANDERS = "bystanders"


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A program whose answer hangs on its libraries."""

    what: str
    source: str
    python: str
    """The series of the interpreter."""
    program: str
    culprits: tuple[Steps, ...]
    """Each makes it bad by itself, with all the packages of it together."""
    since: Mapping[str, str]
    """By package, the first of its releases that answers as the bad side does."""
    also: Steps = field(default_factory=dict)
    """What changes in this case beside the bystanders of its series."""

    @property
    def steps(self) -> Steps:
        """All that changes."""
        found = {**bystanders(self.python), **self.also}
        for one in self.culprits:
            found.update(one)
        return dict(sorted(found.items()))

    @property
    def blamed(self) -> set[frozenset[str]]:
        """The names of each culprit."""
        return {frozenset(one) for one in self.culprits}


def case_names() -> tuple[str, ...]:
    """Every case, by name."""
    return tuple(sorted(path.stem for path in HERE.glob("*.toml") if path.stem != _BYSTANDERS))


def case(name: str) -> Case:
    """One of them."""
    return msgspec.toml.decode((HERE / f"{name}.toml").read_text(), type=Case)


def bystanders(python: str) -> Steps:
    """What changes in every case of a series."""
    text = (HERE / f"{_BYSTANDERS}.toml").read_text()
    return msgspec.toml.decode(text, type=dict[str, dict[str, tuple[str, str]]])[python]


def pins(steps: Steps, side: int) -> str:
    """A requirements file of one side: 0 is the good one."""
    return "".join(f"{name}=={step[side]}\n" for name, step in steps.items() if step[side])


def written(one: Case, directory: Path) -> Request:
    """The files of a case in a directory, and the question that they are."""
    for side, name in enumerate(("good.txt", "bad.txt")):
        (directory / name).write_text(pins(one.steps, side))
    (directory / "probe.py").write_text(one.program.lstrip())
    shutil.copy(HERE / "part.jpg", directory)
    return Request(
        good=str(directory / "good.txt"),
        bad=str(directory / "bad.txt"),
        command=("python", "probe.py"),
        python=one.python,
        directory=directory,
        effort=Effort(jobs=1, seconds=SECONDS),
    )
