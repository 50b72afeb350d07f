"""One call of ``uv pip compile``, in the project's directory, by settings that stand elsewhere."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.errors import OutsideError, SamestackError
from samestack.lock.decision import LockOptions
from samestack.lock.terms import AUTO, Terms
from samestack.lock.unmet import UnmetError
from samestack.lock.uv.configuration import uv_settings, write_settings
from samestack.process import Finished, run
from samestack.project.manifest import Project
from samestack.solve.uv import uv_words
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program

_LOCK: Final = "pylock.toml"
_OPTIONS: Final = (
    "--universal",
    "--format=pylock.toml",
    "--no-header",
    "--no-progress",
    "--color=never",
    "--quiet",
    # uv would fetch an interpreter of the lock's version only to build source distributions with it.
    "--no-python-downloads",
)
_BARE: Final = ("env", "-u", "UV_CONFIG_FILE", "-u", "UV_NO_CONFIG")
"""Either would have uv pass over the settings that it is given; what they say is in these already."""
_TIME_LIMIT: Final = 3600.0
"""In seconds. Source distributions may have to be built to learn what they need."""


class Sources(Struct, frozen=True, kw_only=True):
    """What uv is to read: files of the project, relative to it, or else requirements themselves."""

    files: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    """Dependency groups of the project's manifest."""
    notes: tuple[str, ...] = ()
    """What was left out or taken otherwise, in a sentence each."""


class Compiled(Struct, frozen=True):
    """What uv decided: the text of a lock whose paths are relative to ``directory``, which is gone."""

    text: str
    directory: Path


def compiled(project: Project, sources: Sources, terms: Terms, options: LockOptions) -> Compiled:
    """Decide; :class:`UnmetError` where there is no solution, :class:`OutsideError` where uv fails."""
    uv, settings = uv_program(), uv_settings(project.directory.resolve())
    environment = {} if settings.names_indexes else index_settings(uv).environment
    with tempfile.TemporaryDirectory(prefix="samestack-lock-") as name:
        aside = Path(name).resolve()
        write_settings(settings, terms, aside)
        if terms.path.is_file() and not options.upgrade_all:
            shutil.copyfile(terms.path, aside / _LOCK)  # uv keeps to the releases in the file that it writes
        finished = run(
            (*_BARE, uv, "pip", "compile", *_OPTIONS, *_words(sources, terms, options, aside)),
            directory=project.directory,
            environment=environment,
            timeout=_TIME_LIMIT,
            check=False,
        )
        if finished.status != 0:
            raise _failure(project, finished, terms)
        return Compiled((aside / _LOCK).read_text(encoding="utf-8"), aside)


def _words(sources: Sources, terms: Terms, options: LockOptions, aside: Path) -> Iterator[str | Path]:
    yield from ("--project", aside, "--python-version", terms.python, "--output-file", aside / _LOCK)
    yield from _repeated("--extra", terms.extras if sources.files else ())
    yield from _repeated("--group", (f"pyproject.toml:{group}" for group in sources.groups))
    yield from _repeated("--upgrade-package", options.upgrade)
    if terms.as_of and terms.as_of != AUTO:
        # With a time and a zone: a bare day would include that day, in the zone of this machine.
        yield from ("--exclude-newer", f"{terms.as_of}T00:00:00Z")
    yield from sources.files
    if sources.requirements:
        file = aside / "requirements.in"
        file.write_text("".join(f"{one}\n" for one in sources.requirements), encoding="utf-8")
        yield file


def _repeated(option: str, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (option, value)


def _failure(project: Project, finished: Finished, terms: Terms) -> SamestackError:
    said = finished.messages
    is_unmet = uv_words.is_no_solution(finished.status, said)
    if is_unmet or (uv_words.needs_build(said) and not uv_words.is_failed_build(said)):
        return UnmetError(uv_words.said(said), terms)
    _blame_inputs(project, terms)
    return OutsideError(
        f"uv could not decide: {uv_words.failure(said)}",
        hint="this says nothing of the requirements; look at the index and the network",
    )


def _blame_inputs(project: Project, terms: Terms) -> None:
    """Say what is wrong with a file, and where in it, if it was that: uv says it of a copy."""
    from samestack.lock.reading import read_lock
    from samestack.project.wishes import wishes_of

    wishes_of(project, terms.extras, terms.groups)
    if terms.path.is_file():
        read_lock(terms.path)
