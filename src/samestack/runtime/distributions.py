"""What is installed where Python looks for it, by its metadata; nothing of it is imported."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from samestack.runtime.direct_url import Origin, origin_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SITES = frozenset({"site-packages", "dist-packages"})
"""Elsewhere on Python's path stand the program itself, and what packages bring along for themselves alone."""
_METADATA = {".dist-info": "METADATA", ".egg-info": "PKG-INFO"}
_MAX_HEAD_BYTES = 64 * 1024
_MAX_ORIGIN_BYTES = 64 * 1024
_LEFTOVER = "~"
_EDITABLE = "__editable__."
_SEPARATORS = re.compile(r"[-_.]+")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,254}[A-Za-z0-9])?")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.!+_~*-]{0,127}")
_NAME_FIELD = re.compile(rb"^name:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_VERSION_FIELD = re.compile(rb"^version:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_EGG_PYTHON = re.compile(r"-py\d+(?:\.\d+)?(?:-.*)?")


class CondaError(Exception):
    """The packages are conda's, whose own records decide what is there."""


class Distribution(NamedTuple):
    """One installed distribution."""

    name: str
    """Normalised."""
    version: str
    """As it is written; empty where nothing says one."""
    source: str = ""
    """The address or commit that it was installed from; empty for an index."""
    is_local: bool = False
    """Whether it is a directory of this machine, of which a lock decides nothing."""
    is_egg: bool = False


def distributions(path: Iterable[str], prefix: str) -> list[Distribution]:
    """All that is installed along Python's path, but for projects of this machine.

    :class:`CondaError` in an environment of conda's; :class:`OSError` where a directory cannot be read.
    """
    if os.path.isdir(os.path.join(prefix, "conda-meta")):
        raise CondaError(prefix)
    found = [one for site in _sites(path) for one in _of_site(site)]
    described = {(one.name, one.version) for one in found if not one.is_egg}
    twins = {one for one in found if one.is_egg and (one.name, one.version) in described}
    return [one for one in found if one not in twins and not one.is_local]


def _sites(path: Iterable[str]) -> list[str]:
    """Each once, whatever links lead to it."""
    places = (os.path.realpath(one) for one in path if os.path.basename(one.rstrip(os.sep)) in _SITES)
    return [one for one in dict.fromkeys(places) if os.path.isdir(one)]


def _of_site(site: str) -> Iterator[Distribution]:
    names = sorted(os.listdir(site))
    links = (one[len(_EDITABLE) :].rpartition(".")[0] for one in names if one.startswith(_EDITABLE))
    linked = {_normalized(link.rpartition("-")[0] or link) for link in links}
    for entry in names:
        kind = _kind(entry)
        found = _read(site, entry, kind) if kind and not entry.startswith(_LEFTOVER) else None
        if found is not None:
            yield found._replace(is_local=found.is_local or found.name in linked)


def _kind(entry: str) -> str:
    suffix = os.path.splitext(entry)[1]
    return suffix if suffix in _METADATA else ""


def _read(site: str, entry: str, kind: str) -> Distribution | None:
    place = os.path.join(site, entry)
    is_egg, is_file = kind == ".egg-info", os.path.isfile(place)
    if is_file and not is_egg:
        return None
    head = _content(place if is_file else os.path.join(place, _METADATA[kind]), _MAX_HEAD_BYTES)
    name, version = _stated(head)
    named, numbered = _by_directory(entry[: -len(kind)], is_egg=is_egg)
    named = name or named
    if not named:
        return None
    said = b"" if is_file else _content(os.path.join(place, "direct_url.json"), _MAX_ORIGIN_BYTES)
    origin = Origin() if is_egg or not said else origin_of(said)
    return Distribution(_normalized(named), version or numbered, origin.source, origin.is_local, is_egg)


def _content(file: str, most: int) -> bytes:
    try:
        with open(file, "rb") as opened:
            return opened.read(most)
    except FileNotFoundError:
        return b""


def _stated(metadata: bytes) -> tuple[str, str]:
    head = _END_OF_HEADERS.split(metadata, maxsplit=1)[0]
    return _value(_NAME_FIELD, head, _NAME), _value(_VERSION_FIELD, head, _VERSION)


def _value(field: re.Pattern[bytes], head: bytes, fitting: re.Pattern[str]) -> str:
    said = field.search(head)
    return _matching(said[1].decode("utf-8", "replace").strip(), fitting) if said else ""


def _by_directory(stem: str, *, is_egg: bool) -> tuple[str, str]:
    stem = _EGG_PYTHON.split(stem, maxsplit=1)[0] if is_egg else stem
    name, _, version = stem.rpartition("-")
    if not version[:1].isdigit():
        name, version = stem, ""
    return _matching(name, _NAME), _matching(version, _VERSION)


def _matching(text: str, pattern: re.Pattern[str]) -> str:
    return text if pattern.fullmatch(text) else ""


def _normalized(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower()
