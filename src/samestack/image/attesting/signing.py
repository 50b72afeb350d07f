"""Signing statements by Sigstore, and checking such signatures: optional, as its library is.

Nobody keeps a key: whoever signs proves to an identity provider who that is, gets a certificate of some
minutes, and the signature is written into a public log.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.libraries import library

TOKEN_VARIABLE: Final = "SIGSTORE_ID_TOKEN"  # noqa: S105 - the name of a variable, as cosign has it
"""The variable that may hold an identity token; it is given nowhere else, and shown nowhere."""


class Trust(Struct, frozen=True, kw_only=True):
    """Which Sigstore is meant."""

    configuration: Path | None = None
    """A client trust configuration (JSON) of one's own Sigstore; without it, the public one is meant."""


class Signer(Struct, frozen=True, kw_only=True):
    """Who must have signed."""

    identity: str
    """An e-mail address, or the address of a workflow."""
    issuer: str
    """The identity provider."""


def sign(statements: Sequence[bytes], trust: Trust) -> tuple[bytes, ...]:
    """A Sigstore bundle for each statement, by whoever runs this.

    The identity comes from the build service, from :data:`TOKEN_VARIABLE`, or from a browser.
    :class:`OutsideError` where the identity provider, the certificate authority or the log does not answer.
    """
    _check_library()
    from samestack.image.attesting.sigstore_signing import signed

    return signed(statements, trust.configuration)


def signed_statement(bundle: bytes, signer: Signer, trust: Trust) -> bytes:
    """The statement in a bundle; :class:`InputError` unless this very signer signed it."""
    _check_library()
    from samestack.image.attesting.sigstore_checking import opened

    return opened(bundle, identity=signer.identity, issuer=signer.issuer, configuration=trust.configuration)


def _check_library() -> None:
    library("sigstore", "signing by Sigstore", extra="sign")
