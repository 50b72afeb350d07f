"""All rules: what is done to a fresh root, and why."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct, structs

from samestack.image.debian.settled import system_files
from samestack.image.debian.settled.alternatives import alternatives
from samestack.image.debian.settled.certificates import certificates
from samestack.image.debian.settled.loader_cache import loader_cache
from samestack.image.debian.settled.root import Root, text_file
from samestack.image.layers.entry import EntryKind, LayerEntry

VERSION: Final = 1
"""Part of the key of every base: it is raised when the same packages are set up otherwise."""


class Rule(Struct, frozen=True, kw_only=True):
    """One thing that is done."""

    name: str
    reason: str
    entries: Callable[[Root], Iterable[LayerEntry]]


RULES: Final = (
    Rule(
        name="merged directories",
        reason="programs and packages name /bin/sh and /lib64/ld-linux-x86-64.so.2",
        entries=system_files.merged_directories,
    ),
    Rule(name="accounts", reason="a user has a name, and files have owners", entries=system_files.accounts),
    Rule(
        name="directories",
        reason="programs expect the directories of the file system's standard",
        entries=system_files.directories,
    ),
    Rule(
        name="first settings",
        reason="without nsswitch.conf names are not looked up in /etc/hosts first; a shell has its profile",
        entries=system_files.first_settings,
    ),
    Rule(name="shells", reason="programs ask which shells are allowed", entries=system_files.shells),
    Rule(name="/bin/sh", reason="most scripts begin with it", entries=system_files.posix_shell),
    Rule(
        name="time zone",
        reason="times are UTC unless somebody says otherwise",
        entries=system_files.time_zone,
    ),
    Rule(name="Python", reason="it looks for these when it starts", entries=system_files.python),
    Rule(name="certificates", reason="TLS trusts nobody without them", entries=certificates),
    Rule(name="alternatives", reason="awk, which and pager are names without a file", entries=alternatives),
)
"""In their order; the loader's cache comes after all of them, since they make links to libraries."""


def settled(root: Root, architecture: str) -> Iterator[LayerEntry]:
    """Everything that all rules make, each path once, and nothing that a package brings."""
    made: dict[str, LayerEntry] = {}
    for rule in RULES:
        for entry in rule.entries(root):
            if not root.has(entry.path) or _is_changed(root.files[entry.path], entry):
                made.setdefault(entry.path, entry)
    cache = loader_cache(structs.replace(root, files={**root.files, **made}), architecture)
    if cache is not None:
        made["etc/ld.so.cache"] = text_file("etc/ld.so.cache", cache)
    yield from made.values()
    yield from _parents(root, made)


def _parents(root: Root, made: Mapping[str, LayerEntry]) -> Iterator[LayerEntry]:
    """The directories that packages bring, as they bring them: ``/root`` is nobody else's to look into."""
    names = {parent for path in made for parent in _ancestors(path)}
    yield from (root.files[name] for name in sorted(names - made.keys()) if root.has(name))


def _ancestors(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def _is_changed(there: LayerEntry, made: LayerEntry) -> bool:
    """Whether a directory of a package gets other attributes by a rule; files of packages stay theirs."""
    if not made.kind is there.kind is EntryKind.DIRECTORY:
        return False
    return (there.mode, there.group) != (made.mode, made.group)
