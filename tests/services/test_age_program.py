"""The real ``age`` reads what samestack encrypts, and samestack what ``age`` does."""

import json
import subprocess
from pathlib import Path

import pytest

from samestack.config.age.secret_document import replaced
from samestack.config.age.store import read_secrets
from tests.config.age.keys import new_key, store
from tests.services.requirement import require_program

pytestmark = pytest.mark.service

NOW = "2026-03-01T12:00:00Z"


def age(*words: str, program: str = "age", stdin: str = "") -> str:
    command = [str(require_program(program)), *words]
    return subprocess.run(command, input=stdin, check=True, capture_output=True, text=True).stdout


def test_age_reads_ours(tmp_path: Path) -> None:
    key, path, identity = new_key(), tmp_path / "production.secrets.age", tmp_path / "key.txt"
    store(path, key, new_key()).change(lambda secrets: replaced(secrets, {"API_KEY": "Grüß Gott"}, NOW))
    identity.write_text(f"{key.identity}\n")
    document = json.loads(age("--decrypt", "--identity", str(identity), str(path)))
    assert document["variables"] == {"API_KEY": {"value": "Grüß Gott", "changed": NOW}}


def test_we_read_what_age_encrypts_to_a_key_of_its_own(tmp_path: Path) -> None:
    identity, path = tmp_path / "key.txt", tmp_path / "production.secrets.age"
    age("-o", str(identity), program="age-keygen")
    recipient = age("-y", str(identity), program="age-keygen").strip()
    document = {"schema": "samestack/secrets/1", "variables": {"A": {"value": "1", "changed": NOW}}}
    path.write_text(age("--armor", "--recipient", recipient, stdin=json.dumps(document)))
    assert identity.stat().st_mode & 0o777 == 0o600
    found = read_secrets(path, "age:x", {"SAMESTACK_AGE_IDENTITY_FILE": str(identity)})
    assert found.values == {"A": "1"}
