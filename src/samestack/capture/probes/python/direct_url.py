"""direct_url.json: where a distribution was installed from, when not from an index (PEP 610)."""

import posixpath
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec import Struct

from samestack.capture.addresses import without_credentials
from samestack.capture.probes.text import shown_text

MAX_ADDRESS: Final = 2048
"""The longest address that is kept whole."""

_SYSTEM = re.compile(r"[a-z]{2,16}")
_REVISION = re.compile(r"[\w.+/-]{1,256}", re.ASCII)
_SUBDIRECTORY = re.compile(r"[\w./ +-]{0,256}")
_HASH = re.compile(r"(?P<algorithm>[a-z0-9_]{2,16})[=:](?P<digits>[0-9A-Fa-f]{16,128})")


class DirectUrl(Struct, frozen=True, kw_only=True):
    """Where a distribution comes from, credentials cut out."""

    source: str | None = None
    """An address on the network, with the commit where there is one: ``git+https://host/name@commit``."""
    path: str = ""
    """The local file or directory."""
    is_editable: bool = False
    hashes: tuple[str, ...] = ()
    """Of the archive: ``sha256:...``."""


class _Repository(Struct):
    vcs: str
    commit_id: str


class _Archive(Struct):
    hash: str | None = None
    hashes: Mapping[str, str] | None = None


class _Directory(Struct):
    editable: bool | None = False


class _Document(Struct):
    url: str
    subdirectory: str | None = None
    vcs_info: _Repository | None = None
    archive_info: _Archive | None = None
    dir_info: _Directory | None = None


def direct_url(content: bytes) -> DirectUrl:
    """What direct_url.json says; ``ValueError`` when it is malformed."""
    try:
        document = msgspec.json.decode(content, type=_Document)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise ValueError("not a document of PEP 610") from None
    parts = urlsplit(document.url)
    if not parts.scheme:
        raise ValueError("its url has no scheme")
    path = unquote(parts.path) if parts.scheme == "file" else ""
    subdirectory = document.subdirectory or ""
    if not _SUBDIRECTORY.fullmatch(subdirectory):
        raise ValueError("its subdirectory is no path")
    if document.vcs_info is None and path:
        return DirectUrl(
            path=_kept(posixpath.join(path, subdirectory) if subdirectory else path),
            is_editable=document.dir_info is not None and bool(document.dir_info.editable),
            hashes=_hashes(document.archive_info),
        )
    address = _kept(parts._replace(fragment="").geturl())
    part = f"#subdirectory={subdirectory}" if subdirectory else ""
    if document.vcs_info is not None:
        return DirectUrl(source=f"{_at_commit(document.vcs_info, address)}{part}")
    return DirectUrl(source=f"{address}{part}", hashes=_hashes(document.archive_info))


def _at_commit(repository: _Repository, address: str) -> str:
    if not _SYSTEM.fullmatch(repository.vcs) or not _REVISION.fullmatch(repository.commit_id):
        raise ValueError("it names no commit of a version control system")
    return f"{repository.vcs}+{address.rstrip('/')}@{repository.commit_id}"


def _hashes(archive: _Archive | None) -> tuple[str, ...]:
    if archive is None:
        return ()
    stated = [f"{algorithm}:{digits}" for algorithm, digits in (archive.hashes or {}).items()]
    found = (_HASH.fullmatch(text) for text in (*stated, archive.hash or ""))
    return tuple(sorted({f"{one['algorithm']}:{one['digits'].lower()}" for one in found if one}))


def _kept(address: str) -> str:
    return shown_text(without_credentials(address), MAX_ADDRESS)
