"""The indexes that pip is configured with, by its files and variables, read as pip reads them."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

_SECTIONS: Final = ("global", "install")
"""The later one wins, as for ``pip install``."""
_KEYS: Final = ("index-url", "extra-index-url", "find-links")
_BEST_MATCH: Final = "unsafe-best-match"
_VARIABLES: Final = (
    "UV_INDEX",
    "UV_DEFAULT_INDEX",
    "UV_INDEX_URL",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "UV_NO_INDEX",
)


class PipSettings(Struct, frozen=True, kw_only=True):
    """Addresses as they are written, credentials included: not to be shown."""

    index: str = ""
    extra_indexes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def pip_settings(variables: Mapping[str, str] = os.environ) -> PipSettings:
    """What the files say, and above them the variables."""
    said: dict[str, str] = {}
    for file in _files(variables):
        said |= _said_in(file)
    for key in _KEYS:
        said[key] = variables.get(f"PIP_{key.replace('-', '_').upper()}") or said.get(key, "")
    return PipSettings(
        index=said["index-url"].strip(),
        extra_indexes=tuple(said["extra-index-url"].split()),
        links=tuple(said["find-links"].split()),
    )


def variables_of(pip: PipSettings) -> Mapping[str, str]:
    """What tells uv what pip is configured with."""
    variables = {
        "UV_DEFAULT_INDEX": pip.index,
        "UV_INDEX": " ".join(pip.extra_indexes),
        "UV_FIND_LINKS": ",".join(pip.links),
        # pip takes the best version of all indexes, uv all versions of the first index.
        "UV_INDEX_STRATEGY": _BEST_MATCH if pip.extra_indexes else "",
    }
    return {name: value for name, value in variables.items() if value}


def names_indexes(variables: Mapping[str, str]) -> bool:
    """Whether a user's variables tell uv which indexes to use."""
    return any(variables.get(name) for name in _VARIABLES)


def _files(variables: Mapping[str, str]) -> Iterator[Path]:
    """From the machine's to the most particular one, each of which wins over those before it."""
    own = variables.get("PIP_CONFIG_FILE", "")
    if own == os.devnull:
        return
    for folder in reversed((variables.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")):
        yield Path(folder, "pip/pip.conf")
    yield Path("/etc/pip.conf")
    home = Path(variables.get("HOME") or "~").expanduser()
    yield home / ".pip/pip.conf"
    yield Path(variables.get("XDG_CONFIG_HOME") or home / ".config", "pip/pip.conf")
    yield Path(sys.prefix, "pip.conf")
    if own:
        yield Path(own)


def _said_in(file: Path) -> dict[str, str]:
    """What is wrong with its configuration pip itself says; here it is as if it were not there."""
    try:
        text = file.read_text()
    except (OSError, UnicodeDecodeError):
        return {}
    if not any(key in text.replace("_", "-") for key in _KEYS):
        return {}
    from configparser import ConfigParser, Error  # most machines say nothing of indexes

    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except Error:
        return {}
    return {
        key.replace("_", "-"): value
        for section in _SECTIONS
        if parser.has_section(section)
        for key, value in parser.items(section)
    }
