"""A cluster, asked through Kubernetes' own library: within limits, failing without values.

The library's errors hold the answers of servers, and its objects are not bounded: it is asked for answers as
they come.
"""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, Final, NamedTuple

from samestack.capture.kubernetes.access import Access
from samestack.errors import RequestError
from samestack.libraries import library
from samestack.outside.bounded_body import Allowance, BoundedBody
from samestack.outside.server_address import proxies_before, server_address, shown_address
from samestack.outside.source_error import Reason, SourceError
from samestack.outside.time_limit import late

MAX_BYTES: Final = 4 * 1024 * 1024
"""The largest answer that is read. Kubernetes keeps objects of up to 1 MiB, and sends them in base64."""
WHOLE: Final = "application/json"
METADATA: Final = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
"""What is said of an object, without what it holds."""


class Answer(NamedTuple):
    """What the server answers. Never shown."""

    status: int
    body: bytes

    def __repr__(self) -> str:
        return f"Answer({self.status})"


class _Response(BoundedBody):
    """An answer of urllib3, of which the library reads :attr:`data`, of refusals too."""

    @property
    def data(self) -> bytes:
        """All of it, as it was sent; :class:`~samestack.errors.InputError` for one that is too large."""
        return b"".join(self.stream(decode_content=False))


class _Connections:
    """The library's connections, none of whose answers is larger than the limit."""

    def __init__(self, connections: Any, allowance: Allowance) -> None:  # noqa: ANN401 - the library comes late
        self._connections = connections
        self._allowance = allowance

    def request(self, *words: Any, **settings: Any) -> _Response:  # noqa: ANN401
        """An answer, whose body is still to be read."""
        return _Response(self._connections.request(*words, **settings), self._allowance)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._connections, name)


def load() -> ModuleType:
    """The library, which takes a second or two of this machine's and none of the cluster's."""
    return library("kubernetes.client", "asking a Kubernetes cluster", extra="kubernetes")


@contextlib.contextmanager
def connected(access: Access, seconds: float, variables: Mapping[str, str], shown: str) -> Iterator[Any]:
    """The library's ``ApiClient`` for a cluster, whose errors in the block become :class:`SourceError`.

    No answer is larger than :data:`MAX_BYTES`, nothing is asked twice, and no redirection followed.
    ``shown`` names in errors what is asked for.
    """
    client = load()
    with (
        _failures(access, seconds, shown),
        _settings(client, access, variables, shown) as settings,
        client.ApiClient(settings) as connection,
    ):
        rest = connection.rest_client
        rest.pool_manager = _Connections(rest.pool_manager, Allowance(shown, MAX_BYTES))
        yield connection


def answered(call: Callable[..., Any], accept: str, seconds: float) -> Answer:
    """What the cluster answers to a call of the library, as it comes, a refusal by its status alone.

    ``seconds`` is the limit of a socket, which starts again with every byte.
    """
    client = load()
    try:
        response = call(_headers={"Accept": accept}, _request_timeout=seconds, _preload_content=False)
    except client.ApiException as error:
        if not error.status:  # there was no answer
            raise
        return Answer(int(error.status), b"")
    return Answer(response.status, response.data)


@contextlib.contextmanager
def _settings(client: Any, access: Access, variables: Mapping[str, str], shown: str) -> Iterator[Any]:  # noqa: ANN401 - the library comes late
    """The library's settings for a way in; a client's key is in no file for longer than the block."""
    address = server_address(access.server, "the server of the kubeconfig", shown)
    settings = client.Configuration()
    settings.host = access.server
    settings.proxy = access.proxy or proxies_before(address, variables).get(address.scheme)
    settings.retries = False
    settings.verify_ssl = access.checks_certificate
    settings.ca_cert_data = access.authority.decode("ascii", "replace") or None
    settings.tls_server_name = access.server_name or None
    settings.api_key = {"BearerToken": f"Bearer {access.token}"} if access.token else {}
    if not access.checks_certificate:
        _say_nothing_of_certificates()
    with contextlib.ExitStack() as files:
        if access.certificate and access.key:
            settings.cert_file = files.enter_context(_in_memory(access.certificate, shown))
            settings.key_file = files.enter_context(_in_memory(access.key, shown))
        yield settings


@contextlib.contextmanager
def _in_memory(data: bytes, shown: str) -> Iterator[str]:
    """A path under which OpenSSL can read something that stands in no file system."""
    if not hasattr(os, "memfd_create"):
        message = f"{shown}: a client's key would have to be written to a file on this system"
        raise RequestError(message, hint="use a token, or a program under 'exec'")
    with os.fdopen(os.memfd_create("samestack"), "wb", buffering=0) as file:
        file.write(data)
        yield f"/proc/self/fd/{file.fileno()}"


def _say_nothing_of_certificates() -> None:
    """The kubeconfig says not to check the server's certificate: its user need not be told so again."""
    import warnings

    import urllib3

    warnings.simplefilter("ignore", urllib3.exceptions.InsecureRequestWarning)


@contextlib.contextmanager
def _failures(access: Access, seconds: float, shown: str) -> Iterator[None]:
    """Turn the library's errors into :class:`SourceError`. Their texts can hold tokens and values."""
    errors = library("urllib3.exceptions", f"reading {shown}", extra="kubernetes")
    own = library("kubernetes.client.exceptions", f"reading {shown}", extra="kubernetes")
    host = shown_address(server_address(access.server, "the server of the kubeconfig", shown))
    try:
        yield
    except (errors.NewConnectionError, errors.NameResolutionError):  # which are timeouts to urllib3
        raise SourceError(shown, Reason.UNREACHABLE, f"nobody answers at {host}") from None
    except errors.TimeoutError:
        raise late(shown, seconds) from None
    except (errors.HTTPError, own.ApiException) as error:
        message = _message(error, errors, own, host)
        raise SourceError(shown, Reason.UNREACHABLE, message) from None
    except (OSError, ValueError):  # of ssl and http.client, whose words quote what they were given
        message = "the request cannot be sent: see its certificates and its address"
        raise SourceError(shown, Reason.UNREACHABLE, message) from None


def _message(error: Exception, errors: Any, own: Any, host: str) -> str:  # noqa: ANN401
    match error:
        case errors.SSLError() | own.ApiException():  # the library's own is one of certificates, too
            return f"the certificate of {host} cannot be trusted, or ours is refused"
        case errors.ProxyError():
            return f"the proxy before {host} does not let it through"
        case errors.NewConnectionError() | errors.NameResolutionError():
            return f"nobody answers at {host}"
        case _:
            return f"the answer of {host} broke off"
