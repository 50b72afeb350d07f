"""Bytes to an armored age file and back."""

from collections.abc import Sequence
from typing import Any, Final

from samestack.errors import InputError
from samestack.libraries import library
from samestack.outside.source_error import Reason, SourceError

_HEADER: Final = "-----BEGIN AGE ENCRYPTED FILE-----"
_NOT_FOR_US: Final = "No matching keys found"
"""What pyrage says where no identity is one of the recipients."""


def sealed(plain: bytes, recipients: Sequence[Any]) -> bytes:
    """An armored file that each of the recipients can open."""
    pyrage = library("pyrage", "encrypting with age", extra="config")
    return bytes(pyrage.encrypt(plain, list(recipients), armored=True))


def opened(text: str, identities: Sequence[Any], source: str) -> bytes:
    """What an armored file holds.

    :class:`SourceError` where it is encrypted to others, :class:`InputError` where it is no age file, or was
    damaged. ``source`` names it in errors.
    """
    if not text.lstrip().startswith(_HEADER):
        raise InputError(source, "no armored age file", hint="encrypt with: age --armor")
    pyrage = library("pyrage", "reading what age encrypted", extra="config")
    try:
        return bytes(pyrage.decrypt(text.encode(), list(identities)))
    except pyrage.DecryptError as error:
        if str(error) == _NOT_FOR_US:
            hint = "ask somebody who can read it to add your recipient and run: samestack config rotate"
            raise SourceError(
                source, Reason.DENIED, "it is encrypted to others than your identities", hint=hint
            ) from None
        hint = "take it back from version control"
        raise InputError(source, "a damaged age file", hint=hint) from None
