"""Stores that are asked through ``requests``: within limits, nowhere else, and failing without values."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import SplitResult

from samestack.libraries import library
from samestack.outside.bounded_body import Allowance, BoundedBody
from samestack.outside.server_address import proxies_before, shown_address
from samestack.outside.source_error import Reason, SourceError
from samestack.outside.time_limit import late

_UNSENDABLE: Final = "the request cannot be sent: see its address and its token"


def restrain(session: Any, address: SplitResult, variables: Mapping[str, str], source: str) -> None:  # noqa: ANN401 - the library comes late
    """Make a session of ``requests`` read at most so much, follow no redirection and know no other settings.

    A redirection is not followed since a store's token would go with it. Nothing is taken from this
    machine's ``.netrc``.
    """
    allowance = Allowance(source)

    def look(response: Any, **_: object) -> None:  # noqa: ANN401
        if response.is_redirect:
            response.close()
            message = f"{shown_address(address)} sends elsewhere, where no token is sent"
            hint = "set the address of the server itself"
            raise SourceError(source, Reason.UNREACHABLE, message, hint=hint)
        response.raw = BoundedBody(response.raw, allowance)

    session.trust_env = False
    session.proxies = proxies_before(address, variables)
    session.hooks["response"].append(look)


@contextlib.contextmanager
def http_failures(address: SplitResult, seconds: float, source: str) -> Iterator[None]:
    """Turn the errors of ``requests`` into :class:`SourceError`. Their texts can hold tokens and values."""
    errors = library("requests", f"reading {source}").exceptions
    try:
        yield
    except errors.Timeout:
        raise late(source, seconds) from None
    except errors.RequestException as error:
        message = _message(error, errors, shown_address(address))
        raise SourceError(source, Reason.UNREACHABLE, message) from None
    except OSError:
        message = "a file of its certificates cannot be read"
        raise SourceError(source, Reason.UNREACHABLE, message) from None
    except ValueError:
        raise SourceError(source, Reason.UNREACHABLE, _UNSENDABLE) from None


def _message(error: Exception, errors: Any, host: str) -> str:  # noqa: ANN401
    match error:
        case errors.SSLError():
            return f"the certificate of {host} cannot be trusted"
        case errors.ProxyError():
            return f"the proxy before {host} does not let it through"
        case errors.ChunkedEncodingError() | errors.ContentDecodingError():
            return f"the answer of {host} broke off"
        case errors.ConnectionError():
            return f"nobody answers at {host}"
        case _:
            return _UNSENDABLE
