"""A project in a directory aside."""

from pathlib import Path

import pytest

from samestack.lock.poetry.aside import as_in_project, aside, names_paths

PLAIN = {"project": {"dependencies": ["click>=8", "thing @ https://host.example/thing.whl"]}}


@pytest.mark.parametrize(
    "text",
    [
        "a @ file:///srv/a.whl",
        "a @ ../a",
        "a @ ./a",
        "a @ /srv/a",
        "a @ wheels/a.whl",
        "a @ a-1.0-py3-none-any.whl",
    ],
)
def test_addresses_that_are_paths(text: str) -> None:
    assert names_paths({"project": {"dependencies": [text]}})


def test_tables_that_name_paths() -> None:
    assert not names_paths(PLAIN)
    assert names_paths({"tool": {"poetry": {"dependencies": {"a": {"path": "../a"}}}}})
    assert names_paths({"tool": {"poetry": {"group": {"dev": {"dependencies": {"a": [{"file": "a.whl"}]}}}}}})


def project(directory: Path, manifest: str) -> Path:
    directory.mkdir()
    (directory / "pyproject.toml").write_text(manifest)
    (directory / "poetry.lock").write_text("old")
    (directory / "src").mkdir()
    (directory / "src" / "code.py").write_text("kept")
    return directory


def test_what_is_written_aside_stays_aside(tmp_path: Path) -> None:
    own = project(tmp_path / "own", "[project]\n")
    with aside(own, own / "poetry.lock") as place:
        assert place.parent != tmp_path
        assert (place / "src" / "code.py").read_text() == "kept"
        (place / "poetry.lock").write_text("new")
        (place / "pyproject.toml").write_text("changed")
    assert not place.exists()
    assert (own / "poetry.lock").read_text() == "old"
    assert (own / "pyproject.toml").read_text() == "[project]\n"
    assert (own / "src" / "code.py").read_text() == "kept"


def test_with_paths_it_stands_beside_the_project(tmp_path: Path) -> None:
    own = project(tmp_path / "own", '[tool.poetry.dependencies]\na = { path = "../a" }\n')
    with aside(own, own / "missing.lock") as place:
        assert place.parent == tmp_path
        assert not (place / "poetry.lock").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_it_is_gone_after_an_error(tmp_path: Path) -> None:
    own = project(tmp_path / "own", '[tool.poetry.dependencies]\na = { path = "../a" }\n')
    with pytest.raises(KeyboardInterrupt), aside(own, own / "poetry.lock"):
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_paths_and_addresses_of_a_lock(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    lines = ["../own", "../own/inner", "../owner", "../lib", "https://sarah:hunter2@host.example/simple"]
    text = "".join(f'url = "{line}"\n' for line in lines)
    expected = [".", "inner", "../owner", "../lib", "https://host.example/simple"]
    assert as_in_project(text, own) == "".join(f'url = "{line}"\n' for line in expected)
