"""One call of Poetry: for one environment, without a question, and untouched by what else is active here."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from samestack.capture.addresses import without_credentials
from samestack.errors import OutsideError, RequestError, SamestackError
from samestack.lock.poetry.poetry_program import PoetryProgram
from samestack.process import Finished, lines, run

_OPTIONS: Final = ("--no-interaction", "--no-ansi")
_SECONDS: Final = 3600.0
_REFUSALS: Final = ("are not dependencies of this project", "Invalid PEP 440", "could not be parsed")
_NO_SOLUTION: Final = ("version solving failed", "Incompatible constraints in requirements of")
_DENIED: Final = re.compile(r"Authorization error|\b(401|403) Client Error")
_USER_PART: Final = re.compile(r"[^\s/@:]+:[^\s/@]+@")
"""Of an address that is named without its scheme."""
_CRASH: Final = re.compile(r"^  \w+\n\n  (\S.*)\n\n  at ", re.MULTILINE)
_BARRED: Final = re.compile(r"^ +\| ?(.*)$", re.MULTILINE)
_MAX_CHARACTERS: Final = 600


class PoetryCall(Struct, frozen=True, kw_only=True):
    """How Poetry is called, whatever it is asked to do."""

    program: PoetryProgram
    directory: Path
    """With the ``pyproject.toml`` and the ``poetry.lock`` that it is about."""
    environment: Path
    """The virtual environment that it works on, or that tells it which Python it is about."""
    nowhere: Path
    """A directory without anything in it, or one that does not exist."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Settings of Poetry beside those of the user, as it takes them from variables."""

    @property
    def words(self) -> tuple[str, ...]:
        """What starts it, with the options that every call has."""
        return (*self.program.words, *_OPTIONS)

    @property
    def variables(self) -> dict[str, str]:
        """What Poetry is told beside the user's own settings, whose repositories and credentials it keeps."""
        return {
            **self.program.variables,
            "VIRTUAL_ENV": str(self.environment.absolute()),
            # With conda's base active, or with an environment of "poetry env use", it would look elsewhere.
            "CONDA_DEFAULT_ENV": "",
            "POETRY_VIRTUALENVS_PATH": str(self.nowhere.absolute()),
            "POETRY_VIRTUALENVS_IN_PROJECT": "false",
            "POETRY_VIRTUALENVS_CREATE": "true",
            # A keyring that is locked asks for a password, wherever there is a screen to ask on.
            "POETRY_KEYRING_ENABLED": os.environ.get("POETRY_KEYRING_ENABLED", "false"),
            "PYTHONHOME": "",
            "PYTHONPATH": "",
            "NO_COLOR": "1",
            **self.settings,
        }

    def run(self, *words: str) -> Finished:
        """Ask Poetry something, and wait for the answer whatever it is."""
        return run(
            (*self.words, *words),
            directory=self.directory,
            environment=self.variables,
            timeout=_SECONDS,
            check=False,
        )

    def lines(self, *words: str) -> Iterator[str]:
        """Ask Poetry to do something, and hear of it by lines; the error of :func:`failure` when it fails."""
        heard = []
        environment = {**os.environ, **self.variables}
        try:
            for line in lines((*self.words, *words), directory=self.directory, environment=environment):
                heard.append(line)
                yield line
        except OutsideError as error:
            raise failure(self.program, "".join(heard), error.message.partition("\n")[2]) from None


def is_no_solution(finished: Finished) -> bool:
    """Whether this says that what is asked for cannot be met together.

    An index that shows nothing for want of a password is to Poetry as one that has nothing.
    """
    said = finished.messages
    return finished.status != 0 and not _DENIED.search(said) and any(words in said for words in _NO_SOLUTION)


def failure(program: PoetryProgram, output: str, messages: str) -> SamestackError:
    """What Poetry said instead of doing it, as an error of one line.

    What fails in an environment it says among its output: behind bars, or with the lines of its own program
    where it failed. All else stands among its messages.
    """
    said = _reason(output, messages)
    message = f"Poetry {program.version}: {_one_line(said) or 'it did not say why'}"
    if any(words in said for words in _REFUSALS):
        return RequestError(message)
    return OutsideError(message, hint=_hint(f"{messages}\n{said}"))


def _reason(output: str, messages: str) -> str:
    if barred := _BARRED.findall(output):
        return "\n".join(barred)
    if crashes := _CRASH.findall(output):
        return str(crashes[-1])
    return messages.strip() or output


def _one_line(said: str) -> str:
    """The first paragraph of what was said, without credentials."""
    shown = _USER_PART.sub("", without_credentials(said))
    paragraphs = re.split(r"\n\s*\n", shown.strip())
    return " ".join(paragraphs[0].split())[:_MAX_CHARACTERS]


def _hint(said: str) -> str | None:
    if _DENIED.search(said):
        return "keyrings are not asked unless POETRY_KEYRING_ENABLED=true; see also: poetry config http-basic"
    if "known checksums" in said:
        return "its files are not those that were locked: if the index has replaced them, lock anew"
    if "doesn't match any versions" in said or "not found" in said:
        return "Poetry asks the indexes of [[tool.poetry.source]], and not those that pip is configured with"
    if "significantly since poetry.lock" in said:
        return "make it anew with: samestack lock"
    return None
