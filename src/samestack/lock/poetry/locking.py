"""A lock in the making: Poetry at work in a directory aside from the project."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from samestack.capture.documents import read_text
from samestack.capture.readers.locks import poetry_lock
from samestack.errors import OutsideError
from samestack.lock.platforms import marker_environment, platforms_or_all
from samestack.lock.poetry.aside import LOCK, MANIFEST, aside
from samestack.lock.poetry.interpreter import make_environment
from samestack.lock.poetry.lock_words import lock_words
from samestack.lock.poetry.narrowing import narrowed, violated
from samestack.lock.poetry.poetry_call import PoetryCall, failure, is_no_solution
from samestack.lock.poetry.poetry_program import PoetryProgram
from samestack.lock.terms import Terms
from samestack.lock.unmet import UnmetError
from samestack.model import Stack
from samestack.project.manifest import Constraint, Project


class Locking(Struct, frozen=True, kw_only=True):
    """Poetry, called where it may write, and the terms of the lock."""

    call: PoetryCall
    terms: Terms

    @property
    def path(self) -> Path:
        """The lock that Poetry writes."""
        return self.call.directory / LOCK

    def decide(self, upgrade: Sequence[str], *, is_anew: bool) -> None:
        """Let Poetry lock, from the lock that is there or as if there were none.

        :class:`UnmetError` where there is no solution, another error for what else Poetry says.
        """
        words = lock_words(
            self.call.program.major, upgrade=upgrade, is_anew=is_anew or not self.path.is_file()
        )
        finished = self.call.run(*words)
        if is_no_solution(finished):
            raise UnmetError(finished.messages.strip(), self.terms)
        if finished.status != 0 or not self.path.is_file():
            raise failure(self.call.program, finished.output, finished.messages)

    def narrow(self) -> tuple[Constraint, ...]:
        """Decide anew until all constraints of the terms are met; those that Poetry alone would not meet."""
        manifest = self.call.directory / MANIFEST
        before = read_text(manifest)
        applied: tuple[Constraint, ...] = ()
        while broken := self._violated(applied):
            applied += broken
            manifest.write_text(narrowed(before, applied, str(manifest)), encoding="utf-8")
            self.decide((), is_anew=False)
        if applied:
            manifest.write_text(before, encoding="utf-8")
            self.decide((), is_anew=False)
            self._check_still_meets(applied)
        return applied

    def stack(self) -> Stack:
        """What the lock decides, of all groups and extras."""
        return Stack.of(poetry_lock.read(self.path).components)

    def _violated(self, applied: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
        remaining = [one for one in self.terms.constraints if one not in applied]
        return violated(remaining, self.stack(), self._environments()) if remaining else ()

    def _environments(self) -> list[Mapping[str, str]]:
        platforms = platforms_or_all(self.terms.platforms)
        return [marker_environment(platform, self.terms.python) for platform in platforms]

    def _check_still_meets(self, applied: tuple[Constraint, ...]) -> None:
        broken = violated(applied, self.stack(), self._environments())
        if broken:
            raise OutsideError(
                f"Poetry {self.call.program.version} does not keep to '{broken[0].requirement}'",
                hint="write it among the dependencies of the project",
            )


@contextmanager
def locking(project: Project, program: PoetryProgram, terms: Terms) -> Iterator[Locking]:
    """Everything that Poetry needs to lock, gone at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="samestack-poetry-") as name,
        aside(project.directory, terms.path) as place,
    ):
        scratch = Path(name)
        environment = scratch / "environment"
        make_environment(environment, (terms.python, project.requires_python))
        call = PoetryCall(
            program=program, directory=place, environment=environment, nowhere=scratch / "nowhere"
        )
        yield Locking(call=call, terms=terms)
