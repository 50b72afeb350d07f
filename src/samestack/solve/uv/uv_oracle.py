"""uv as the solver: ``uv pip compile`` for a target, safe to ask from several threads at once.

Source distributions are first left out (``--no-build``): nothing is built, which is fast and runs nobody's
code. Only where uv says that a source distribution might have been the way out, it is asked again and may
build it, as any installer would; one that cannot be built here counts as one that is not there.
"""

import itertools
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from samestack.errors import InputError, OutsideError
from samestack.process import Finished, run
from samestack.solve.oracle import Answer
from samestack.solve.problem import Target, Wish
from samestack.solve.uv import uv_words
from samestack.solve.uv.index_settings import IndexSettings, index_settings
from samestack.solve.uv.uv_program import uv_program

_OPTIONS: Final = (
    "--no-header",
    "--no-annotate",
    "--no-progress",
    "--color=never",
    # Without this uv fetches an interpreter of the target's version, only to build with it.
    "--no-python-downloads",
)
# What builds nothing needs no interpreter of the target's; without one named, uv starts all there are.
_WITHOUT_BUILDING: Final = ("--no-build", "--python", sys.executable)
_TIME_LIMIT: Final = 600.0


class UvOracle:
    """uv with a target and the user's own indexes. A context: the files that uv reads are gone at its end."""

    def __init__(
        self, target: Target, *, settings: IndexSettings | None = None, may_build: bool = True
    ) -> None:
        self._uv = uv_program()
        self.settings = index_settings(self._uv) if settings is None else settings
        self._may_build = may_build
        self._words = (*_OPTIONS, *_target_words(target))
        self._directory = tempfile.TemporaryDirectory(prefix="samestack-solve-")
        self._numbers = itertools.count()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._directory.cleanup()

    def solve(self, wishes: Sequence[Wish]) -> Answer:
        """Whether the index can meet these together, and by which releases."""
        files = self._written(wishes)
        answer = self._answer(self._run(files, *_WITHOUT_BUILDING), wishes)
        if answer.is_met or not self._may_build or not uv_words.needs_build(answer.said):
            return answer
        finished = self._run(files)
        if finished.status != 0 and uv_words.is_failed_build(finished.messages):
            return answer
        return self._answer(finished, wishes)

    def _answer(self, finished: Finished, wishes: Sequence[Wish]) -> Answer:
        if finished.status == 0:
            return Answer(is_met=True, solution=tuple(_pins(finished.output)))
        if uv_words.is_no_solution(finished.status, finished.messages):
            return Answer(is_met=False, said=uv_words.said(finished.messages))
        if uv_words.needs_build(finished.messages):
            return Answer(is_met=False, said=uv_words.said(finished.messages))
        _check_are_written_well(wishes)
        raise OutsideError(
            f"uv could not be asked: {uv_words.failure(finished.messages)}",
            hint="this says nothing of the requirements; look at the index and the network",
        )

    def _run(self, files: tuple[str | Path, ...], *more: str) -> Finished:
        command = (self._uv, "pip", "compile", *self._words, *more, *files)
        return run(command, environment=self.settings.environment, timeout=_TIME_LIMIT, check=False)

    def _written(self, wishes: Sequence[Wish]) -> tuple[str | Path, ...]:
        stem = Path(self._directory.name, str(next(self._numbers)))
        asked, narrowing = stem.with_suffix(".in"), stem.with_suffix(".constraints")
        asked.write_text("".join(f"{wish.text}\n" for wish in wishes if not wish.is_constraint))
        constraints = "".join(f"{wish.text}\n" for wish in wishes if wish.is_constraint)
        if not constraints:
            return (asked,)
        narrowing.write_text(constraints)
        return (asked, "--constraints", narrowing)


def _target_words(target: Target) -> list[str]:
    words = ["--python-version", target.python]
    if target.platform:
        words += ["--python-platform", target.platform]
    if target.as_of is not None:
        # With a time and a zone: a bare day would include that day, in the zone of this machine.
        words += ["--exclude-newer", f"{target.as_of.isoformat()}T00:00:00Z"]
    return words


def _pins(output: str) -> list[str]:
    lines = (line.partition(" #")[0].strip() for line in output.splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def _check_are_written_well(wishes: Sequence[Wish]) -> None:
    from packaging.requirements import InvalidRequirement, Requirement

    for wish in wishes:
        try:
            Requirement(wish.text)
        except InvalidRequirement as error:
            place = wish.place or (f"line {wish.line}" if wish.line else None)
            reason = str(error).splitlines()[0]
            raise InputError(
                wish.file or "the command line", f"'{wish.text}' is no requirement: {reason}", place=place
            ) from None
