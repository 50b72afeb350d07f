"""uv fills virtual environments: from a ``pylock.toml`` as it is, from other locks by what they decide."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Final

from samestack.compare.releases import SEEDS
from samestack.envs.transaction import journal
from samestack.envs.venv.index_environment import (
    has_credentials,
    index_environment,
    likely_index_environment,
)
from samestack.envs.venv.site_directories import metadata_directories
from samestack.envs.venv.source_file import Source, source_of
from samestack.envs.venv.undo import Undo, prepared, undone
from samestack.envs.work import Work
from samestack.files import remove_directory, write_file
from samestack.model import Layer
from samestack.process import Finished, run
from samestack.progress import Reporter
from samestack.solve.uv.uv_program import uv_program
from samestack.solve.uv.uv_words import needs_build

_CONFIGURATION: Final = "pyvenv.cfg"
_QUIET: Final = ("--quiet", "--no-progress", "--color=never", "--no-python-downloads")
_UNVERIFIED: Final = "UV_NO_VERIFY_HASHES"
_SEEDED: Final = "seed = true\n"

Words = tuple[str | Path, ...]


class VenvInstaller:
    """An installer for what applies here of any lock of Python packages."""

    is_movable: ClassVar[bool] = True

    def __init__(self, work: Work) -> None:
        self._work = work
        self._uv = uv_program()
        self._undo: Undo | None = None
        self._has_begun = False

    def create(self, place: Path) -> None:
        """See :class:`~samestack.envs.installer.Installer`."""
        interpreter = self._work.interpreter
        assert interpreter is not None  # noqa: S101 - whoever makes a new one has found it
        prompt = ("--prompt", self._work.project.name) if self._work.project.name else ()
        words = ("venv", "--no-project", "--relocatable", *prompt, "--python", interpreter.path, place)
        self._checked(self._run(words, {}))
        # What people put into it beside the lock (pip, mostly) is then left alone, as in any other.
        _note_seeds(place)

    def install(self, place: Path, reporter: Reporter) -> None:
        """See :class:`~samestack.envs.installer.Installer`.

        uv fetches and checks every file before it touches the environment.
        """
        if _has_seeds(place):
            _note_seeds(place)
        self._undo = prepared(place, {change.name for change in self._work.changes})
        self._has_begun = True
        reporter.started(f"install {len(self._work.locked.layer(Layer.PACKAGES))} packages")
        directory = place / journal.DIRECTORY / "source"
        directory.mkdir(parents=True, exist_ok=True)
        try:
            self._checked(self._installed(place, source_of(self._work, directory)))
        finally:
            remove_directory(directory)
        reporter.finished()

    def undo(self) -> bool:
        """See :class:`~samestack.envs.transaction.transaction.Undoing`."""
        if not self._has_begun:
            return True
        if self._undo is not None:
            undone(self._undo)
        return self._undo is not None

    def _installed(self, place: Path, source: Source) -> Finished:
        """By the addresses in the lock, or from uv's cache, as long as that does.

        To ask every index for what is there already takes longer than to install it. Whichever way a file
        comes, its hash tells whether it is the one that was locked.
        """
        options: Words = (*source.options, "--verify-hashes", "--python", place / "bin/python")
        words: Words = ("pip", *source.words, source.path, *options)
        if self._work.reinstall:
            return self._run((*words, "--refresh"), index_environment())
        if source.has_addresses and not has_credentials():
            finished = self._run((*words, "--no-build"), {})
            if finished.status == 0 or not _may_build(finished.messages):
                return finished
        elif not source.has_addresses:
            finished = self._run((*words, "--offline"), likely_index_environment())
            if finished.status == 0:
                return finished
        return self._run(words, index_environment())

    def _run(self, words: Words, environment: Mapping[str, str]) -> Finished:
        directory = self._work.project.directory
        command = (*_verifying(), self._uv, *words, *_QUIET)
        return run(command, directory=directory, environment=environment, check=False)

    def _checked(self, finished: Finished) -> None:
        if finished.status != 0:
            from samestack.envs.venv.uv_failure import failure  # most installations go well

            raise failure(finished.messages, self._work.lock.path)


def _verifying() -> Words:
    """Who has switched off that hashes are verified has not done so for locks; uv takes no contradiction."""
    return ("env", "-u", _UNVERIFIED) if _UNVERIFIED in os.environ else ()


def _may_build(messages: str) -> bool:
    """Whether uv stopped for want of a wheel, where a source distribution could do."""
    return "--no-build" in messages or needs_build(messages)


def _has_seeds(place: Path) -> bool:
    """Whether something is in there that installers bring along unasked."""
    return any(name.partition("-")[0].lower() in SEEDS for _, name in metadata_directories(str(place)))


def _note_seeds(place: Path) -> None:
    """Say to uv in its own words that there are seeds: it takes them away where it was not told."""
    file = place / _CONFIGURATION
    text = file.read_text()
    if "\nuv = " in text and "\nseed = " not in text:
        write_file((text.rstrip("\n") + "\n" + _SEEDED).encode(), file)
