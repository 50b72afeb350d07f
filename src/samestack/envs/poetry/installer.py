"""Poetry fills virtual environments: each is made by uv, and Poetry is told that it is the active one."""

import re
import tempfile
from pathlib import Path
from typing import ClassVar, Final

from samestack.envs.work import Work
from samestack.errors import RequestError
from samestack.lock.poetry.aside import LOCK
from samestack.lock.poetry.poetry_call import PoetryCall
from samestack.lock.poetry.poetry_program import poetry_program
from samestack.lock.poetry.selection import Selection, selection
from samestack.process import run
from samestack.progress import Reporter
from samestack.solve.uv.uv_program import uv_program

_COUNTED: Final = re.compile(r"Package operations: (\d+) installs?, (\d+) updates?, (\d+) removals?")
_DONE: Final = re.compile(r" +[-\N{BULLET}] (?P<what>[^:\n]+)")


class PoetryInstaller:
    """An installer for ``poetry.lock`` in a project of Poetry's."""

    is_movable: ClassVar[bool] = False
    """The commands that Poetry writes name their interpreter by its path."""

    def __init__(self, work: Work) -> None:
        _check_lock_is_its_own(work)
        self._work = work
        self._program = poetry_program(work.project.directory)

    def create(self, place: Path) -> None:
        """See :class:`~samestack.envs.installer.Installer`."""
        interpreter = self._work.interpreter
        assert interpreter is not None  # noqa: S101 - whoever makes a new one has found it
        prompt = ("--prompt", self._work.project.name) if self._work.project.name else ()
        words = ("venv", "--quiet", "--no-project", *prompt, "--python", interpreter.path, place)
        run((uv_program(), *words, "--no-python-downloads"))

    def install(self, place: Path, reporter: Reporter) -> None:
        """See :class:`~samestack.envs.installer.Installer`."""
        work, program = self._work, self._program
        chosen = selection(work.project, work.lock.table.extras, work.lock.table.groups)
        words = install_words(program.major, chosen, with_project=work.with_project)
        with tempfile.TemporaryDirectory(prefix="samestack-poetry-") as nowhere:
            call = PoetryCall(
                program=program,
                directory=work.project.directory,
                environment=place,
                nowhere=Path(nowhere),
            )
            for line in call.lines(*words):
                _report(line, f"install with Poetry {program.version} ({program.source})", reporter)
        reporter.finished()


def _check_lock_is_its_own(work: Work) -> None:
    if work.lock.path.resolve() != (work.project.directory / LOCK).resolve():
        raise RequestError(
            f"{work.lock.path}: Poetry installs only the lock beside its pyproject.toml",
            hint="put it there, or export it: samestack env export --to requirements",
        )


def install_words(major: int, chosen: Selection, *, with_project: bool) -> tuple[str, ...]:
    """What to tell Poetry so that an environment has this part of the lock, and nothing else."""
    command = ("install", "--sync") if major < 2 else ("sync",)
    groups = ("--only", ",".join(("main", *chosen.groups)))
    extras = tuple(word for name in chosen.extras for word in ("--extras", name))
    return (*command, *groups, *extras, *(() if with_project else ("--no-root",)))


def _report(line: str, work: str, reporter: Reporter) -> None:
    counted = _COUNTED.match(line)
    done = _DONE.match(line)
    if counted is not None:
        reporter.started(work, sum(map(int, counted.groups())))
    elif done is not None:
        reporter.advanced(done["what"])
