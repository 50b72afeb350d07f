"""VisionaryAI's three projects, each a copy of its own with the environment that its lock decides."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from samestack.capture.entry import capture
from samestack.compare.releases import SEEDS, packages_digest
from samestack.lock.decision import Lock
from samestack.lock.reading import read_lock
from samestack.model import Kind, Layer, Reference, Snapshot
from samestack.tour.cast import example_directory

EXAMPLES = example_directory().parent
_LEFT_BEHIND = shutil.ignore_patterns(".venv", "__pycache__", ".*_cache", "pictures", "training")


class VisionaryProject(Struct, frozen=True, kw_only=True):
    """A project and where its environment is."""

    directory: Path
    python: str
    """The series that it runs on."""

    @property
    def name(self) -> str:
        return self.directory.name

    @property
    def environment(self) -> Path:
        return self.directory / ".venv"

    def snapshot(self) -> Snapshot:
        """What is in its environment."""
        return capture(Reference(Kind.VENV, str(self.environment)))

    def lock(self) -> Lock:
        """What was decided for it."""
        return read_lock(self.directory / "pylock.toml")

    def digest(self) -> str:
        """The stack digest on packages of its environment, without seeds that the lock says nothing of."""
        locked = {one.name for one in self.lock().snapshot.stack.layer(Layer.PACKAGES)}
        return packages_digest(self.snapshot().stack, but=SEEDS - locked)

    def run(self, *command: str | Path) -> str:
        """What a command wrote to standard output, run in the project's environment by samestack."""
        finished = subprocess.run(
            self._through_samestack(*command), capture_output=True, text=True, check=False, env=_variables()
        )
        assert finished.returncode == 0, finished.stdout[-4000:] + finished.stderr[-4000:]
        return finished.stdout

    @contextmanager
    def serving(self, *command: str | Path) -> Iterator[str]:
        """The address that a server of the project prints once it listens; it is ended by a signal."""
        arguments = self._through_samestack(*command)
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=_variables()) as server:
            assert server.stdout is not None
            try:
                yield server.stdout.readline().strip()
            finally:
                server.terminate()
        assert server.returncode == -15  # samestack has become the command, so the signal reached it

    def _through_samestack(self, *command: str | Path) -> list[str | Path]:
        own = (sys.executable, "-m", "samestack", "run", "--project", self.directory)
        return [*own, "--", "env", "-C", self.directory, *command]


def copy_of_project(name: str, python: str, place: Path) -> VisionaryProject:
    """The project as it is committed, without what was built in it."""
    shutil.copytree(EXAMPLES / name, place / name, ignore=_LEFT_BEHIND)
    return VisionaryProject(directory=place / name, python=python)


def _variables() -> dict[str, str]:
    return os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONDONTWRITEBYTECODE": "1"}
