"""The environment that this process was started with, of which only known variables are configuration."""

from typing import Final

from samestack.config.entry import Entry, Origin
from samestack.config.rank import Rank
from samestack.config.sources.kind import Question, SourceKind
from samestack.errors import InputError

SHOWN: Final = "process environment"
_ORIGIN: Final = Origin(source=SHOWN, rank=Rank.PROCESS)


def _read(question: Question) -> tuple[Entry, ...]:
    """The variables among ``question.names``: an environment holds much that is nobody's configuration."""
    return tuple(
        Entry(name=name, value=_text(question, name), origin=_ORIGIN) for name in _names_of(question)
    )


def _present(question: Question) -> tuple[tuple[str, Origin], ...]:
    return tuple((name, _ORIGIN) for name in _names_of(question))


def _names_of(question: Question) -> list[str]:
    return sorted(name for name in question.names if name in question.variables)


def _text(question: Question, name: str) -> str:
    value = question.variables[name]
    if any("\ud800" <= character <= "\udfff" for character in value):  # how Python keeps other bytes
        raise InputError(SHOWN, "not UTF-8 text", place=name)
    return value


KIND: Final = SourceKind(
    name="environment",
    rank=Rank.PROCESS,
    summary="The variables that this process was started with, as far as the project knows them.",
    read=_read,
    present=_present,
    keeps_secrets=True,
)
