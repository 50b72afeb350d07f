"""What a project says of its own checks: ``[tool.samestack.check]`` in its ``pyproject.toml``."""

import os
from collections.abc import Collection

from msgspec import Struct

from samestack.check.report import FailOn
from samestack.check.suppressions import Suppression
from samestack.errors import InputError

FILE_NAME = "pyproject.toml"
_NAME = b"samestack"
_MAX_BYTES = 32 * 1024 * 1024


class Settings(Struct, frozen=True, kw_only=True):
    """What a project leaves alone, until when and why, and what its checks fail on."""

    file: str = ""
    """Where they stand; empty where a project has none."""
    suppressions: tuple[Suppression, ...] = ()
    fail_on: FailOn | None = None


def read_settings(directory: str, rules: Collection[str]) -> Settings:
    """The settings of the project in a directory, none where it has no manifest or that has none.

    :class:`InputError` names the place of whatever is not understood; ``rules`` are the ids that there are.
    """
    path = manifest_with(_NAME, directory)
    if path is None:
        return Settings()
    from samestack.check.settings_document import settings_of

    return settings_of(path, rules)


def manifest_with(word: bytes, directory: str) -> str | None:
    """The path of a directory's manifest if a word is in it: parsing it costs more than most of a check."""
    path = os.path.join(directory, FILE_NAME)
    if not os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            return path if word in file.read(_MAX_BYTES) else None
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from None
