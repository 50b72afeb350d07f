"""A ``.env`` file, as python-dotenv reads it; nothing in it is put together from other variables."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from samestack.config.entry import Entry, Origin
from samestack.config.names import variable_name
from samestack.config.rank import Rank
from samestack.config.sources.kind import Question, SourceKind
from samestack.config.sources.local_file import file_revision, read_local
from samestack.errors import InputError
from samestack.libraries import library

_LINE_END: Final = re.compile(r"\r\n|\n|\r")


def _read(question: Question) -> tuple[Entry, ...]:
    """Every variable with its line; of two of one name, the last counts."""
    found = {entry.name: entry for entry in _entries(_path(question), question.locator)}
    return tuple(entry for _, entry in sorted(found.items()))


def _entries(path: Path, shown: str) -> Iterator[Entry]:
    text = read_local(path, shown)
    parser = library("dotenv.parser", f"reading {shown}", extra="config")
    for binding in parser.parse_stream(io.StringIO(text)):
        if binding.error or binding.key is not None:
            yield _entry(binding, shown)


def _entry(binding: Any, shown: str) -> Entry:  # noqa: ANN401 - the library comes late, and its types with it
    """One variable. A line that is none may be the middle of a secret, so errors show nothing of it."""
    place = f"line {_line(binding)}"
    if binding.error or binding.value is None:
        hint = "write NAME=VALUE, and quotation marks around a value of several lines"
        raise InputError(shown, "not a variable and its value", place=place, hint=hint)
    name = variable_name((binding.key,))
    if name is None:
        raise InputError(shown, "no variable has such a name", place=place, hint="letters, digits and _")
    return Entry(name=name, value=binding.value, origin=Origin(source=shown, rank=Rank.DOTENV, place=place))


def _line(binding: Any) -> int:  # noqa: ANN401
    """Where the variable stands: the parser counts the empty lines before it to it."""
    written: str = binding.original.string
    before = written[: len(written) - len(written.lstrip())]
    return int(binding.original.line) + len(_LINE_END.findall(before))


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
