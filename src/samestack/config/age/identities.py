"""The age identities that one has: private keys, from variables and from files that nobody else can read."""

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from samestack.errors import InputError
from samestack.libraries import library
from samestack.outside.local_file import read_local
from samestack.outside.source_error import Reason, SourceError

KEY_FILE: Final = "SAMESTACK_AGE_IDENTITY_FILE"
"""The variable that names one's key file."""
_KEYS: Final = ("SAMESTACK_AGE_IDENTITY", "SOPS_AGE_KEY")
_FILES: Final = (KEY_FILE, "SOPS_AGE_KEY_FILE")
_USUAL: Final = ("samestack/age/identity.txt", "sops/age/keys.txt")
_MISSING: Final = (
    "put your key in SAMESTACK_AGE_IDENTITY or its file's name in SAMESTACK_AGE_IDENTITY_FILE; "
    "a new one comes from: samestack config encrypt --generate-identity"
)


def identities(variables: Mapping[str, str], source: str) -> tuple[Any, ...]:
    """Every identity that there is, for pyrage; ``source`` names what they are wanted for.

    All that is set or at its usual place counts, as SOPS has it, too. :class:`SourceError` where there is
    none, or a key file cannot be read or could be by others; :class:`InputError` for what is no identity.
    """
    found = tuple(one for where, text in _texts(variables, source) for one in _parsed(text, where))
    if not found:
        raise SourceError(source, Reason.DENIED, "there is no age identity to read it with", hint=_MISSING)
    return found


def usual_key_file(variables: Mapping[str, str]) -> Path | None:
    """Where one's key file is or would be: as the variable says, else in the directory of one's settings."""
    if named := variables.get(KEY_FILE):
        return Path(named)
    directory = _settings_directory(variables)
    return directory / _USUAL[0] if directory else None


def _settings_directory(variables: Mapping[str, str]) -> Path | None:
    if directory := variables.get("XDG_CONFIG_HOME"):
        return Path(directory)
    return Path(home, ".config") if (home := variables.get("HOME")) else None


def _texts(variables: Mapping[str, str], source: str) -> Iterator[tuple[str, str]]:
    """Where each key stands, and its text."""
    for name in _KEYS:
        if text := variables.get(name):
            yield name, text
    for name in _FILES:
        if path := variables.get(name):
            yield path, _key_file(Path(path), source)
    if directory := _settings_directory(variables):
        for usual in (directory / name for name in _USUAL):
            if usual.is_file():
                yield str(usual), _key_file(usual, source)


def _key_file(path: Path, source: str) -> str:
    text = read_local(path, source, f"key file {path}")
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        raise SourceError(
            source,
            Reason.DENIED,
            f"the key file {path} is open to others than its owner",
            hint=f"run: chmod 600 {path}; if others could read it, make a new key",
        )
    return text


def _parsed(text: str, where: str) -> Iterator[Any]:
    pyrage = library("pyrage", "reading what age encrypted", extra="config")
    if text.lstrip().startswith("-----BEGIN"):
        yield _of_ssh(pyrage, text, where)
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield _of_line(pyrage, line.strip(), where, f"line {number}")


def _of_line(pyrage: Any, line: str, where: str, place: str) -> Any:  # noqa: ANN401 - the library comes late
    if line.startswith("AGE-PLUGIN-"):
        hint = "samestack starts no plug-in of age: use a key that begins with AGE-SECRET-KEY-1"
        raise InputError(where, "the identity of a plug-in", place=place, hint=hint)
    try:
        return pyrage.x25519.Identity.from_str(line)
    except pyrage.IdentityError:
        hint = "it begins with AGE-SECRET-KEY-1, as age-keygen writes it"
        raise InputError(where, "no age identity", place=place, hint=hint) from None


def _of_ssh(pyrage: Any, text: str, where: str) -> Any:  # noqa: ANN401
    try:
        return pyrage.ssh.Identity.from_buffer(text.encode() + b"\n" * (not text.endswith("\n")))
    except pyrage.IdentityError:
        hint = "an Ed25519 or RSA key without a passphrase, in OpenSSH's format"
        raise InputError(where, "no SSH key that age can use", hint=hint) from None
