"""Intents that are signed by ssh-keygen, and those that are not."""

import shutil
from pathlib import Path

import msgspec
import pytest

from samestack.deploy.author import author, email_of
from samestack.deploy.entry import Entry, Outcome
from samestack.deploy.history import read_history
from samestack.deploy.journal import held_journal
from samestack.deploy.signing import NAMESPACE, signature_faults, signed
from samestack.errors import OutsideError, RequestError
from samestack.process import run

ADA = "Ada Lovelace <ada@example.com>"
INTENT = Entry(
    schema="samestack/deployment/1",
    promotion="1" * 32,
    environment="staging",
    outcome=Outcome.INTENDED,
    digest=f"sha256:{'a' * 64}",
    who=ADA,
    when="2026-11-25T13:36:52Z",
)
ENDED = msgspec.structs.replace(INTENT, outcome=Outcome.APPLIED)


def make_key(path: Path, passphrase: str = "") -> Path:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("there is no ssh-keygen")
    run(["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "", "-f", path])
    return path


def signers(key: Path, *, options: str = "") -> Path:
    file = key.with_name("allowed_signers")
    public = key.with_name(f"{key.name}.pub").read_text()
    file.write_text(f'ada@example.com namespaces="{NAMESPACE}"{options} {public}')
    return file


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return make_key(tmp_path / "id")


def test_a_signature_is_good_for_what_it_signs_alone(tmp_path: Path, key: Path) -> None:
    with held_journal(tmp_path, "staging", ADA, "now") as journal:
        journal.append(signed(journal.chained(INTENT), key))
        journal.append(ENDED)
        second = msgspec.structs.replace(INTENT, promotion="2" * 32)
        stolen = journal.history.entries[0].signature
        journal.append(msgspec.structs.replace(second, signature=stolen))
    faults = signature_faults(read_history(tmp_path, "staging"), signers(key))
    assert [one.partition("jsonl: ")[2] for one in faults] == [
        "line 3: its signature is not one of ada@example.com"
    ]


def test_a_key_that_is_not_allowed_then(tmp_path: Path, key: Path) -> None:
    with held_journal(tmp_path, "staging", ADA, "now") as journal:
        journal.append(signed(journal.chained(INTENT), key))
    history = read_history(tmp_path, "staging")
    assert signature_faults(history, signers(key, options=',valid-before="20270101"')) == ()
    assert len(signature_faults(history, signers(key, options=',valid-before="20260101"'))) == 1
    assert len(signature_faults(history, signers(make_key(tmp_path / "another")))) == 1


def test_after_a_signed_intent_all_are_to_be(tmp_path: Path, key: Path) -> None:
    with held_journal(tmp_path, "staging", ADA, "now") as journal:
        journal.append(INTENT)
        journal.append(ENDED)
        for number, sign in (("2", True), ("3", False)):
            intent = msgspec.structs.replace(INTENT, promotion=number * 32)
            chained = journal.chained(intent)
            journal.append(signed(chained, key) if sign else chained)
            journal.append(msgspec.structs.replace(intent, outcome=Outcome.APPLIED))
    (fault,) = signature_faults(read_history(tmp_path, "staging"), signers(key))
    assert fault.endswith("line 5: the intent is not signed, and earlier ones are")


def test_a_key_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no such key"):
        signed(INTENT, tmp_path / "nothing")
    locked = make_key(tmp_path / "locked", "a passphrase")
    with pytest.raises(OutsideError, match="could not sign with it") as caught:
        signed(INTENT, locked)
    assert "ssh-add" in str(caught.value.hint)


def test_who_is_as_git_says_or_the_login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ada Lovelace\n\temail = ada@example.com\n")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert author(tmp_path) == ADA
    assert email_of(ADA) == "ada@example.com"
    settings.write_text("")
    monkeypatch.setenv("LOGNAME", "ada")
    assert author(tmp_path).startswith("ada@")
