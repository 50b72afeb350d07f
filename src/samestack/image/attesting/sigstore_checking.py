"""Sigstore's signatures, checked. Imported only with the optional library ``sigstore``."""

from pathlib import Path

from sigstore.errors import Error, VerificationError
from sigstore.models import Bundle, InvalidBundle
from sigstore.verify import Verifier
from sigstore.verify.policy import Identity

from samestack.errors import InputError
from samestack.image.attesting.attachment import STATEMENT
from samestack.image.attesting.sigstore_failures import failures_told
from samestack.image.attesting.sigstore_trust import trust_configuration

_WHERE = "the attached signature"


def opened(bundle: bytes, *, identity: str, issuer: str, configuration: Path | None) -> bytes:
    """The statement in a bundle, of which certificate, log entry, signature and signer have been checked."""
    with failures_told("checking a signature"):
        verifier = Verifier(trusted_root=trust_configuration(configuration).trusted_root)
    try:
        read = Bundle.from_json(bundle)
        kind, payload = verifier.verify_dsse(read, Identity(identity=identity, issuer=issuer))
    except (InvalidBundle, VerificationError) as error:
        raise InputError(_WHERE, f"it does not hold: {error}") from None
    except (Error, ValueError) as error:
        raise InputError(_WHERE, f"it is malformed: {error}") from None
    if kind != STATEMENT:
        raise InputError(_WHERE, f"a signed '{kind}' is no statement")
    return payload
