"""A ``pylock.toml`` as uv writes it, taken apart by its lines.

A lock of a hundred packages has 600 kB, nearly all of it addresses and hashes. Parsing that as TOML takes
longer than deciding it; uv writes it so regularly that its lines tell what is to be known.
"""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

_BLOCK: Final = "\n[[packages]]\n"
_FIELD = re.compile(r'^(name|version|marker) = "((?:[^"\\]|\\.)*)"$', re.MULTILINE)
_WHEEL = re.compile(r'"([^"]+\.whl)"')
_ODD = re.compile(r"^(?:vcs|directory|archive) = ", re.MULTILINE)


class LockedPackage(Struct, frozen=True, kw_only=True):
    """One ``[[packages]]`` of the text."""

    name: str
    version: str
    marker: str
    text: str
    """Its lines, from ``name`` on."""
    is_odd: bool
    """Whether it comes from no index: from a repository, a directory or an address of its own."""

    @property
    def wheels(self) -> tuple[str, ...]:
        """The file names of its wheels."""
        found = () if self.is_odd else _WHEEL.findall(self.text)
        return tuple(unquote(address.rpartition("/")[2]) for address in found)


class LockedText(Struct, frozen=True):
    """The whole of it."""

    head: str
    """What stands before the packages."""
    packages: tuple[LockedPackage, ...]


def locked_text(text: str) -> LockedText:
    """A lock that uv wrote, taken apart."""
    head, *blocks = text.replace("\r\n", "\n").split(_BLOCK)
    return LockedText(head, tuple(map(_package, blocks)))


def rejoined(head: str, packages: Iterable[str]) -> str:
    """The text of a lock with these blocks."""
    return "\n".join((head.rstrip() + "\n", *(f"[[packages]]\n{block.strip()}\n" for block in packages)))


def _package(block: str) -> LockedPackage:
    said = {key: _unescaped(value) for key, value in _FIELD.findall(block)}
    return LockedPackage(
        name=said.get("name", ""),
        version=said.get("version", ""),
        marker=said.get("marker", ""),
        text=block,
        is_odd=_ODD.search(block) is not None,
    )


def _unescaped(text: str) -> str:
    """A basic string of TOML; uv escapes quotation marks and backslashes alone."""
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text
