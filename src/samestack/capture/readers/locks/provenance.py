"""Where a Python package comes from, in one form whichever tool wrote it down.

An address on the network tells what a package is, and becomes the component's source. A path tells where
something lies on one machine, and an index is where a package was looked up: both are circumstances.
"""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from msgspec import Struct, field, structs

from samestack.capture.addresses import without_credentials
from samestack.capture.probes.text import shown_text
from samestack.capture.readers.requirements.packaging_values import hash_texts, shown
from samestack.model import Value

MAX_ADDRESS: Final = 2048
"""The longest address that is kept whole."""

_SYSTEMS: Final = ("git", "hg", "svn", "bzr")
_ALGORITHMS: Final = ("sha256", "sha384", "sha512")
# git's own short form of an SSH address: user@host:path
_SHORT_SSH = re.compile(r"(?P<user>[\w.-]+)@(?P<host>[\w.-]+):(?P<path>[^/].*)")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class Provenance(Struct, frozen=True, kw_only=True):
    """What a component says of where it comes from; nothing for a package of an index that is not named."""

    source: str | None = None
    circumstances: Mapping[str, Value] = field(default_factory=dict)
    hashes: tuple[str, ...] = ()
    """Of the one file that an address leads to, where its fragment states them."""


UNSTATED: Final = Provenance()
"""Of a package that comes from whatever index is asked."""


def of_index(address: str | None) -> Provenance:
    """From a package index, or from a directory of files that serves as one."""
    return Provenance(circumstances={"index": shown(address)}) if address else UNSTATED


def of_repository(
    address: str, revision: str | None, *, system: str = "git", subdirectory: str | None = None
) -> Provenance:
    """From version control, at a commit or what names one; ``address`` may already begin with ``git+``."""
    bare = _long_form(without_credentials(address).removeprefix(f"{system}+")).rstrip("/")
    at = f"@{revision}" if revision else ""
    part = f"#subdirectory={subdirectory}" if subdirectory else ""
    return Provenance(source=_kept(f"{system}+{bare}{at}{part}"))


def of_path(path: str, *, is_editable: bool = False) -> Provenance:
    """From a file or a directory of this machine."""
    return Provenance(circumstances={"editable" if is_editable else "path": shown(path)})


def of_address(address: str, *, is_editable: bool = False) -> Provenance:
    """From what a requirement's address says: a repository, an archive, or a path.

    ``ValueError`` for what cannot be an address.
    """
    # Before it is taken apart, and again when it is put together: a malformed one hides credentials.
    address = without_credentials(address)
    system, plus, rest = address.partition("+")
    if plus and system in _SYSTEMS:
        found = _of_repository_address(system, rest)
        return structs.replace(found, circumstances={"editable": True}) if is_editable else found
    if is_path(address):
        return of_path(address.partition("#")[0], is_editable=is_editable)
    parts = urlsplit(address)
    if parts.scheme == "file":
        found = of_path(unquote(parts.path), is_editable=is_editable)
        return structs.replace(found, hashes=_stated_hashes(address))
    return Provenance(source=_archive(parts, address), hashes=_stated_hashes(address))


def is_path(address: str) -> bool:
    """Whether an address is a path, for want of a scheme (a drive's letter is none)."""
    return _DRIVE.match(address) is not None or not urlsplit(address).scheme


def fragment_value(address: str, name: str) -> str | None:
    """What the part after ``#`` of an address says under a name: ``egg``, ``subdirectory``, ``sha256``."""
    values = parse_qs(address.partition("#")[2]).get(name)
    return values[0] if values else None


def _of_repository_address(system: str, address: str) -> Provenance:
    """``https://host/repository@revision#subdirectory=...``: the last ``@`` of the path is the one."""
    parts = urlsplit(_long_form(address))
    path, at, revision = parts.path.rpartition("@")
    bare = parts._replace(path=path if at else parts.path, fragment="").geturl()
    subdirectory = fragment_value(address, "subdirectory")
    return of_repository(bare, revision if at else None, system=system, subdirectory=subdirectory)


def _long_form(address: str) -> str:
    short = _SHORT_SSH.fullmatch(address)
    return address if short is None else f"ssh://{short['user']}@{short['host']}/{short['path']}"


def _archive(parts: SplitResult, address: str) -> str:
    subdirectory = fragment_value(address, "subdirectory")
    fragment = f"subdirectory={subdirectory}" if subdirectory else ""
    return _kept(parts._replace(fragment=fragment).geturl())


def _stated_hashes(address: str) -> tuple[str, ...]:
    stated = ((algorithm, fragment_value(address, algorithm)) for algorithm in _ALGORITHMS)
    return hash_texts(f"{algorithm}:{value}" for algorithm, value in stated if value)


def _kept(address: str) -> str:
    return shown_text(without_credentials(address), MAX_ADDRESS)
