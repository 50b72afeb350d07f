"""What can go wrong with Sigstore's services. Imported only with the optional library ``sigstore``."""

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from sigstore._internal.fulcio.client import FulcioClientError
from sigstore._internal.rekor import RekorClientError
from sigstore.errors import Error
from sigstore.oidc import ExpiredIdentity, IssuerError

from samestack.errors import OutsideError

# Two of them stand in private modules: the library lets them through, and exports them nowhere.
_FAILURES = (
    Error,
    ExpiredIdentity,
    FulcioClientError,
    IssuerError,
    RekorClientError,
    requests.RequestException,
)


@contextmanager
def failures_told(doing: str) -> Iterator[None]:
    """Whatever Sigstore's services fail with, as an :class:`OutsideError`.

    Of the message only the first line, and of a failed connection only its kind: a request holds the token.
    """
    try:
        yield
    except requests.RequestException as error:
        raise OutsideError(f"{doing}: Sigstore cannot be reached ({type(error).__name__})") from None
    except _FAILURES as error:
        said = (str(error) or str(error.__cause__ or type(error).__name__)).splitlines()[0]
        raise OutsideError(f"{doing} by Sigstore failed: {said}") from None
