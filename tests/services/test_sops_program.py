"""What the real ``sops`` encrypts, samestack reads: every format, type and rule that it has."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.errors import InputError
from tests.config.age.keys import new_key
from tests.config.sops.writing import SopsWriter
from tests.services.requirement import require_program

pytestmark = pytest.mark.service

KEY = new_key()
SECRETS: Final = """\
# of everything
api_key: s3cret # here
empty: ""
database:
    # inner
    url: postgresql://app@db:5432/app
    port: 5432
    ratio: 1.50
    small: 1.5e-7
    big: 1e22
    tls: true
    when: 2026-01-02T03:04:05.120+02:00
    day: 2026-01-02
    none: null
    octal: 0123
    hexadecimal: 0x1F
    wide: 1_000
    word: yes
    number: "83"
hosts:
    - a
    - b: 1
      c: [x, 2, false]
    - 0.1
text: |
    Grüß Gott
      und so on
nothing: {}
none: []
"""
VALUES: Final = {
    "API_KEY": "s3cret",
    "EMPTY": "",
    "DATABASE__URL": "postgresql://app@db:5432/app",
    "DATABASE__PORT": 5432,
    "DATABASE__RATIO": 1.5,
    "DATABASE__SMALL": 1.5e-7,
    "DATABASE__BIG": 1e22,
    "DATABASE__TLS": True,
    "DATABASE__WHEN": "2026-01-02T03:04:05.12+02:00",
    "DATABASE__DAY": "2026-01-02T00:00:00Z",
    "DATABASE__NONE": None,
    "DATABASE__OCTAL": 83,
    "DATABASE__HEXADECIMAL": 31,
    "DATABASE__WIDE": 1000,
    "DATABASE__WORD": "yes",
    "DATABASE__NUMBER": "83",
    "HOSTS": ["a", {"b": 1, "c": ["x", 2, False]}, 0.1],
    "TEXT": "Grüß Gott\n  und so on\n",
    "NONE": [],
}
RULES: Final = {
    "all": {},
    "some": {"encrypted_regex": "^(api_key|url|c)$"},
    "none but some": {"encrypted_suffix": "_key"},
    "some in plain": {"unencrypted_regex": "^(database|text)$"},
    "the MAC over some": {"encrypted_regex": "^(api_key|url|c)$", "mac_only_encrypted": True},
}

Sops = Callable[..., str]


@pytest.fixture(name="sops")
def _sops(tmp_path: Path) -> Sops:
    """The program, with the key of tests; on the path, or beside this Python."""
    beside = Path(sys.executable).with_name("sops")
    program = beside if beside.exists() else require_program("sops")
    environment = {**os.environ, "SOPS_AGE_KEY": KEY.identity, "HOME": str(tmp_path)}

    def run(*words: str) -> str:
        command = [str(program), "--disable-version-check", *words]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
        ).stdout

    return run


def rule(directory: Path, **settings: object) -> None:
    """Make these the settings of what is encrypted here."""
    written = json.dumps({"creation_rules": [{"age": KEY.recipient, **settings}]})
    (directory / ".sops.yaml").write_text(written)


def read(text: str, name: str, directory: Path) -> dict[str, Any]:
    (directory / name).write_text(text)
    question = Question(locator=name, project=directory, profile="test", variables=KEY.variables)
    return {entry.name: entry.value for entry in source_kind("sops").read(question)}


@pytest.mark.parametrize("ending", ["yaml", "json"])
@pytest.mark.parametrize("settings", RULES.values(), ids=RULES)
def test_documents(settings: Mapping[str, object], ending: str, tmp_path: Path, sops: Sops) -> None:
    rule(tmp_path, **settings)
    (tmp_path / "plain.yaml").write_text(SECRETS)
    text = sops("encrypt", "--output-type", ending, "plain.yaml")
    assert ("s3cret" in text) is False
    assert read(text, f"x.{ending}", tmp_path) == VALUES


@pytest.mark.parametrize(
    "settings", [{}, {"encrypted_regex": "^A"}, {"encrypted_regex": "^A", "mac_only_encrypted": True}]
)
def test_env(settings: Mapping[str, object], tmp_path: Path, sops: Sops) -> None:
    rule(tmp_path, **settings)
    (tmp_path / "plain.env").write_text('# why\nAPI_KEY=s3cret\nURL=a=b\nEMPTY=\nQUOTED="x"\nLINES=a\\nb\n')
    expected = {"API_KEY": "s3cret", "URL": "a=b", "EMPTY": "", "QUOTED": '"x"', "LINES": "a\nb"}
    assert read(sops("encrypt", "plain.env"), "x.env", tmp_path) == expected


def test_what_sops_refuses_is_refused(tmp_path: Path, sops: Sops) -> None:
    rule(tmp_path, encrypted_regex="^api_key$")
    (tmp_path / "plain.yaml").write_text("api_key: s3cret\nlevel: INFO\n")
    text = sops("encrypt", "plain.yaml").replace("INFO", "DEBUG")
    with pytest.raises(InputError, match="its MAC does not match"):
        read(text, "x.yaml", tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        sops("decrypt", "x.yaml")


@pytest.mark.parametrize("ending", ["yaml", "json", "env"])
def test_the_tests_own_writer_writes_what_sops_reads(ending: str, tmp_path: Path, sops: Sops) -> None:
    """So that the vectors of ``tests/config/sops`` are SOPS files, where this program is missing, too."""
    document = {"api_key": "s3cret", "greeting": "Grüß Gott\nund so on", "empty": "", "plain": "INFO"}
    writer = SopsWriter([KEY.recipient])
    text: str = getattr(writer, ending)(document)
    (tmp_path / f"x.{ending}").write_text(text)
    assert json.loads(sops("decrypt", "--output-type", "json", f"x.{ending}")) == document
