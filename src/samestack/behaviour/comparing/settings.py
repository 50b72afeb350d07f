"""What a project says of how its answers are compared: ``[tool.samestack.replay]``."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from samestack.behaviour.comparing.kind import Kind

FILE_NAME: Final = "pyproject.toml"


class FieldSetting(Struct, frozen=True, kw_only=True):
    """What is said of the fields that a pattern matches."""

    place: str
    """Where it stands, in the file."""
    kind: Kind | None = None
    precision: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What the tolerance of the kind is to be, where it is not the default."""


class Settings(Struct, frozen=True, kw_only=True):
    """What a project says; without anything, the kinds are told from the answers and have their defaults."""

    file: str = ""
    ignore: tuple[str, ...] = ()
    """Patterns of the fields that are not compared."""
    is_across_runtimes: bool = False
    """Whether numbers only have to be as close as those of different runtimes are."""
    fields: Mapping[str, FieldSetting] = field(default_factory=dict)
    """By the pattern of the fields that are meant."""

    def is_ignored(self, name: str) -> bool:
        """Whether a field is not compared."""
        return any(is_match(pattern, name) for pattern in self.ignore)

    def said_of(self, name: str) -> FieldSetting | None:
        """What is said of a field: under its name, else under the first pattern that matches."""
        if name in self.fields:
            return self.fields[name]
        return next((said for pattern, said in self.fields.items() if is_match(pattern, name)), None)

    def unused(self, names: Iterable[str]) -> tuple[str, ...]:
        """The patterns of fields, none of which is among these names: likely misspelt."""
        all_names = tuple(names)
        return tuple(
            pattern for pattern in self.fields if not any(is_match(pattern, name) for name in all_names)
        )


def read_settings(directory: Path) -> Settings:
    """The settings of the project in a directory, none where it has no manifest.

    :class:`~samestack.errors.InputError` names the place of whatever is not understood.
    """
    path = directory / FILE_NAME
    if not path.is_file():
        return Settings()
    from samestack.behaviour.comparing.settings_document import settings_of

    return settings_of(path)


def is_match(pattern: str, name: str) -> bool:
    """Whether a field is meant by a pattern, in which ``*`` stands for any characters."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name, re.DOTALL) is not None
