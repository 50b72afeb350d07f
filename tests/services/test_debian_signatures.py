"""Signatures as the archive makes them: by a key of the test's own, checked by the machine's gpgv."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.errors import InputError, OutsideError
from samestack.image.debian.index import find_suites
from samestack.image.debian.mirror import machine_mirror
from samestack.image.debian.signatures import checked
from samestack.process import run
from tests.services.requirement import require_program, unavailable

pytestmark = pytest.mark.service

TEXT = "Origin: Debian\nSuite: bookworm\n"


class Signer:
    """A key, and the file that it is known by."""

    def __init__(self, home: Path, name: str) -> None:
        self.keyring = home / f"{name}.gpg"
        self._home = home
        self._name = name
        parameters = ["--passphrase", "", "--quick-generate-key", f"{name} <{name}@example.com>", "ed25519"]
        self._gpg(*parameters, "sign", "never")
        self._gpg("--output", str(self.keyring), "--export", f"{name}@example.com")

    def sign(self, text: str) -> bytes:
        message, signed = self._home / "message", self._home / "signed"
        message.write_text(text)
        signed.unlink(missing_ok=True)
        self._gpg(
            "--local-user", f"{self._name}@example.com", "--output", str(signed), "--clear-sign", str(message)
        )
        return signed.read_bytes()

    def _gpg(self, *words: str) -> None:
        program = require_program("gpg")
        run([program, "--homedir", self._home, "--batch", "--pinentry-mode", "loopback", *words], timeout=60)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A directory of gpg's, with a short path since sockets stand in it."""
    require_program("gpgv")
    path = Path(tempfile.mkdtemp(prefix="ss-gpg-", dir="/tmp"))
    path.chmod(0o700)
    yield path
    if shutil.which("gpgconf"):
        run(["gpgconf", "--homedir", path, "--kill", "all"], check=False)
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def archive(home: Path) -> Signer:
    return Signer(home, "archive")


@pytest.fixture(scope="module")
def somebody(home: Path) -> Signer:
    return Signer(home, "somebody")


def test_what_a_known_key_signed_is_given_with_its_name(archive: Signer) -> None:
    signed = checked(archive.sign(TEXT), archive.keyring, where="InRelease")
    assert (signed.text, signed.unchecked) == (TEXT, "")
    assert signed.signer == "archive <archive@example.com>"


def test_an_altered_text_is_refused(archive: Signer) -> None:
    altered = archive.sign(TEXT).replace(b"bookworm", b"buster")
    with pytest.raises(InputError, match=r"InRelease: its signature is false"):
        checked(altered, archive.keyring, where="InRelease")


def test_what_another_key_signed_is_refused(archive: Signer, somebody: Signer) -> None:
    with pytest.raises(InputError, match=r"no key in .*archive\.gpg signed it"):
        checked(somebody.sign(TEXT), archive.keyring, where="InRelease")


def test_what_nobody_signed_is_refused(archive: Signer) -> None:
    with pytest.raises(InputError, match=r"no key in"):
        checked(TEXT.encode(), archive.keyring, where="InRelease")


def test_what_stands_around_the_signed_text_is_not_believed(archive: Signer) -> None:
    data = b"Origin: Somebody\n" + archive.sign(TEXT) + b"Origin: Somebody\n"
    assert checked(data, archive.keyring, where="InRelease").text == TEXT


def test_the_keys_of_this_machine_signed_what_its_mirror_has() -> None:
    try:
        found = find_suites(machine_mirror(os.environ), "bookworm")
    except OutsideError as error:
        unavailable(f"no mirror of Debian can be had: {error.message}")
    assert {one.release.codename for one in found} >= {"bookworm"}
    assert all("Debian" in one.release.signed.signer for one in found if not one.release.signed.unchecked)
