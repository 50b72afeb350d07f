"""Which Sigstore is trusted. Imported only with the optional library ``sigstore``."""

from pathlib import Path

from sigstore.models import ClientTrustConfig

from samestack.capture.documents import read_text
from samestack.errors import InputError


def trust_configuration(path: Path | None) -> ClientTrustConfig:
    """That of a file, or the public Sigstore's, kept current by its own update framework (TUF)."""
    if path is None:
        return ClientTrustConfig.production()
    try:
        return ClientTrustConfig.from_json(read_text(path))
    except ValueError as error:
        problem = str(error).splitlines()[0]
        raise InputError(str(path), f"it is no trust configuration of Sigstore: {problem}") from None
