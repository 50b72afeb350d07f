"""What a running program says of itself at an address of its own, as ``samestack.runtime`` makes it."""

import http.client
import socket
from collections.abc import Mapping
from typing import Final, Literal
from urllib.parse import SplitResult, urljoin, urlsplit

import msgspec
from msgspec import Struct, field

from samestack import __version__
from samestack.compare.releases import SEEDS, packages_digest
from samestack.compare.versions import normal_version
from samestack.errors import InputError, OutsideError, RequestError
from samestack.lock.selecting import local_projects
from samestack.model import Stack
from samestack.outside.time_limit import in_time

MAX_BYTES: Final = 64 * 1024
"""A longer answer is refused. A report has about 600 bytes."""
_MOST_REDIRECTIONS: Final = 3
_REDIRECTIONS: Final = frozenset({301, 302, 303, 307, 308})
_HEADERS: Final = {
    "Accept": "application/json",
    "Connection": "close",
    "User-Agent": f"samestack/{__version__}",
}
_NOTHING: Final = msgspec.Raw(b"")
_HINT: Final = "let it answer with samestack.runtime.report(), alone or under the key 'samestack'"


class RuntimeReport(Struct, frozen=True, kw_only=True):
    """What the program said; a text is empty where it knows nothing."""

    schema: Literal["samestack/runtime/1"]
    stack: str = ""
    stack_without_seeds: str = ""
    seeds: Mapping[str, str] = field(default_factory=dict)
    packages: int = 0
    image_stack: str = ""
    image_lock: str = ""
    profile: str = ""
    python: str = ""
    started_at: str = ""

    def runs(self, locked: Stack) -> bool | None:
        """Whether what is installed there is what a lock decides for it; ``None`` where that is not told.

        ``locked`` is what applies there. Seeds that the lock says nothing of may be there, or not.
        """
        if not self.stack:
            return None
        local = local_projects(locked)
        wanted = {one.name: normal_version(one.version or "") for one in locked if one.name in SEEDS - local}
        found = {name: normal_version(version) for name, version in self.seeds.items()}
        is_same = self.stack_without_seeds == packages_digest(locked, but=SEEDS | local)
        return is_same and all(found.get(name) == version for name, version in wanted.items())


class _Health(Struct, frozen=True):
    """A health document of the program's own, which may have the report in it."""

    samestack: msgspec.Raw = _NOTHING


def read_report(address: str, seconds: float) -> RuntimeReport:
    """Ask ``http://HOST/PATH`` or ``https:``, for at most so long, at that host alone and past no proxy.

    :class:`~samestack.errors.RequestError` for what is no such address, or holds a password;
    :class:`~samestack.errors.OutsideError` where nobody answers, or not in time;
    :class:`~samestack.errors.InputError` for an answer without a report.
    """
    shown = _shown(_parts(address))
    return in_time(lambda: _asked(address, seconds), seconds, shown)


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0)
    except ValueError:
        is_whole = False
    if not is_whole or not address.isascii() or not address.isprintable() or " " in address:
        raise RequestError("that is no address of a report", hint="for example https://host/health")
    if parts.username is not None or parts.password is not None:
        raise RequestError(f"{_shown(parts)}: an address with a name or a password in it is not asked")
    return parts


def _followed(parts: SplitResult, target: str) -> SplitResult:
    """Where it sends, as long as that is the same server."""
    try:
        found = _parts(urljoin(parts.geturl(), target))
    except RequestError:
        raise OutsideError(f"{_shown(parts)}: it sends to what is no address") from None
    if (found.scheme, found.hostname, _port(found)) != (parts.scheme, parts.hostname, _port(parts)):
        raise OutsideError(f"{_shown(parts)}: it sends to another host, which is not asked")
    return found


def _asked(address: str, seconds: float) -> RuntimeReport:
    parts = _parts(address)
    for _ in range(_MOST_REDIRECTIONS + 1):
        status, target, body = _answer(parts, seconds)
        if status not in _REDIRECTIONS:
            break
        parts = _followed(parts, target)
    else:
        raise OutsideError(f"{_shown(parts)}: it sends from one place to the next")
    if status != http.client.OK:
        raise OutsideError(f"{_shown(parts)}: it answers with status {status}")
    return _report(body, _shown(parts))


def _answer(parts: SplitResult, seconds: float) -> tuple[int, str, bytes]:
    """Status, where it sends, and body."""
    connection = _connection(parts, seconds)
    try:
        path = parts.path or "/"
        connection.request("GET", f"{path}?{parts.query}" if parts.query else path, headers=_HEADERS)
        response = connection.getresponse()
        return response.status, response.headers.get("Location", ""), response.read(MAX_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        raise OutsideError(f"{_shown(parts)}: {_reason(error)}") from None
    finally:
        connection.close()


def _connection(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, _port(parts), timeout=seconds)
    return http.client.HTTPConnection(host, _port(parts), timeout=seconds)


def _reason(error: Exception) -> str:
    """The kind of failure, in words that hold nothing of what was sent or read."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, socket.gaierror):
        return "nobody knows that host"
    if isinstance(error, ConnectionRefusedError):
        return "nobody answers there"
    if type(error).__module__ == "ssl":
        return "its certificate cannot be trusted"
    return "the connection broke off"


def _report(body: bytes, shown: str) -> RuntimeReport:
    if len(body) > MAX_BYTES:
        raise InputError(shown, f"its answer has more than {MAX_BYTES:,} bytes", hint=_HINT)
    try:
        own = msgspec.json.decode(body, type=_Health).samestack
        return msgspec.json.decode(bytes(own) or body, type=RuntimeReport)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise InputError(shown, "its answer is no report of a running program", hint=_HINT) from None


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _shown(parts: SplitResult) -> str:
    """Without a name, a password and a query."""
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path}"
