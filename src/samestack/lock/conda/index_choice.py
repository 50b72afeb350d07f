"""What the package index brings on top of conda's packages, which uv takes as they are."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import tomli_w
from msgspec import Struct
from packaging.pylock import Pylock, PylockSelectError

from samestack.capture.documents import load_toml
from samestack.errors import OutsideError
from samestack.lock.conda.conda_solver import UnsolvedError
from samestack.lock.conda.locked_file import LockedFile, locked_file
from samestack.lock.conda.stand_ins import Provided, write_stand_ins
from samestack.lock.conda.wheel_order import ordered_tags
from samestack.process import Finished, run
from samestack.solve.index.target_tags import marker_values
from samestack.solve.problem import Target, Wish
from samestack.solve.uv import uv_words
from samestack.solve.uv.index_settings import IndexSettings
from samestack.solve.uv.uv_program import uv_program

_NAME: Final = "pylock.toml"
_STAND_INS: Final = "stand-ins"
_OPTIONS: Final = ("--format", _NAME, "--no-progress", "--color=never", "--no-python-downloads")
_TIME_LIMIT: Final = 900.0


class IndexQuestion(Struct, frozen=True, kw_only=True):
    """What is asked of the index, and what stands already."""

    wishes: tuple[Wish, ...]
    target: Target
    """With conda's own Python and the host's platform."""
    provided: Mapping[str, Provided]
    """What conda brings, by the index's names."""
    earlier: Mapping[str, str]
    """The versions of an earlier lock, which are kept where they can be."""
    urls: bool = True


def choose_files(question: IndexQuestion, settings: IndexSettings, directory: Path) -> tuple[LockedFile, ...]:
    """The files, by name; uv runs in ``directory``, the project's, whose own settings count.

    :class:`UnsolvedError` where the wishes cannot be met beside what conda brings.
    """
    with tempfile.TemporaryDirectory(prefix="samestack-lock-") as place:
        aside = Path(place)
        _write_question(question, aside)
        _compile(question.target, settings, aside, directory)
        chosen = Pylock.from_dict(load_toml(aside / _NAME, dict[str, Any]))
    selected = chosen.select(environment=_environment(question.target), tags=ordered_tags(question.target))
    try:
        own = [pair for pair in selected if pair[0].name not in question.provided]
    except PylockSelectError as error:
        raise OutsideError(f"what uv decided cannot be installed on the platform: {error}") from None
    return tuple(locked_file(package, source, has_url=question.urls) for package, source in own)


def _write_question(question: IndexQuestion, aside: Path) -> None:
    (aside / _STAND_INS).mkdir()
    stand_ins = write_stand_ins(question.provided, aside / _STAND_INS)
    narrowing = (*(one.text for one in question.wishes if one.is_constraint), *stand_ins)
    wanted = (one.text for one in question.wishes if not one.is_constraint)
    (aside / "wanted.in").write_text("".join(f"{text}\n" for text in wanted))
    (aside / "narrowing.in").write_text("".join(f"{text}\n" for text in narrowing))
    if question.earlier:
        # uv keeps to what stands in the file that it is to write.
        rows = [{"name": name, "version": version} for name, version in question.earlier.items()]
        earlier = {"lock-version": "1.0", "created-by": "samestack", "packages": rows}
        (aside / _NAME).write_text(tomli_w.dumps(earlier))


def _compile(target: Target, settings: IndexSettings, aside: Path, directory: Path) -> None:
    """First without building anything, which runs nobody's code; only where that does not do, with it."""
    # Nothing is built, so any Python will do for uv itself, and the nearest one need not be looked for.
    quickly = ("--no-build", "--python", sys.executable)
    finished = _run(target, settings, aside, directory, *quickly)
    if finished.status != 0 and uv_words.needs_build(finished.messages):
        built = _run(target, settings, aside, directory)
        finished = finished if uv_words.is_failed_build(built.messages) else built
    if finished.status == 0:
        return
    if uv_words.is_no_solution(finished.status, finished.messages):
        raise UnsolvedError(uv_words.said(finished.messages))
    said = uv_words.failure(finished.messages)
    raise OutsideError(f"uv could not decide: {said}", hint="look at the index and the network")


def _run(target: Target, settings: IndexSettings, aside: Path, directory: Path, *more: str) -> Finished:
    words = [*_OPTIONS, "-o", str(aside / _NAME), *_target_words(target), *more]
    files = (aside / "wanted.in", "-c", aside / "narrowing.in")
    links = ",".join((*settings.links, str(aside / _STAND_INS)))
    return run(
        (uv_program(), "pip", "compile", *files, *words),
        directory=directory,
        environment={**settings.environment, "UV_FIND_LINKS": links},
        timeout=_TIME_LIMIT,
        check=False,
    )


def _target_words(target: Target) -> Iterator[str]:
    yield from ("--python-version", target.python, "--python-platform", target.platform)
    if target.as_of is not None:
        # With a time and a zone: a bare day would include that day, in the zone of this machine.
        yield from ("--exclude-newer", f"{target.as_of.isoformat()}T00:00:00Z")


def _environment(target: Target) -> Any:  # noqa: ANN401 - a typed dictionary that cannot be imported
    return marker_values(target)
