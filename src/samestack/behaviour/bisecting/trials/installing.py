"""uv puts packages where they are wanted, each release as it was decided, its hash checked."""

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from msgspec import structs

from samestack.behaviour.bisecting.trials.description import Package
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome
from samestack.behaviour.bisecting.trials.place import Place
from samestack.behaviour.bisecting.trials.supervision import Limits, supervised
from samestack.capture.addresses import without_credentials
from samestack.envs.venv.index_environment import likely_index_environment
from samestack.errors import OutsideError
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program
from samestack.solve.uv.uv_words import failure

_QUIET: Final = ("--no-progress", "--color=never", "--no-python-downloads")
_LIMITS: Final = Limits(seconds=3600.0)
"""Some packages are built from source."""
_NOT_ITS_FAULT: Final = re.compile(
    r"No space left on device|error sending request|Failed to fetch|Could not connect|dns error|timed out"
    r"|Network is unreachable|network was disabled|Connection re(?:fused|set)|\b50[0234] "
)


class UnbuildableError(OutsideError):
    """Packages that cannot be had for this interpreter on this machine, however often one tries."""


def install(packages: Iterable[Package], where: tuple[str | Path, ...], place: Place) -> None:
    """Install these packages and nothing else; ``where`` is uv's options for that.

    :class:`UnbuildableError` where that cannot be; :class:`OutsideError` where it might be another time: no
    network, no room.
    """
    requirements = Path(tempfile.mkdtemp(prefix="install-", dir=place.scratch)) / "requirements.txt"
    requirements.write_text("".join(f"{_line(one)}\n" for one in packages))
    words = ("pip", "install", "--no-deps", "--verify-hashes", *where, "--requirements", requirements)
    if _is_done(_uv((*words, "--offline"), place, likely_index_environment())):
        return  # to ask an index for what is in uv's cache takes longer than to install it
    outcome = _uv(words, place, _index_environment())
    if not _is_done(outcome):
        raise _failed(outcome)


def make_virtual_environment(directory: Path, python: Path, place: Place) -> None:
    """An empty virtual environment; :class:`OutsideError` where uv cannot make one."""
    outcome = _uv(("venv", "--no-project", "--python", python, directory), place, {})
    if not _is_done(outcome):
        raise OutsideError(f"no environment can be made: {failure(outcome.messages)}")


def compile_bytecode(directory: Path, python: Path, place: Place) -> None:
    """Compile what is there; what cannot be compiled (sources of another Python) is no worse off."""
    words = (str(python), "-I", "-m", "compileall", "-qq", str(directory))
    supervised(words, place.scratch, place, _LIMITS)


def _index_environment() -> Mapping[str, str]:
    """The indexes of the directory that samestack was started in.

    uv itself is not run there: constraints of a project would bind what a trial tries beyond them.
    """
    settings = index_settings(uv_program())
    if settings.environment or not settings.indexes:
        return settings.environment
    told = {
        "UV_DEFAULT_INDEX": settings.indexes[-1],
        "UV_INDEX": " ".join(settings.indexes[:-1]),
        "UV_FIND_LINKS": ",".join(settings.links),
    }
    return {name: value for name, value in told.items() if value}


def _line(package: Package) -> str:
    return " ".join((package.requirement, *(f"--hash={one}" for one in package.hashes)))


def _uv(words: tuple[str | Path, ...], place: Place, more: Mapping[str, str]) -> Outcome:
    told = structs.replace(place, variables={**place.variables, **more})
    command = (str(uv_program()), *map(str, words), *_QUIET)
    return supervised(command, place.scratch, told, _LIMITS)


def _is_done(outcome: Outcome) -> bool:
    return outcome.ending is Ending.EXIT and outcome.status == 0


def _failed(outcome: Outcome) -> OutsideError:
    said = without_credentials(outcome.messages)
    if _NOT_ITS_FAULT.search(said):
        hint = "look at the network, the index and the disk, then run this again"
        return OutsideError(f"a trial's packages cannot be had: {failure(said)}", hint=hint)
    return UnbuildableError(failure(said))
