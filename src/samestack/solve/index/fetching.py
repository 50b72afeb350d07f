"""Reading an address: ``http``, ``https``, ``file`` or a path, size-limited, with credentials kept apart."""

import base64
import gzip
import io
import netrc
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

from msgspec import Struct

from samestack.capture.addresses import without_credentials
from samestack.errors import OutsideError

_SECONDS: Final = 60


class Page(Struct, frozen=True):
    """What was read."""

    content: bytes
    kind: str
    """The media type, as the server says it."""
    address: str
    """Where it was found in the end."""
    whole: int = 0
    """How large the file is of which this is a part; 0 where this is all of it."""

    @property
    def is_part(self) -> bool:
        """Whether there is more of it."""
        return self.whole > 0


def read(address: str, limit: int, *, headers: Mapping[str, str] | None = None) -> Page | None:
    """What stands at an address; ``None`` where nothing does.

    :class:`OutsideError` when it cannot be reached or is larger than the limit.
    """
    parts = urlsplit(address)
    if parts.scheme in {"", "file"}:
        return _read_file(Path(unquote(parts.path)), address, limit)
    request = urllib.request.Request(_bare(address), headers={"Accept-Encoding": "gzip", **(headers or {})})  # noqa: S310 - the scheme is the user's own index's
    if parts.scheme not in {"http", "https"}:
        raise OutsideError(f"{without_credentials(address)}: addresses of this kind are not read")
    if authorization := _authorization(address):
        # Not to be sent on to wherever the index redirects to.
        request.add_unredirected_header("Authorization", authorization)
    return _read_request(request, without_credentials(address), limit)


def _read_file(path: Path, address: str, limit: int) -> Page | None:
    file = path / "index.html" if path.is_dir() else path
    try:
        if file.stat().st_size > limit:
            raise OutsideError(f"{file} is larger than {limit} bytes")
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutsideError(f"{file} cannot be read: {error.strerror}") from None
    kind = "text/html" if file.suffix == ".html" else ""
    return Page(content, kind, f"{address.rstrip('/')}/" if path.is_dir() else address)


def _read_request(request: urllib.request.Request, shown: str, limit: int) -> Page | None:
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            content = answer.read(limit + 1)
            if answer.headers.get("Content-Encoding") == "gzip":
                content = _unpacked(content, limit, shown)
            if len(content) > limit:
                raise OutsideError(f"{shown} is larger than {limit} bytes")
            kind = answer.headers.get("Content-Type", "")
            return Page(content, kind, answer.geturl(), _whole(answer.headers.get("Content-Range")))
    except urllib.error.HTTPError as error:
        if error.code in {404, 410}:
            return None
        raise OutsideError(f"{shown} cannot be read: {error.code} {error.reason}") from None
    except (OSError, ValueError) as error:
        raise OutsideError(f"{shown} cannot be read: {error}") from None


def _whole(content_range: str | None) -> int:
    size = (content_range or "").rpartition("/")[2]
    return int(size) if size.isdecimal() else 0


def _unpacked(content: bytes, limit: int, shown: str) -> bytes:
    if len(content) > limit:
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            return packed.read(limit + 1)
    except (OSError, EOFError):
        raise OutsideError(f"{shown} is compressed in a broken way") from None


def _bare(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _authorization(address: str) -> str:
    """From the address itself, else from the user's netrc file."""
    parts = urlsplit(address)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not user and parts.hostname:
        try:
            found = netrc.netrc().authenticators(parts.hostname)
        except (OSError, netrc.NetrcParseError):
            found = None
        user, _, password = found or ("", "", "")
    if not user:
        return ""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
