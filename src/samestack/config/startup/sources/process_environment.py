"""The environment of the process, of which only the variables of the class are configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestack.config.startup.entry import PROCESS, Entry, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = "process environment"


def environment_entries(variables: Mapping[str, str], name: str) -> list[Entry]:
    """The variable of that name, if it is there."""
    if name not in variables:
        return []
    value = variables[name]
    if any("\ud800" <= character <= "\udfff" for character in value):  # how Python keeps other bytes
        raise UnreadableError(SHOWN, "not UTF-8 text", variable=name)
    return [Entry(name, value, PROCESS, SHOWN)]
