"""A draft in a ``pyproject.toml``: only what is missing there, and nothing that stands there is changed."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from samestack.errors import InputError
from samestack.project.inference.draft import Entry
from samestack.project.inference.package_entries import CONSTRAINTS
from samestack.project.toml_tables import with_entry, with_keys

_LISTS: Final = frozenset(
    {
        "project.dependencies",
        "project.dynamic",
        "tool.samestack.platforms",
        "tool.samestack.system-packages",
    }
)
_ONE_TABLE: Final = frozenset({"project.name", "project.version", "project.dynamic"})
"""What is said only in a table that is new: it belongs together."""
_SETUPTOOLS: Final = {"requires": ["setuptools>=61"], "build-backend": "setuptools.build_meta"}


class Standing(Struct, frozen=True):
    """What a manifest says already, as a document."""

    document: Mapping[str, Any]

    def says(self, key: str) -> bool:
        """Whether a key has a value, or is left to the build on purpose."""
        project = self.document.get("project")
        if key in _ONE_TABLE and isinstance(project, dict):
            return True
        *tables, name = key.split(".")
        if tables == ["project"] and isinstance(project, dict) and name in project.get("dynamic", ()):
            return True
        found: Any = self.document
        for part in tables:
            found = found.get(part, {}) if isinstance(found, dict) else {}
        return name in found if isinstance(found, dict) else False


def standing(text: str) -> Standing:
    """What a manifest says; the text is known to be TOML."""
    return Standing(tomllib.loads(text))


def written(text: str, entries: Sequence[Entry], file: str, *, is_setuptools: bool) -> str:
    """The manifest with the entries, none of which it says; ``file`` names it in errors.

    With ``is_setuptools``, a build script stands beside it and needs to be named where no build system is.
    """
    for table, values in _tables(entries):
        text = _with(text, table, values, file)
    if is_setuptools and not standing(text).says("build-system"):
        text = _with(text, "build-system", _SETUPTOOLS, file)
    for entry in entries:
        if entry.key == CONSTRAINTS:
            values = {"requirement": entry.value, "reason": f"{entry.places[0]} says so"}
            text = _refused(with_entry(text, CONSTRAINTS, values), CONSTRAINTS, file)
    return text


def _tables(entries: Iterable[Entry]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Tables with their values, in the order of the entries."""
    tables: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if entry.key == CONSTRAINTS:
            continue
        table, _, key = entry.key.rpartition(".")
        values = tables.setdefault(table, {})
        if entry.key in _LISTS or table == "dependency-groups":
            values.setdefault(key, []).append(entry.value)
        else:
            values[key] = entry.value
    yield from tables.items()


def _with(text: str, table: str, values: Mapping[str, Any], file: str) -> str:
    return _refused(with_keys(text, table, values), table, file)


def _refused(text: str | None, table: str, file: str) -> str:
    if text is None:
        message = "it cannot be added to as it is written"
        raise InputError(file, message, place=table, hint=f"write it with a header of its own: [{table}]")
    return text
