"""Prefixes made by the installer, as a sync calls it."""

from pathlib import Path

from samestack.capture.entry import capture
from samestack.envs.conda.installer import CondaInstaller
from samestack.envs.work import Work
from samestack.lock.deciding import decide, write
from samestack.lock.decision import LockOptions
from samestack.lock.reading import read_lock
from samestack.lock.selecting import locked_for
from samestack.model import Kind, Reference, Snapshot
from samestack.process import run
from samestack.progress import SILENT, Reporter
from samestack.project.reading import read_project


def lock(directory: Path, *upgrade: str) -> None:
    """Decide and write the lock of a project."""
    write(decide(read_project(directory), LockOptions(upgrade=upgrade), SILENT))


def work(directory: Path, *, with_project: bool = True) -> Work:
    """What is to be done for the lock of a project."""
    read = read_lock(directory / "pixi.lock")
    locked = locked_for(read, {})
    return Work(project=read_project(directory), lock=read, locked=locked, with_project=with_project)


def fill(directory: Path, reporter: Reporter = SILENT, *, with_project: bool = True) -> Path:
    """Make the environment of a project what its lock says; the environment."""
    installer, prefix = CondaInstaller(work(directory, with_project=with_project)), directory / ".venv"
    if not prefix.exists():
        installer.create(prefix)
    installer.install(prefix, reporter)
    return prefix


def captured(prefix: Path) -> Snapshot:
    """What is in a prefix."""
    return capture(Reference(Kind.CONDA, str(prefix)))


def answer(prefix: Path, program: str) -> str:
    """What a program prints in a prefix, which has nothing else to rely on."""
    return run((prefix / "bin/python", "-I", "-c", program)).output.strip()
