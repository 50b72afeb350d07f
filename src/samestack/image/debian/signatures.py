"""Whether the archive's keys signed what it says, by ``gpgv``, as apt asks it."""

import shutil
import tempfile
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.errors import InputError
from samestack.process import run

_BEGINNING: Final = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE: Final = "-----BEGIN PGP SIGNATURE-----"
_SECONDS: Final = 60
_HINT: Final = "the mirror is broken or somebody alters it: use another, or update the archive's keyring"


class Signed(Struct, frozen=True, kw_only=True):
    """A text that was signed."""

    text: str
    signer: str = ""
    """Who signed it, by name; empty where nobody could check it."""
    unchecked: str = ""
    """Why nobody could."""


def checked(data: bytes, keyring: Path | None, *, where: str) -> Signed:
    """The text in a clear-signed message; :class:`InputError` where its signature does not hold.

    Without ``gpgv`` or a keyring the text is given as it is, and says so.
    """
    program = shutil.which("gpgv")
    if program is None:
        return Signed(text=_plain(data, where), unchecked="gpgv is not installed")
    if keyring is None or not keyring.is_file():
        return Signed(text=_plain(data, where), unchecked="this machine has no keyring of Debian's archive")
    with tempfile.TemporaryDirectory(prefix="samestack-debian-") as directory:
        return _verified(data, program, keyring, Path(directory), where)


def _verified(data: bytes, program: str, keyring: Path, directory: Path, where: str) -> Signed:
    signed, text = directory / "signed", directory / "text"
    signed.write_bytes(data)
    command: list[str | Path] = [
        program,
        "--status-fd",
        "1",
        "--keyring",
        keyring.absolute(),
        "--output",
        text,
        signed,
    ]
    said = run(command, check=False, timeout=_SECONDS, environment={"LC_ALL": "C.UTF-8"}).output
    good, bad = _signers(said, "GOODSIG"), _signers(said, "BADSIG")
    # gpgv's status is not 0 as soon as one of several keys is not known here; apt goes by one that is.
    if bad or not good:
        why = "its signature is false" if bad else f"no key in {keyring} signed it"
        raise InputError(where, why, hint=_HINT)
    return Signed(text=text.read_bytes().decode("utf-8", "replace"), signer=good[0])


def _signers(said: str, word: str) -> list[str]:
    start = f"[GNUPG:] {word} "
    found = (line.removeprefix(start) for line in said.splitlines() if line.startswith(start))
    return [line.partition(" ")[2] for line in found]


def _plain(data: bytes, where: str) -> str:
    """The text between the marks; lines that begin with a dash were given another one (RFC 9580, 7.2)."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    start, found, rest = text.partition(_BEGINNING)
    if not found or start.strip():
        raise InputError(where, "it is no signed message")
    body = rest.partition("\n\n")[2].partition(f"\n{_SIGNATURE}")[0]
    return "".join(f"{line.removeprefix('- ')}\n" for line in body.split("\n"))
