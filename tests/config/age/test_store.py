"""An age file: read by those whom it is for, changed whole or not at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.config.age.identities import identities
from samestack.config.age.recipients import recipients_of
from samestack.config.age.sealing import opened, sealed
from samestack.config.age.secret_document import Secrets, replaced
from samestack.config.age.store import read_secrets
from samestack.errors import InputError, OutsideError, RequestError
from samestack.outside.source_error import Reason, SourceError
from tests.config.age.keys import Key, new_key, store

NOW = "2026-03-01T12:00:00Z"
KEY = new_key()
RECIPIENTS = recipients_of([KEY.recipient], "pyproject.toml")
IDENTITIES = identities(KEY.variables, "age:x")


def put(path: Path, values: dict[str, str], key: Key, *others: Key) -> Secrets:
    return store(path, key, *others).change(lambda secrets: replaced(secrets, values, NOW))[1]


@settings(max_examples=40)
@given(st.binary(max_size=4000))
def test_what_is_encrypted_is_decrypted(plain: bytes) -> None:
    text = sealed(plain, RECIPIENTS).decode()
    assert text.isascii()
    assert opened(text, IDENTITIES, "age:x") == plain


def test_every_recipient_can_read_and_nobody_else(tmp_path: Path) -> None:
    one, other, stranger = new_key(), new_key(), new_key()
    path = tmp_path / "config" / "production.secrets.age"
    put(path, {"API_KEY": "canary"}, one, other)
    assert b"canary" not in path.read_bytes()
    assert b"API_KEY" not in path.read_bytes()
    for key in (one, other):
        assert read_secrets(path, "age:x", key.variables).values == {"API_KEY": "canary"}
    with pytest.raises(SourceError, match="encrypted to others") as caught:
        read_secrets(path, "age:x", stranger.variables)
    assert caught.value.reason is Reason.DENIED
    assert "config rotate" in (caught.value.hint or "")


def test_what_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "production.secrets.age"
    put(path, {"A": "1"}, KEY)
    assert put(path, {"B": "2"}, KEY).values == {"A": "1", "B": "2"}
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "production.secrets.age"
    put(path, {"A": "1"}, KEY)
    before = path.read_bytes()
    put(path, {"A": "1"}, KEY)
    assert path.read_bytes() == before
    store(path, KEY).change(lambda secrets: secrets, always=True)
    assert path.read_bytes() != before


def test_who_is_removed_cannot_read_the_new_version(tmp_path: Path) -> None:
    path, leaver = tmp_path / "production.secrets.age", new_key()
    put(path, {"A": "1"}, KEY, leaver)
    before, after = store(path, KEY).change(lambda secrets: secrets)
    assert (len(before.recipients), len(after.recipients)) == (2, 1)
    with pytest.raises(SourceError):
        read_secrets(path, "age:x", leaver.variables)


def test_who_cannot_read_it_cannot_change_it(tmp_path: Path) -> None:
    path = tmp_path / "production.secrets.age"
    put(path, {"A": "1"}, KEY)
    before = path.read_bytes()
    with pytest.raises(SourceError):
        put(path, {"A": "2"}, new_key())
    assert path.read_bytes() == before


def outcome(path: Path) -> Secrets | Reason | None:
    """What is in a file, why it may not be read, or nothing where it is malformed."""
    try:
        return read_secrets(path, "age:x", KEY.variables)
    except SourceError as error:
        return error.reason
    except InputError:
        return None


def test_no_damage_goes_unnoticed(tmp_path: Path) -> None:
    path = tmp_path / "production.secrets.age"
    put(path, {"A": "1"}, KEY)
    whole = path.read_text()
    places = [place for place in range(0, len(whole), 7) if not whole[place].isspace()]
    damaged = [whole[:at] + ("A" if whole[at] != "A" else "B") + whole[at + 1 :] for at in places]
    for text in [*damaged, whole[:-60], whole[:100], "", whole.replace("BEGIN", "BEGUN")]:
        path.write_text(text)
        # Where the stanza of our key is damaged, it is nobody's.
        assert outcome(path) in {None, Reason.DENIED}
    path.write_text(whole.replace("\n", "\r\n"))
    assert isinstance(outcome(path), Secrets)


def test_what_is_too_large_is_neither_read_nor_written(tmp_path: Path) -> None:
    path = tmp_path / "production.secrets.age"
    with pytest.raises(RequestError, match="larger than"):
        put(path, {"A": "x" * 1_000_000}, KEY)
    assert not path.exists()
    path.write_text("-----BEGIN AGE ENCRYPTED FILE-----\n" + "x" * 2_000_000)
    with pytest.raises(InputError, match="larger than"):
        read_secrets(path, "age:x", KEY.variables)


def test_interrupted_between_writing_and_renaming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "production.secrets.age"
    put(path, {"A": "1"}, KEY)
    before = path.read_bytes()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            put(path, {"A": "2"}, KEY)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


WRITER = """
import sys
from pathlib import Path
from samestack.config.age.secret_document import replaced
from tests.config.age.keys import Key, store
path, key = Path(sys.argv[1]), Key(*sys.argv[2:4])
for count in range(10**9):
    new = {"A": f"{count}" * 2000}
    store(path, key).change(lambda secrets: replaced(secrets, new, "2026-03-01T12:00:00Z"))
    print(count, flush=True)
"""


def test_killed_at_any_moment_there_is_one_whole_version(tmp_path: Path) -> None:
    path = tmp_path / "production.secrets.age"
    put(path, {"A": "start"}, KEY)
    for attempt in range(6):
        command = [sys.executable, "-c", WRITER, str(path), *KEY]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline()  # it is at work
            time.sleep(0.003 * attempt)
            os.kill(process.pid, signal.SIGKILL)
        value = read_secrets(path, "age:x", KEY.variables).values["A"]
        assert len(value) % 2000 == 0


def test_two_who_write_do_not_lose_each_others_secrets(tmp_path: Path) -> None:
    path = tmp_path / "production.secrets.age"
    script = WRITER.replace("range(10**9)", "range(15)").replace('"A": f', 'f"{sys.argv[4]}{count}": f')
    commands = [[sys.executable, "-c", script, str(path), *KEY, name] for name in ("A", "B")]
    processes = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert len(read_secrets(path, "age:x", KEY.variables).variables) == 30


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    with pytest.raises(OutsideError, match="cannot be written"):
        put(tmp_path / "config" / "production.secrets.age", {"A": "1"}, KEY)
