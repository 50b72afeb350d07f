"""direct_url.json: where a distribution was installed from, when not from an index (PEP 610)."""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MAX_ADDRESS = 2048
_SYSTEM = re.compile(r"[a-z]{2,16}")
_REVISION = re.compile(r"[\w.+/-]{1,256}", re.ASCII)
_SUBDIRECTORY = re.compile(r"[\w./ +-]{0,256}")
_USER_PART = re.compile(r"(?P<scheme>(?<![A-Za-z0-9+.-])[A-Za-z0-9+.-]*://)[^/?#\s'\"]*@")
_SECRET_WORDS = re.compile(
    r"(?i)token|secret|password|passwd|signature|credential|api_?key|access_?key|^sig$"
)
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Origin(NamedTuple):
    """Where it comes from."""

    source: str = ""
    """An address on the network, without credentials and with the commit where there is one."""
    is_local: bool = False
    """Whether it is a directory of this machine."""


def origin_of(content: bytes) -> Origin:
    """What the document says; nothing where it is malformed."""
    try:
        document = json.loads(content)
        return _origin(document) if _is_shaped(document) else Origin()
    except (ValueError, RecursionError):
        return Origin()


def _is_shaped(document: Any) -> bool:  # noqa: ANN401 - anything may stand in a file
    """Whether what is looked at is of the types that PEP 610 says."""
    if not isinstance(document, dict) or not isinstance(document.get("url"), str):
        return False
    parts = (document.get(key) for key in ("vcs_info", "archive_info", "dir_info"))
    return isinstance(document.get("subdirectory") or "", str) and all(
        isinstance(part, (dict, type(None))) for part in parts
    )


def _origin(document: dict[str, Any]) -> Origin:
    address = urlsplit(document["url"])
    subdirectory, repository = document.get("subdirectory") or "", document.get("vcs_info")
    if not address.scheme or not _SUBDIRECTORY.fullmatch(subdirectory):
        return Origin()
    if repository is None and address.scheme == "file" and address.path:
        return Origin(is_local=document.get("dir_info") is not None)
    source = _kept(address._replace(fragment="").geturl())
    if repository is not None:
        source = _at_commit(repository, source)
    return Origin(f"{source}#subdirectory={subdirectory}" if source and subdirectory else source)


def _at_commit(repository: dict[str, Any], address: str) -> str:
    system, commit = repository.get("vcs"), repository.get("commit_id")
    if not (isinstance(system, str) and isinstance(commit, str)):
        return ""
    is_named = _SYSTEM.fullmatch(system) and _REVISION.fullmatch(commit)
    return f"{system}+{address.rstrip('/')}@{commit}" if is_named else ""


def _kept(address: str) -> str:
    """One line of bounded length, with nobody's credentials in it."""
    cleaned = _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", _without_credentials(address).strip())
    if len(cleaned) > _MAX_ADDRESS:
        cleaned = cleaned[: _MAX_ADDRESS - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return cleaned


def _without_credentials(address: str) -> str:
    bare = _USER_PART.sub(_kept_user, address)
    parts = urlsplit(bare)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _SECRET_WORDS.search(name)]
    return bare if len(kept) == len(pairs) else parts._replace(query=urlencode(kept)).geturl()


def _kept_user(match: re.Match[str]) -> str:
    scheme = match["scheme"]
    return f"{scheme}git@" if scheme.endswith("ssh://") and match[0] == f"{scheme}git@" else scheme
