"""A ``.env`` file, as python-dotenv reads it; nothing in it is put together from other variables."""

from pathlib import Path
from typing import Final

from samestack.config.entry import Entry, Origin
from samestack.config.names import variable_name
from samestack.config.rank import Rank
from samestack.config.sources.kind import Question, SourceKind
from samestack.config.startup.dotenv_text import Binding, NoVariableError, bindings_of
from samestack.errors import InputError
from samestack.outside.local_file import file_revision, read_local


def _read(question: Question) -> tuple[Entry, ...]:
    """Every variable with its line; of two of one name, the last counts."""
    shown = question.locator
    try:
        found = [_entry(binding, shown) for binding in bindings_of(read_local(_path(question), shown))]
    except NoVariableError as error:
        hint = "write NAME=VALUE, and quotation marks around a value of several lines"
        message = "not a variable and its value"
        raise InputError(shown, message, place=f"line {error.line}", hint=hint) from None
    return tuple(entry for _, entry in sorted({entry.name: entry for entry in found}.items()))


def _entry(binding: Binding, shown: str) -> Entry:
    place = f"line {binding.line}"
    name = variable_name((binding.key,))
    if name is None:
        raise InputError(shown, "no variable has such a name", place=place, hint="letters, digits and _")
    return Entry(name=name, value=binding.value, origin=Origin(source=shown, rank=Rank.DOTENV, place=place))


def _revision(question: Question) -> str:
    return file_revision(_path(question), question.locator)


def _path(question: Question) -> Path:
    return question.project / question.locator


KIND: Final = SourceKind(
    name="dotenv",
    rank=Rank.DOTENV,
    summary="A file of NAME=VALUE lines, for one machine alone: never committed.",
    read=_read,
    revision=_revision,
    keeps_secrets=True,
)
