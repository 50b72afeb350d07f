"""Who we are to a registry, as ``docker login`` left it: ``config.json``, and the programs that it names."""

import base64
import binascii
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field

from samestack.errors import InputError
from samestack.oci.registry.hosts import RegistryHost

_MAX_BYTES: Final = 1 << 20
_HINT: Final = "docker login writes it anew"


class Credential(Struct, frozen=True, kw_only=True):
    """A user and a password, or a token that stands for both. It never shows what it holds."""

    user: str = ""
    password: str = ""
    identity_token: str = ""
    """What is exchanged for access tokens (OAuth 2), instead of a password."""

    @property
    def basic(self) -> str:
        """The value of a header ``Authorization``."""
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()

    @property
    def secrets(self) -> frozenset[str]:
        """What must not be shown to anybody, in every form in which it is sent."""
        encoded = self.basic.partition(" ")[2] if self.password else ""
        return frozenset({self.password, self.identity_token, encoded} - {""})

    def __repr__(self) -> str:
        return "Credential(...)"


def credential_of(host: RegistryHost) -> Credential | None:
    """The credential for a registry, from ``DOCKER_CONFIG`` or ``~/.docker``; ``None`` where there is none.

    A helper of the registry's own is asked first, then the store, then the file itself. :class:`InputError`
    when the file is malformed.
    """
    file = _place()
    config = _read(file)
    for key in host.credential_keys:
        if found := _of_helper(config, key) or _of_file(config, key, file):
            return found
    return None


class _Entry(Struct, frozen=True):
    auth: str = ""
    username: str = ""
    password: str = ""
    identity_token: str = field(default="", name="identitytoken")


class _Config(Struct, frozen=True, rename="camel"):
    auths: Mapping[str, _Entry] = field(default_factory=dict)
    creds_store: str = ""
    cred_helpers: Mapping[str, str] = field(default_factory=dict)


def _place() -> Path:
    said = os.environ.get("DOCKER_CONFIG", "")
    return (Path(said) if said else Path("~/.docker").expanduser()) / "config.json"


def _read(file: Path) -> _Config:
    try:
        with file.open("rb") as stream:
            return msgspec.json.decode(stream.read(_MAX_BYTES), type=_Config)
    except (FileNotFoundError, NotADirectoryError):
        return _Config()
    except OSError as error:
        raise InputError(str(file), f"it cannot be read: {error.strerror}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(str(file), f"it is no configuration of Docker: {error}", hint=_HINT) from None


def _of_helper(config: _Config, key: str) -> Credential | None:
    from samestack.oci.registry.credential_helpers import credential_from

    helper = config.cred_helpers.get(key) or config.creds_store
    return credential_from(helper, key) if helper else None


def _of_file(config: _Config, key: str, file: Path) -> Credential | None:
    entry = next((one for said, one in config.auths.items() if _host_in(said) == _host_in(key)), None)
    if entry is None or entry == _Entry():
        return None
    user, password = _decoded(entry.auth, file) if entry.auth else (entry.username, entry.password)
    return Credential(user=user, password=password, identity_token=entry.identity_token)


def _host_in(key: str) -> str:
    """Older clients wrote the address of an API where newer ones write the host."""
    return key.partition("://")[2].partition("/")[0] if "://" in key else key.rstrip("/")


def _decoded(auth: str, file: Path) -> tuple[str, str]:
    try:
        user, _, password = base64.b64decode(auth, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise InputError(str(file), "its credentials are not in base64", place="auths", hint=_HINT) from None
    return user, password.rstrip("\0")
