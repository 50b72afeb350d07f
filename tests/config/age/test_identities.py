"""Whose key is used, and which key files are not."""

import os
import subprocess
from pathlib import Path

import pytest

from samestack.config.age.generating import generate_identity
from samestack.config.age.identities import identities, usual_key_file
from samestack.config.age.recipients import recipients_of
from samestack.config.age.sealing import opened, sealed
from samestack.errors import InputError, RequestError, SamestackError
from samestack.outside.source_error import Reason, SourceError
from tests.config.age.keys import Key, new_key
from tests.config.age.moments import NOW


def key_file(path: Path, key: Key, mode: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# created: today\n# public key: {key.recipient}\n\n{key.identity}\n")
    path.chmod(mode)
    return path


def can_read(variables: dict[str, str], key: Key) -> bool:
    data = sealed(b"x", recipients_of([key.recipient], "pyproject.toml"))
    return opened(data.decode(), identities(variables, "age:x"), "age:x") == b"x"


@pytest.mark.parametrize("variable", ["SAMESTACK_AGE_IDENTITY", "SOPS_AGE_KEY"])
def test_a_key_in_a_variable(variable: str) -> None:
    key = new_key()
    assert can_read({variable: f"# mine\n{key.identity}\n"}, key)


@pytest.mark.parametrize("variable", ["SAMESTACK_AGE_IDENTITY_FILE", "SOPS_AGE_KEY_FILE"])
def test_a_key_in_a_file_that_a_variable_names(variable: str, tmp_path: Path) -> None:
    key = new_key()
    assert can_read({variable: str(key_file(tmp_path / "key.txt", key))}, key)


@pytest.mark.parametrize("place", ["samestack/age/identity.txt", "sops/age/keys.txt"])
def test_a_key_at_its_usual_place(place: str, tmp_path: Path) -> None:
    key = new_key()
    key_file(tmp_path / ".config" / place, key)
    assert can_read({"HOME": str(tmp_path)}, key)
    assert can_read({"HOME": "/nowhere", "XDG_CONFIG_HOME": str(tmp_path / ".config")}, key)


def test_all_keys_count(tmp_path: Path) -> None:
    first, second, third = new_key(), new_key(), new_key()
    both = {
        "SAMESTACK_AGE_IDENTITY": f"{first.identity}\n{second.identity}\n",
        "SOPS_AGE_KEY_FILE": str(key_file(tmp_path / "key.txt", third)),
    }
    assert all(can_read(both, key) for key in (first, second, third))


def test_without_a_key_the_remedy_is_said() -> None:
    with pytest.raises(SourceError, match="there is no age identity") as caught:
        identities({"HOME": "/nowhere"}, "age:x")
    assert caught.value.reason is Reason.DENIED
    assert "--generate-identity" in (caught.value.hint or "")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_file_that_is_open_to_others_is_refused(mode: int, tmp_path: Path) -> None:
    path = key_file(tmp_path / "key.txt", new_key(), mode)
    with pytest.raises(SourceError, match="open to others") as caught:
        identities({"SAMESTACK_AGE_IDENTITY_FILE": str(path)}, "age:x")
    assert caught.value.reason is Reason.DENIED
    assert f"chmod 600 {path}" in (caught.value.hint or "")


def test_a_key_file_that_is_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file") as caught:
        identities({"SAMESTACK_AGE_IDENTITY_FILE": str(tmp_path / "none")}, "age:x")
    assert caught.value.reason is Reason.MISSING


def test_no_pipe_is_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(InputError, match="not a regular file"):
        identities({"SAMESTACK_AGE_IDENTITY_FILE": str(tmp_path / "pipe")}, "age:x")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("AGE-SECRET-KEY-1CANARY", "line 1: no age identity"),
        ("# mine\ncanary", "line 2: no age identity"),
        ("AGE-PLUGIN-CANARY-1QQQQ", "the identity of a plug-in"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\ncanary\n", "no SSH key"),
    ],
)
def test_what_is_no_key_is_not_shown(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        identities({"SAMESTACK_AGE_IDENTITY": text}, "age:x")
    assert "canary" not in f"{caught.value.message} {caught.value.hint}".lower()


def test_an_ssh_key_is_an_identity_too(tmp_path: Path) -> None:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(tmp_path / "id")]
    try:
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        pytest.skip("there is no ssh-keygen")
    key = Key("", (tmp_path / "id.pub").read_text().strip())
    assert can_read({"SAMESTACK_AGE_IDENTITY_FILE": str(tmp_path / "id")}, key)


def test_a_new_key_is_for_its_owner_alone_and_works(tmp_path: Path) -> None:
    path = tmp_path / "samestack" / "age" / "identity.txt"
    recipient = generate_identity(path, NOW)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.read_text().startswith(f"# created: 2026-03-01T12:00:00Z\n# public key: {recipient}\nAGE-SEC")
    assert can_read({"SAMESTACK_AGE_IDENTITY_FILE": str(path)}, Key("", recipient))


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    path = key_file(tmp_path / "key.txt", new_key())
    before = path.read_bytes()
    with pytest.raises(RequestError, match="is there already"):
        generate_identity(path, NOW)
    assert path.read_bytes() == before


def test_where_a_new_key_goes() -> None:
    assert usual_key_file({"HOME": "/home/a"}) == Path("/home/a/.config/samestack/age/identity.txt")
    assert usual_key_file({"HOME": "/home/a", "XDG_CONFIG_HOME": "/c"}) == Path(
        "/c/samestack/age/identity.txt"
    )
    assert usual_key_file({"HOME": "/home/a", "SAMESTACK_AGE_IDENTITY_FILE": "/k"}) == Path("/k")
    assert usual_key_file({}) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("age1canary", "age-recipients[0]: no age recipient"),
        ("ssh-ed25519 canary", "age-recipients[0]: no age recipient"),
        ("AGE-SECRET-KEY-1CANARY", "age-recipients[0]: this is a private key"),
    ],
)
def test_what_is_no_recipient_is_named_by_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        recipients_of([text], "pyproject.toml")
    assert message in caught.value.message
    assert "canary" not in f"{caught.value.message} {caught.value.hint}".lower()


def test_nobody_to_encrypt_to() -> None:
    with pytest.raises(SamestackError, match="nobody to encrypt to"):
        recipients_of([], "pyproject.toml")
