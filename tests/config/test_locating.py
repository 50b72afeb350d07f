"""The file and line of a value."""

from pathlib import Path

import pytest

from samestack.config.locating import located

TEXTS = {
    "a.toml": '# no key\n[database]\nurl = "x"\n',
    "a.yaml": "database:\n  url: x\n",
    "a.json": '{\n\t"database": {\n\t\t"url": "x"\n}}\n',
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_key_of_a_document(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXTS[name])
    found = located(name, "database.url", tmp_path)
    assert found is not None
    assert (found.path, found.line) == (tmp_path / name, {"a.toml": 3, "a.yaml": 2, "a.json": 3}[name])


def test_a_line_that_the_source_tells_itself(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\n")
    found = located(".env", "line 12", tmp_path)
    assert found is not None
    assert found.line == 12


@pytest.mark.parametrize("place", ["", "no.such.key", "database.url.deeper"])
def test_a_file_without_a_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "a.toml").write_text(TEXTS["a.toml"])
    found = located("a.toml", place, tmp_path)
    assert found is not None
    assert found.line == 0


@pytest.mark.parametrize("text", [b"\xff\xfe", b"= = =", b"x" * (1024 * 1024 + 1)])
def test_a_file_that_cannot_be_read_has_no_line(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "a.toml").write_bytes(text)
    found = located("a.toml", "database.url", tmp_path)
    assert found is not None
    assert found.line == 0


def test_the_kind_may_stand_before_the_path(tmp_path: Path) -> None:
    (tmp_path / "secrets.age").write_text("x")
    found = located("age:secrets.age", "API_KEY", tmp_path)
    assert found is not None
    assert found.path == tmp_path / "secrets.age"


@pytest.mark.parametrize(
    "source", ["process environment", "vault:secret/helpdesk", "", "a\0b", "directory:."]
)
def test_what_is_no_file_is_nowhere(tmp_path: Path, source: str) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/helpdesk").write_text("a file that is called like a place in Vault")
    assert located(source, "line 3", tmp_path) is None


def test_a_declaration_in_the_manifest(tmp_path: Path) -> None:
    text = "[project]\nname = 'a'\n[tool.samestack.config.fields]\nA = {}\nMAX_WORKERS = {default = 2}\n"
    (tmp_path / "pyproject.toml").write_text(text)
    found = located("pyproject.toml", "MAX_WORKERS", tmp_path)
    assert found is not None
    assert found.line == 5
