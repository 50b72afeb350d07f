"""rattler fills a prefix, and uv what the package index has on top of it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Final

from samestack.capture.entry import capture
from samestack.capture.probes.conda.conda_meta import read_conda_meta
from samestack.capture.tree import MachineTree
from samestack.compare.releases import SEEDS
from samestack.envs.conda.channel_part import ChannelPart, install_channel_part
from samestack.envs.conda.index_part import IndexPart
from samestack.envs.conda.opening import secrets_of_project
from samestack.envs.work import Work
from samestack.lock.conda.contents import Contents, contents_for_this_machine
from samestack.model import Ecosystem, Kind, Layer, Reference, Stack
from samestack.progress import Reporter

_HISTORY: Final = "conda-meta/history"


class CondaInstaller:
    """An installer for the locks of conda's tools."""

    is_movable: ClassVar[bool] = False

    def __init__(self, work: Work) -> None:
        self._work = work
        self._contents = contents_for_this_machine(work.lock)

    def create(self, place: Path) -> None:
        """See :class:`~samestack.envs.installer.Installer`; the interpreter comes with the packages."""
        history = place / _HISTORY
        history.parent.mkdir(parents=True)
        history.touch()

    def install(self, place: Path, reporter: Reporter) -> None:
        """See :class:`~samestack.envs.installer.Installer`."""
        work, contents = self._work, self._contents
        on_top = IndexPart(work, place)
        before = capture(Reference(Kind.CONDA, str(place))).stack
        on_top.remove(_unwanted(before, contents, work))
        install_channel_part(self._channel_part(place), place, reporter)
        if contents.files:
            reporter.started(f"installing {len(contents.files)} packages of the index")
            on_top.install(contents.files, again=work.reinstall)
            reporter.finished()
        if work.with_project and work.project.is_package:
            on_top.install_project(work.project.directory)

    def _channel_part(self, place: Path) -> ChannelPart:
        records = self._contents.records
        everything = [one.name.normalized for one in records]
        return ChannelPart(
            records=records,
            lock=self._work.lock.path,
            secrets=secrets_of_project(self._work.project),
            again=everything if self._work.reinstall else tuple(_damaged(place)),
        )


def _unwanted(before: Stack, contents: Contents, work: Work) -> Iterator[str]:
    """What pip or uv have put there and the lock does not name; all of it where the Python goes."""
    locked = {one.name for one in contents.files}
    own = {work.project.name} if work.with_project else set()
    kept = (SEEDS - {one.name.normalized for one in contents.records}) | own
    is_other_python = _series(before) != contents.series
    for one in before.layer(Layer.PACKAGES):
        is_theirs = one.ecosystem is Ecosystem.PYPI and one.name not in kept
        if is_theirs and (is_other_python or one.name not in locked):
            yield one.name


def _series(stack: Stack) -> str:
    version = next((one.version or "" for one in stack.layer(Layer.PYTHON) if one.name == "python"), "")
    return ".".join(version.split(".")[:2])


def _damaged(place: Path) -> Iterator[str]:
    """The packages of conda's whose metadata is gone: pip has taken it away, or has put its own there."""
    for package in read_conda_meta(MachineTree(), str(place)).packages:
        if not all(map(os.path.exists, package.metadata_directories)):
            yield package.component.name
