"""Asking a registry: with what proves who we are, and again where an answer fails to come."""

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Final, TypeVar

import httpx
from msgspec import Struct, field

from samestack.errors import OutsideError
from samestack.oci.documents import MAX_DOCUMENT_BYTES
from samestack.oci.registry.authorization import Authorization, Scopes
from samestack.oci.registry.connection import Connection
from samestack.oci.registry.credentials import Credential, credential_of
from samestack.oci.registry.failures import PASSING, PassingError, passing, refusal
from samestack.oci.registry.hosts import RegistryHost
from samestack.oci.registry.patience import Patience, Waiting, seconds_asked

_UNAUTHORIZED: Final = 401
_MAX_SMALL_BYTES: Final = 1 << 20
_Answered = TypeVar("_Answered")


class Question(Struct, frozen=True, kw_only=True):
    """One request, in the words of the distribution specification."""

    method: str
    address: str
    """A path of the registry, or a whole address that it named itself."""
    work: str
    """What it is for, as an error would say it."""
    accepted: tuple[int, ...] = (200,)
    """The statuses that are answers; any other is an error."""
    scopes: Scopes = ()
    """The rights that it takes."""
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | Callable[[], Iterator[bytes]] = b""
    """A body; one that is made while it is sent is sent once."""

    @property
    def is_repeatable(self) -> bool:
        """Whether it can be sent twice as it stands."""
        return isinstance(self.content, bytes)


class Answer(Struct, frozen=True, kw_only=True):
    """A whole answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Exchange:
    """Everything that one client asks of one registry."""

    def __init__(
        self,
        host: RegistryHost,
        *,
        patience: Patience | None = None,
        credential: Callable[[RegistryHost], Credential | None] = credential_of,
    ) -> None:
        self.host = host
        self.patience = patience or Patience()
        self._connection = Connection(host, self.patience)
        self._origin = _origin(httpx.URL(host.address))
        self._authorization = Authorization(host, lambda: credential(host), self._fetch)

    def ask(self, question: Question) -> Answer:
        """The answer, after as many attempts as the patience allows; :class:`OutsideError` without one."""
        return self._patiently(lambda: self.attempt(question))

    def open(self, question: Question) -> httpx.Response:
        """The same, with the body still to be read; the caller closes it."""
        return self._patiently(lambda: self._accepted(question))

    def attempt(self, question: Question) -> Answer:
        """The answer to a single attempt; :class:`PassingError` where another may succeed."""
        response = self._accepted(question)
        body = self._connection.body(response, MAX_DOCUMENT_BYTES)
        return Answer(status=response.status_code, headers=response.headers, body=body)

    def pieces(self, response: httpx.Response) -> Generator[bytes]:
        """What an opened answer holds, as it comes."""
        return self._connection.pieces(response)

    def close(self) -> None:
        """Let go of all connections."""
        self._connection.close()

    def _patiently(self, attempt: Callable[[], _Answered]) -> _Answered:
        waiting = Waiting(self.patience)
        while True:
            try:
                return attempt()
            except PassingError as failure:
                waiting.after(failure)

    def _accepted(self, question: Question) -> httpx.Response:
        response = self._sent(question)
        if self._is_challenge(response):
            failure = self._refusal(response, question.work)
            if not self._authorization.meet(response, question.scopes):
                raise failure
            if not question.is_repeatable:
                raise passing(failure)
            response = self._sent(question)
        if response.status_code in question.accepted:
            return response
        raise self._refusal(response, question.work)

    def _sent(self, question: Question) -> httpx.Response:
        address = self._resolved(question.address)
        headers = dict(question.headers)
        if _origin(address) == self._origin and (proof := self._authorization.header(question.scopes)):
            headers["Authorization"] = proof
        content = question.content if isinstance(question.content, bytes) else question.content()
        request = httpx.Request(question.method, address, headers=headers, content=content)
        return self._connection.send(request, is_redirectable=question.is_repeatable)

    def _resolved(self, address: str) -> httpx.URL:
        try:
            return httpx.URL(self.host.address).join(address)
        except httpx.InvalidURL:
            raise OutsideError(f"{self.host.name}: it leads to a place that cannot be") from None

    def _is_challenge(self, response: httpx.Response) -> bool:
        """Whether it is the registry itself that wants to know who we are, and not where it redirected to."""
        return response.status_code == _UNAUTHORIZED and _origin(response.request.url) == self._origin

    def _refusal(self, response: httpx.Response, work: str) -> OutsideError:
        body = self._connection.body(response, _MAX_SMALL_BYTES)
        secrets = self._authorization.secrets
        failure = refusal(response.status_code, body, host=self.host.name, work=work, secrets=secrets)
        if response.status_code not in PASSING:
            return failure
        return passing(failure, wait=seconds_asked(response.headers.get("Retry-After", "")))

    def _fetch(self, request: httpx.Request) -> bytes:
        """What a token server says, which need not be the registry."""

        def attempt() -> bytes:
            # A token in a body would go along to wherever a server redirects to.
            response = self._connection.send(request, is_redirectable=request.method == "GET")
            if response.status_code != 200:
                raise self._refusal(response, "asking for a token")
            return self._connection.body(response, _MAX_SMALL_BYTES)

        return self._patiently(attempt)


def _origin(address: httpx.URL) -> tuple[str, str, int | None]:
    return address.scheme, address.host, address.port
