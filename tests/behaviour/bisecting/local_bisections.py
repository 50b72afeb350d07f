"""Small wheels on a local index, two requirement files, and a program that tells them apart."""

import sys
from pathlib import Path

from msgspec import structs

from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.entry import bisect
from samestack.behaviour.bisecting.request import Effort, Request
from samestack.progress import SILENT, Reporter
from tests.solve.local_index import LocalIndex
from tests.verify.breaking_index import add

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
UNRELATED = tuple(f"bystander{number}" for number in range(12))


def add_unrelated(index: LocalIndex) -> None:
    """Packages that change and do nothing."""
    for name in UNRELATED:
        for version in ("1.0", "2.0"):
            add(index, name, version, f"value = {version}\n")


def request(directory: Path, code: str, good: str, bad: str) -> Request:
    """A program, and what the two sides have beside the unrelated packages: ``alpha==1 beta==1``."""
    for name, said, version in (("good", good, "1.0"), ("bad", bad, "2.0")):
        lines = [*said.split(), *(f"{one}=={version}" for one in UNRELATED)]
        (directory / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines))
    (directory / "check.py").write_text(code)
    return Request(
        good=str(directory / "good.txt"),
        bad=str(directory / "bad.txt"),
        command=("python", "check.py"),
        python=PYTHON,
        directory=directory,
        effort=Effort(jobs=2, seconds=30.0),
    )


def bisected(asked: Request, reporter: Reporter = SILENT, *, is_resumed: bool = False) -> Bisection:
    """What comes of it."""
    return bisect(structs.replace(asked, is_resumed=is_resumed), reporter)


def pivots(found: Bisection) -> list[tuple[str, ...]]:
    """Of each culprit."""
    assert found.verdict is not None, found.baseline
    return [one.pivots for one in found.verdict.culprits]
