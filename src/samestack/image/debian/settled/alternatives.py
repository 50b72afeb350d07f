"""Names that several packages can fill, as ``awk`` is filled by mawk: who does, by ``update-alternatives``.

Packages say it in their scripts, in one command with nothing but literal words, which is read and not run.
The format of what is kept: ``man update-alternatives``.
"""

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from samestack.image.debian.database import DIRECTORY
from samestack.image.debian.placing import real_path
from samestack.image.debian.settled.root import Root, link, text_file
from samestack.image.layers.entry import LayerEntry

_COMMAND: Final = ("update-alternatives", "--install")
_ENDS: Final = frozenset({"||", "&&", ";", "|", ">", ">&2", "2>", ">/dev/null", "2>/dev/null", "fi"})
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_:@-]*")
_PATH: Final = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9.+_:@%=,\[\]-]+)+")
_PRIORITY: Final = re.compile(r"-?[0-9]{1,9}")
_SELECTED: Final = "etc/alternatives"


class Alternative(Struct, frozen=True, kw_only=True):
    """One thing that can stand behind a name."""

    link: str
    name: str
    path: str
    priority: int
    slaves: tuple[tuple[str, str, str], ...] = ()
    """Link, name and path of what goes with it."""


def alternatives(root: Root) -> Iterator[LayerEntry]:
    """For every name the links to the alternative of the highest priority, and what dpkg keeps of all."""
    by_name: dict[str, list[Alternative]] = {}
    for unpacked in root.packages.values():
        for one in stated(unpacked.text("postinst")):
            if root.has(real_path(one.path.lstrip("/"))):
                by_name.setdefault(one.name, []).append(one)
    for name in sorted(by_name):
        yield from _of_name(root, name, by_name[name])


def stated(script: str) -> Iterator[Alternative]:
    """The alternatives that a script installs, as far as they are literal."""
    for line in script.replace("\\\n", " ").splitlines():
        words = _words(line)
        if tuple(words[:2]) == _COMMAND and (found := _alternative(words[2:])) is not None:
            yield found


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError:
        return []


def _alternative(words: Sequence[str]) -> Alternative | None:
    """Link, name, path and priority; then ``--slave`` with link, name and path, each time."""
    ended = [*words[: next((at for at, one in enumerate(words) if one in _ENDS), len(words))]]
    if len(ended) < 4 or not _PRIORITY.fullmatch(ended[3]):
        return None
    slaves = [
        (ended[at + 1], ended[at + 2], ended[at + 3])
        for at in range(4, len(ended) - 3, 4)
        if ended[at] == "--slave"
    ]
    if not all(map(_is_literal, ((ended[0], ended[1], ended[2]), *slaves))):
        return None
    return Alternative(
        link=ended[0], name=ended[1], path=ended[2], priority=int(ended[3]), slaves=tuple(slaves)
    )


def _is_literal(words: tuple[str, str, str]) -> bool:
    """Whether these are a path, a name and a path, with nothing in them that a shell would replace."""
    place, name, path = words
    return bool(_PATH.fullmatch(place) and _NAME.fullmatch(name) and _PATH.fullmatch(path))


def _of_name(root: Root, name: str, found: Sequence[Alternative]) -> Iterator[LayerEntry]:
    ordered = sorted(found, key=lambda one: one.path)
    best = max(ordered, key=lambda one: one.priority)
    links = ((best.link, name, best.path), *best.slaves)
    for place, linked, path in links:
        at = real_path(place.lstrip("/"))
        if root.has(real_path(path.lstrip("/"))) and not root.has(at):
            yield link(f"{_SELECTED}/{linked}", path)
            yield link(at, f"/{_SELECTED}/{linked}")
    yield text_file(f"{DIRECTORY}/alternatives/{name}", "".join(f"{line}\n" for line in _kept(ordered)))


def _kept(found: Sequence[Alternative]) -> Iterable[str]:
    """The record of a name: how it is chosen, its link, its slaves; then each that can fill it."""
    slaves = dict(sorted((name, place) for one in found for place, name, _ in one.slaves))
    yield from ("auto", found[0].link)
    for name, place in slaves.items():
        yield from (name, place)
    yield ""
    for one in found:
        paths = {name: path for _, name, path in one.slaves}
        yield from (one.path, str(one.priority), *(paths.get(name, "") for name in slaves))
    yield ""
