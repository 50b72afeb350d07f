"""Where Poetry is: the user's own, or one that uv fetches and keeps.

Poetry decides differently from release to release, so a project's Poetry is whoever works on it has. Only
where nobody has one does samestack run its own, and says which.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from samestack.capture.documents import load_toml
from samestack.capture.readers.requirements.packaging_values import placed, specifier_set
from samestack.errors import OutsideError
from samestack.process import run
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program

OLDEST: Final = SpecifierSet(">=1.5")
"""The Poetry that is understood: from 1.5 on, locks and options are what they are today."""

_OWN: Final = ">=2.4,<3"
"""The Poetry that samestack fetches where a project does not ask for another."""

_SAID: Final = re.compile(r"Poetry \(version (?P<version>[^)\s]+)\)")
_SECONDS: Final = 120.0


class PoetryProgram(Struct, frozen=True, kw_only=True):
    """A Poetry that runs."""

    words: tuple[str, ...]
    """What starts it."""
    version: str
    source: str
    """Whose it is, in a few words: ``PATH``, ``pipx``, ``fetched by uv``."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """What starting it takes. Not to be shown: addresses of indexes may hold credentials."""

    @property
    def major(self) -> int:
        """The first number of its version: Poetry 1 and 2 name their options differently."""
        return Version(self.version).major


def poetry_program(directory: Path) -> PoetryProgram:
    """The first Poetry that runs and that the project in ``directory`` accepts, else one that uv fetches.

    :class:`OutsideError` where there is none and none can be fetched, with those that were passed over.
    """
    required = _required(directory / "pyproject.toml")
    passed_over = []
    for path, source in _candidates(directory):
        version = _version_of((str(path),))
        if version and version in OLDEST and version in required:
            return PoetryProgram(words=(str(path),), version=str(version), source=source)
        if version:
            passed_over.append(f"{version} ({source})")
    return _fetched(required, passed_over)


def _required(manifest: Path) -> SpecifierSet:
    """What the project says of Poetry itself: ``[tool.poetry] requires-poetry``."""
    if not manifest.is_file():
        return SpecifierSet()
    document = load_toml(manifest, dict[str, object])
    tool = document.get("tool")
    poetry = tool.get("poetry") if isinstance(tool, dict) else None
    text = poetry.get("requires-poetry") if isinstance(poetry, dict) else None
    with placed(str(manifest), "tool.poetry.requires-poetry"):
        return specifier_set(text) if isinstance(text, str) else SpecifierSet()


def _candidates(directory: Path) -> Iterator[tuple[Path, str]]:
    """Places where people have Poetry, the nearest at hand first."""
    home, variables = Path.home(), os.environ
    data = Path(variables.get("XDG_DATA_HOME") or home / ".local/share")
    found = shutil.which("poetry")
    places = (
        (Path(found or os.devnull), "PATH"),
        (
            Path(variables.get("POETRY_HOME") or data / "pypoetry/venv", "bin/poetry"),
            "Poetry's own installer",
        ),
        (Path(variables.get("PIPX_HOME") or data / "pipx", "venvs/poetry/bin/poetry"), "pipx"),
        (home / ".local/pipx/venvs/poetry/bin/poetry", "pipx"),
        (Path(variables.get("UV_TOOL_DIR") or data / "uv/tools", "poetry/bin/poetry"), "uv tool"),
        (directory / ".venv/bin/poetry", "the project's environment"),
        (Path(sys.executable).with_name("poetry"), "beside samestack"),
    )
    return ((path, source) for path, source in places if path.is_file())


def _version_of(words: tuple[str, ...], variables: Mapping[str, str] | None = None) -> Version | None:
    """What it calls itself; ``None`` for what does not run, as a shim of a version that is not selected."""
    environment = {"NO_COLOR": "1", **(variables or {})}
    try:
        finished = run((*words, "--version"), environment=environment, timeout=_SECONDS, check=False)
        said = _SAID.search(finished.output)
        return Version(said["version"]) if finished.status == 0 and said else None
    except (OutsideError, InvalidVersion):
        return None


def _fetched(required: SpecifierSet, passed_over: list[str]) -> PoetryProgram:
    """One that uv has already, else one that it fetches; from then on it has it, network or not."""
    uv = uv_program()
    variables = index_settings(uv).environment
    options = ("--quiet", "--python", sys.executable, "--from", f"poetry{required or _OWN}", "poetry")
    offline, online = (str(uv), "tool", "run", "--offline", *options), (str(uv), "tool", "run", *options)
    version = _version_of(offline, variables)
    if version is None and _version_of(online, variables) is not None:
        version = _version_of(offline, variables)
    if version is None or version not in OLDEST:
        raise _nowhere(required, passed_over)
    return PoetryProgram(words=offline, version=str(version), source="fetched by uv", variables=variables)


def _nowhere(required: SpecifierSet, passed_over: list[str]) -> OutsideError:
    asked = f"Poetry {required}" if required else "Poetry"
    message = f"{asked} is not here, and uv could not fetch it"
    if passed_over:
        message += f"; passed over: {', '.join(passed_over)}"
    return OutsideError(message, hint='install it with: pipx install "poetry>=2"')
