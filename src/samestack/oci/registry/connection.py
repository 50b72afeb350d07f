"""One client's connections to one registry: redirects, limits, and what goes wrong on the way."""

import contextlib
import ssl
import time
import weakref
from collections.abc import Generator
from typing import Final

import httpx

from samestack.errors import OutsideError
from samestack.oci.registry.failures import PassingError
from samestack.oci.registry.hosts import RegistryHost
from samestack.oci.registry.patience import Patience

_CONNECT_SECONDS: Final = 15.0
_MOST_REDIRECTS: Final = 5
_UNREACHED: Final = "is the host right, and its certificate trusted? image push --insecure speaks plain HTTP"
# Layers are compressed already, and what was unpacked on the way would have another digest.
_HEADERS: Final = {"User-Agent": "samestack", "Accept-Encoding": "identity"}


class Connection:
    """Sends requests, each once. Any thread may use it; it is closed when nobody holds it any more."""

    def __init__(self, host: RegistryHost, patience: Patience) -> None:
        self.host = host
        self._patience = patience
        self._has_answered = False
        self._client = httpx.Client(
            # As all of the system trusts, and not httpx's own list.
            verify=ssl.create_default_context(),
            timeout=httpx.Timeout(
                patience.silence, connect=min(_CONNECT_SECONDS, patience.silence), pool=None
            ),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=8),
            headers=_HEADERS,
            # No proxy stands between this machine and itself.
            trust_env=not host.is_local,
        )
        weakref.finalize(self, self._client.close)

    def send(self, request: httpx.Request, *, is_redirectable: bool = True) -> httpx.Response:
        """The answer to a request, its body still to be read; the caller closes it.

        :class:`OutsideError`, a :class:`PassingError` where another attempt may succeed.
        """
        request.headers.update({name: text for name, text in _HEADERS.items() if name not in request.headers})
        response = self._sent(request)
        for _ in range(_MOST_REDIRECTS):
            if response.next_request is None:
                return response
            response.close()
            if not is_redirectable:
                raise OutsideError(f"{self.host.name}: it redirects what is for itself alone")
            # httpx has taken the credential off where this is another host.
            response = self._sent(response.next_request)
        response.close()
        raise OutsideError(f"{self.host.name}: it redirects again and again")

    def body(self, response: httpx.Response, limit: int) -> bytes:
        """All that an answer holds, which must be ``limit`` bytes at most, and there in good time."""
        found, end = bytearray(), time.monotonic() + self._patience.whole
        with contextlib.closing(self.pieces(response)) as pieces:
            for piece in pieces:
                found += piece
                if len(found) > limit:
                    raise OutsideError(f"{self.host.name}: it answers with more than {limit} bytes")
                if time.monotonic() > end:
                    raise PassingError(f"{self.host.name}: its answer takes too long")
        return bytes(found)

    def pieces(self, response: httpx.Response) -> Generator[bytes]:
        """What an answer holds, as it comes; it is closed with the iteration."""
        try:
            yield from response.iter_raw()
        except httpx.TransportError as error:
            raise self._lost(error) from None
        finally:
            response.close()

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def _sent(self, request: httpx.Request) -> httpx.Response:
        if request.url.scheme != "https" and not self.host.is_plain:
            raise OutsideError(f"{self.host.name}: it leads to a place without encryption")
        try:
            response = self._client.send(request, stream=True)
        except httpx.TransportError as error:
            raise self._lost(error) from None
        self._has_answered = True
        return response

    def _lost(self, error: httpx.TransportError) -> OutsideError:
        """Whoever never answered is not there: only a connection that once stood is worth another attempt."""
        if isinstance(error, httpx.ConnectError) and not self._has_answered:
            hint = None if self.host.is_plain else _UNREACHED
            return OutsideError(f"{self.host.name}: it cannot be reached: {_words(error)}", hint=hint)
        return PassingError(f"{self.host.name}: {_words(error)}")


def _words(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it says nothing for too long"
    text = " ".join(str(error).split())
    return f"the connection was lost ({text or type(error).__name__})"
