"""A SOPS file decrypted: the data key by age, then each value, then the MAC over all of them."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any, Final

from samestack.capture.documents import MAX_DEPTH
from samestack.config.age.sealing import opened
from samestack.config.sops.cipher import KEY_BYTES, ValueCipher, is_sealed
from samestack.config.sops.scalars import as_bytes, time_text
from samestack.config.sops.sops_file import Metadata, SopsFile
from samestack.errors import InputError
from samestack.outside.source_error import Reason, SourceError

_MAX_KEYS: Final = 256
_ENCRYPTED_ALONE: Final = hashlib.sha256(b"sops").digest()
"""What the MAC begins with where values that are not encrypted are left out of it."""


def decrypted(file: SopsFile, identities: Sequence[Any], shown: str) -> dict[str, Any]:
    """The values by key, in order.

    :class:`SourceError` where the file is encrypted to others; :class:`InputError` where a value or the whole
    was altered. ``shown`` names the file in errors.
    """
    cipher = ValueCipher(_data_key(file.metadata, identities, shown), shown)
    work = _Work(cipher, shown, encrypted_alone=file.metadata.mac_only_encrypted)
    values = work.opened(file.tree, (), 0)
    _check_mac(file.metadata, cipher, work.digest(), shown)
    return dict(values)


class _Work:
    """Values as they are decrypted, and the digest of those that the MAC covers."""

    def __init__(self, cipher: ValueCipher, shown: str, *, encrypted_alone: bool) -> None:
        self._cipher = cipher
        self._shown = shown
        self._encrypted_alone = encrypted_alone
        self._hash = hashlib.sha512(_ENCRYPTED_ALONE if encrypted_alone else b"")

    def digest(self) -> str:
        """In hexadecimal capitals, as SOPS notes it."""
        return self._hash.hexdigest().upper()

    def opened(self, node: Any, path: tuple[str, ...], depth: int) -> Any:  # noqa: ANN401 - a node is anything
        """A node of the tree, decrypted."""
        if depth > MAX_DEPTH:
            raise InputError(self._shown, "nested too deeply")
        match node:
            case dict():
                return {key: self.opened(value, (*path, key), depth + 1) for key, value in node.items()}
            case list():
                return [self.opened(item, path, depth + 1) for item in node]
            case _:
                return self._scalar(node, path)

    def _scalar(self, node: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401
        value = node
        if is_sealed(node):
            value = self._cipher.opened(node, "".join(f"{key}:" for key in path), ".".join(path))
            self._hash.update(as_bytes(value))
        elif not self._encrypted_alone:
            self._hash.update(as_bytes(value))
        return _as_json(value)


def _as_json(value: Any) -> Any:  # noqa: ANN401
    """A whole number as one: SOPS notes every number of a JSON file as a float."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value if isinstance(value, str | int | float | None) else time_text(value)


def _data_key(metadata: Metadata, identities: Sequence[Any], shown: str) -> bytes:
    if metadata.key_groups:
        hint = "keep it for sops itself, or encrypt it to one group of keys"
        raise InputError(
            shown, "its key is shared out over groups of keys", place="sops.key_groups", hint=hint
        )
    keys = metadata.age or ()
    if not keys:
        hint = "add an age recipient: sops rotate --in-place --add-age age1..."
        raise SourceError(
            shown, Reason.DENIED, "it has no age recipient, which alone samestack reads", hint=hint
        )
    for key in keys[:_MAX_KEYS]:
        try:
            found = opened(key.enc, identities, shown)
        except SourceError:
            continue
        if len(found) != KEY_BYTES:
            raise InputError(shown, "its data key is none", place="sops.age")
        return found
    hint = "ask somebody who can read it to add your recipient: sops rotate --in-place --add-age age1..."
    raise SourceError(shown, Reason.DENIED, "it is encrypted to others than your identities", hint=hint)


def _check_mac(metadata: Metadata, cipher: ValueCipher, digest: str, shown: str) -> None:
    if not is_sealed(metadata.mac):
        raise InputError(shown, "no MAC", place="sops.mac", hint="take the file back from version control")
    noted = str(cipher.opened(metadata.mac, metadata.lastmodified, "sops.mac"))
    if not hmac.compare_digest(noted.encode(), digest.encode()):
        hint = "take it back from version control, or see with sops itself what is wrong"
        raise InputError(shown, "it was altered: its MAC does not match", place="sops.mac", hint=hint)


def is_protected(node: object) -> bool:
    """Whether nothing of a node of the encrypted tree can be read without a key."""
    match node:
        case Mapping():
            return all(map(is_protected, node.values()))
        case list():
            return all(map(is_protected, node))
        case None | "":
            return True
        case _:
            return is_sealed(node)
