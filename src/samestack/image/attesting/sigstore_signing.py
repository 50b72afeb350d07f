"""Statements signed by Sigstore. Imported only with the optional library ``sigstore``."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sigstore.dsse import Statement
from sigstore.models import ClientTrustConfig
from sigstore.oidc import IdentityToken, Issuer, detect_credential
from sigstore.sign import SigningContext

from samestack.errors import RequestError
from samestack.image.attesting.signing import TOKEN_VARIABLE
from samestack.image.attesting.sigstore_failures import failures_told
from samestack.image.attesting.sigstore_trust import trust_configuration


def signed(statements: Sequence[bytes], configuration: Path | None) -> tuple[bytes, ...]:
    """A bundle for each statement, all under one certificate."""
    with failures_told("signing"):
        token = _told()
        trust = trust_configuration(configuration)
        context = SigningContext.from_trust_config(trust)
        with context.signer(_identity(token, trust)) as signer:
            return tuple(signer.sign_dsse(Statement(one)).to_json().encode() for one in statements)


def _told() -> str:
    """The token that is there already; :class:`RequestError` where there is none and nobody to ask."""
    told = os.environ.get(TOKEN_VARIABLE) or detect_credential() or ""
    if not told and not sys.stdin.isatty():
        hint = f"run it in a build service that vouches for its workflows, or set {TOKEN_VARIABLE}"
        raise RequestError("nobody vouches for who signs here", hint=hint)
    return told


def _identity(token: str, trust: ClientTrustConfig) -> IdentityToken:
    return IdentityToken(token) if token else Issuer(trust.signing_config.get_oidc_url()).identity_token()
