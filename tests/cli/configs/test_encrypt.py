"""``config encrypt``: variables into a profile's file."""

from pathlib import Path

import pytest

from tests.cli.configs.secret_actions import LONG_AGO, SecretProject
from tests.config.age.keys import Key, new_key

CANARY = "canary-9e3b77"


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> SecretProject:
    return SecretProject(tmp_path)


def test_a_dotenv_file(project: SecretProject) -> None:
    source = project.directory / "secrets.env"
    source.write_text(f"API_KEY='{CANARY}'\nexport database__url=\"a\\nb\" # why\n")
    ended = project.run("encrypt", "--profile", "production", "secrets.env")
    assert (ended.status, ended.output) == (
        0,
        f"{project.file('production')}: 2 added, 0 changed, 2 in all\n",
    )
    assert "secrets.env still has the values for all to read" in ended.messages
    assert project.secrets("production").values == {"API_KEY": CANARY, "DATABASE__URL": "a\nb"}
    assert CANARY.encode() not in project.file("production").read_bytes()
    assert CANARY not in f"{ended}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("secrets.toml", '[database]\nurl = "x"\nport = 5\nhosts = ["a"]\n'),
        ("secrets.yaml", "database:\n  url: x\n  port: 5\n  hosts: [a]\n"),
        ("secrets.json", '{"database": {"url": "x", "port": 5, "hosts": ["a"]}}'),
    ],
)
def test_a_document(project: SecretProject, name: str, text: str) -> None:
    (project.directory / name).write_text(text)
    assert project.run("encrypt", name).status == 0
    expected = {"DATABASE__URL": "x", "DATABASE__PORT": 5, "DATABASE__HOSTS": ["a"]}
    assert project.secrets("development").values == expected


def test_lines_of_a_pipe_are_taken_as_they_stand(project: SecretProject) -> None:
    lines = "# from the store\n\nAPI_KEY= a=\"b\" # $HOME 'c' \\n\r\napi-url=x\n"
    ended = project.run("encrypt", "--profile", "production", "-", stdin=lines)
    assert (ended.status, ended.messages) == (0, "")
    assert project.secrets("production").values == {"API_KEY": " a=\"b\" # $HOME 'c' \\n", "API_URL": "x"}


def test_existing_ones_stay_and_only_what_is_replaced_has_changed(project: SecretProject) -> None:
    project.put("development", {"A": "1", "B": "1"})
    before = project.secrets("development").variables
    ended = project.run("encrypt", "-", stdin="B=2\nA=1\nC=3\n")
    assert ended.output.endswith(": 1 added, 1 changed, 3 in all\n")
    after = project.secrets("development")
    assert after.values == {"A": "1", "B": "2", "C": "3"}
    assert after.variables["A"] == before["A"]
    assert after.variables["B"].changed > LONG_AGO


def test_a_new_identity_from_nothing_to_a_secret(project: SecretProject) -> None:
    ended = project.run("encrypt", "--generate-identity", SAMESTACK_AGE_IDENTITY="")
    recipient = ended.output.strip()
    path = project.home / ".config" / "samestack" / "age" / "identity.txt"
    assert ended.status == 0
    assert recipient.startswith("age1")
    assert f"the key is in {path}" in ended.messages
    assert "AGE-SECRET-KEY" not in f"{ended}"
    assert path.stat().st_mode & 0o777 == 0o600
    project.encrypt_to(Key("", recipient))
    for words in (("encrypt", "-"), ("rotate", "A")):
        assert project.run(*words, stdin=f"A={CANARY}", SAMESTACK_AGE_IDENTITY="").status == 0
    again = project.run("encrypt", "--generate-identity", SAMESTACK_AGE_IDENTITY="")
    assert (again.status, again.output) == (2, "")
    assert "is there already" in again.messages


@pytest.mark.parametrize(
    ("words", "stdin", "status", "message"),
    [
        (("encrypt",), "", 2, "nothing is named that could be encrypted"),
        (("encrypt", "-"), "", 2, "there is no variable in it"),
        (("encrypt", "-"), CANARY, 2, "standard input: line 1: not NAME=VALUE"),
        (("encrypt", "-"), f"A=1\nA={CANARY}", 2, "line 2: A a second time"),
        (("encrypt", "-"), "A=" + "x" * 600_000, 2, "more than the limit"),
        (("encrypt", "no.env"), "", 3, "no such file"),
        (("encrypt", "no.toml"), "", 3, "no such file"),
        (("encrypt", "--profile", "prodution", "-"), f"A={CANARY}", 2, "did you mean 'production'"),
        (("encrypt", "--profile", "../x", "-"), f"A={CANARY}", 2, "there is no profile"),
        (("encrypt", "--generate-identity", "a.env"), "", 2, "encrypts nothing"),
    ],
)
def test_what_cannot_be_is_said(
    project: SecretProject, words: tuple[str, ...], stdin: str, status: int, message: str
) -> None:
    ended = project.run(*words, stdin=stdin)
    assert (ended.status, ended.output) == (status, "")
    assert message in ended.messages
    assert CANARY not in ended.messages
    assert list((project.directory / "config").glob("*.age")) == []


def test_without_recipients_there_is_nobody_to_encrypt_to(project: SecretProject) -> None:
    project.encrypt_to()
    ended = project.run("encrypt", "-", stdin=f"A={CANARY}")
    assert (ended.status, CANARY in ended.messages) == (2, False)
    assert "--generate-identity" in ended.messages


def test_who_cannot_read_the_file_cannot_add_to_it(project: SecretProject) -> None:
    project.put("development", {"A": "1"})
    before = project.file("development").read_bytes()
    ended = project.run("encrypt", "-", stdin="B=1", SAMESTACK_AGE_IDENTITY=new_key().identity)
    assert ended.status == 3
    assert "encrypted to others than your identities" in ended.messages
    assert project.file("development").read_bytes() == before
