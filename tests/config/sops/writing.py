"""Files as SOPS writes them, by its published format alone: nothing of samestack encrypts here.

The format is that of the specification in SOPS' README: a data key of 32 bytes, encrypted by age for each
recipient; every value AES-256-GCM with a nonce of 32 bytes and the path as additional data; a SHA-512 over
all values in order, encrypted with the time of the last change as additional data.
"""

import base64
import hashlib
import importlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import yaml
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

pyrage: Any = importlib.import_module("pyrage")  # it has no types

CHANGED: Final = "2026-02-03T04:05:06Z"
_KINDS: Final = {str: "str", bool: "bool", int: "int", float: "float"}


class SopsWriter:
    """Encrypts documents to recipients. ``plain`` are top-level keys that stay readable."""

    def __init__(
        self, recipients: Sequence[str], *, plain: Sequence[str] = (), mac_only_encrypted: bool = False
    ) -> None:
        self._recipients = recipients
        self._plain = plain
        self._mac_only_encrypted = mac_only_encrypted
        self.key = os.urandom(32)

    def yaml(self, document: Mapping[str, Any]) -> str:
        """As a YAML file."""
        return yaml.safe_dump(self.encrypted(document), sort_keys=False, allow_unicode=True)

    def json(self, document: Mapping[str, Any]) -> str:
        """As a JSON file."""
        return json.dumps(self.encrypted(document), indent="\t")

    def env(self, document: Mapping[str, str]) -> str:
        """As a .env file, whose notes are lines of their own."""
        encrypted = self.encrypted(document)
        notes: dict[str, Any] = encrypted.pop("sops")
        ages = notes.pop("age")
        lines = [
            *encrypted.items(),
            *((f"sops_{name}", str(note).lower() if note is True else note) for name, note in notes.items()),
        ]
        for index, age in enumerate(ages):
            lines += [(f"sops_age__list_{index}__map_{name}", text) for name, text in age.items()]
        return "".join(f"{name}={value}\n".replace("\n", "\\n")[:-2] + "\n" for name, value in lines)

    def encrypted(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """The document with its values encrypted, and SOPS' notes."""
        tree = {key: self._node(value, (key,)) for key, value in document.items()}
        notes = {
            "age": [self._age(recipient) for recipient in self._recipients],
            "lastmodified": CHANGED,
            "mac": self.sealed(self._digest(document), CHANGED),
            "unencrypted_suffix": "_unencrypted",
            "version": "3.9.0",
            **({"mac_only_encrypted": True} if self._mac_only_encrypted else {}),
        }
        return {**tree, "sops": notes}

    def sealed(self, value: Any, bound_to: str) -> str:
        """One value: ``ENC[...]``."""
        nonce = os.urandom(32)
        sealed = AESGCM(self.key).encrypt(nonce, _text(value).encode(), bound_to.encode())
        parts = (base64.b64encode(part).decode() for part in (sealed[:-16], nonce, sealed[-16:]))
        return "ENC[AES256_GCM,data:{},iv:{},tag:{},type:{}]".format(*parts, _KINDS[type(value)])

    def _node(self, node: Any, path: tuple[str, ...]) -> Any:
        if isinstance(node, dict):
            return {key: self._node(value, (*path, key)) for key, value in node.items()}
        if isinstance(node, list):
            return [self._node(item, path) for item in node]
        is_plain = node is None or node == "" or path[0] in self._plain
        return node if is_plain else self.sealed(node, "".join(f"{key}:" for key in path))

    def _age(self, recipient: str) -> dict[str, str]:
        public = pyrage.x25519.Recipient.from_str(recipient)
        return {"recipient": recipient, "enc": pyrage.encrypt(self.key, [public], armored=True).decode()}

    def _digest(self, document: Mapping[str, Any]) -> str:
        begun = hashlib.sha256(b"sops").digest() if self._mac_only_encrypted else b""
        values = (
            _text(value)
            for key, top in document.items()
            if not (self._mac_only_encrypted and key in self._plain)
            for value in _scalars(top)
        )
        return hashlib.sha512(begun + "".join(values).encode()).hexdigest().upper()


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, dict | list):
        for inner in node.values() if isinstance(node, dict) else node:
            yield from _scalars(inner)
    elif node is not None:
        yield node


def _text(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)
