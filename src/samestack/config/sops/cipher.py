"""Single values: AES-256-GCM under the file's data key, bound to the path of the value."""

import base64
import re
from typing import Any, Final

from samestack.config.sops.scalars import from_bytes
from samestack.errors import InputError
from samestack.libraries import library

_SEALED: Final = re.compile(r"ENC\[AES256_GCM,data:([^,]*),iv:([^,]+),tag:([^,]+),type:([a-z]+)\]")
KEY_BYTES: Final = 32


def is_sealed(value: object) -> bool:
    """Whether a value is encrypted."""
    return isinstance(value, str) and _SEALED.fullmatch(value) is not None


class ValueCipher:
    """Decrypts the values of one file."""

    def __init__(self, key: bytes, shown: str) -> None:
        aead = library("cryptography.hazmat.primitives.ciphers.aead", "reading SOPS files", extra="config")
        self._invalid = library("cryptography.exceptions", "reading SOPS files", extra="config").InvalidTag
        self._aes: Any = aead.AESGCM(key)
        self._shown = shown

    def opened(self, sealed: str, bound_to: str, place: str) -> Any:  # noqa: ANN401 - a value is anything
        """The value; ``bound_to`` is what it was encrypted with beside the key.

        :class:`InputError` names the place of what was altered, or moved there from elsewhere.
        """
        found = _SEALED.fullmatch(sealed)
        try:
            data, nonce, tag = (base64.b64decode(part, validate=True) for part in found.groups()[:3])  # type: ignore[union-attr]
            plain = self._aes.decrypt(nonce, data + tag, bound_to.encode())
            return from_bytes(plain, found[4])  # type: ignore[index]
        except (self._invalid, ValueError, KeyError):
            hint = "take the file back from version control"
            raise InputError(self._shown, "its value was altered or moved", place=place, hint=hint) from None
