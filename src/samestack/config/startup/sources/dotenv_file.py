"""A ``.env`` file as a source."""

from __future__ import annotations

from samestack.config.startup.dotenv_text import Binding, NoVariableError, bindings_of
from samestack.config.startup.entry import DOTENV, Entry, UnreadableError
from samestack.config.startup.names import variable_name
from samestack.config.startup.sources.local_file import read_local


def dotenv_entries(path: str) -> list[Entry]:
    """Every variable with its line; of two of one name, the last counts."""
    try:
        found = [_entry(binding, path) for binding in bindings_of(read_local(path, path))]
    except NoVariableError as error:
        raise UnreadableError(path, "not NAME=VALUE", f"line {error.line}") from None
    return [entry for _, entry in sorted({entry.name: entry for entry in found}.items())]


def _entry(binding: Binding, path: str) -> Entry:
    place = f"line {binding.line}"
    name = variable_name((binding.key,))
    if name is None:
        raise UnreadableError(path, "no variable has such a name", place)
    return Entry(name, binding.value, DOTENV, path, place)
