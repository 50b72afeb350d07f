"""``samestack config init``: what it prints, and what it leaves alone."""

from pathlib import Path

import pytest

from samestack.cli.main import main
from tests.cli.configs.helpdesk import write


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    write(
        tmp_path,
        {
            "pyproject.toml": '[project]\nname = "x"\n',
            "app.py": 'import os\nint(os.environ["MAX_WORKERS"])\nos.environ.get("API_KEY", "canary")\n',
        },
    )
    return tmp_path


def test_what_is_declared_is_told(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "init", "--project", str(directory)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "API_KEY      string, secret  app.py:3",
        "MAX_WORKERS  integer, required  app.py:2",
        "pyproject.toml was changed",
        "config/base.toml was written",
        "config/development.toml was written",
        "config/production.toml was written",
        ".gitignore was written",
        "? app.py:3: the secret API_KEY has a default in the code",
    ]


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", "init", "--dry-run", "--project", str(directory)]) == 0
    said = capsys.readouterr().out
    assert "pyproject.toml would be changed\n" in said
    assert '  +MAX_WORKERS = { type = "integer", required = true }  # app.py:2\n' in said
    assert "canary" not in said
    assert {path.name for path in directory.iterdir()} == {"app.py", "pyproject.toml"}


def test_a_second_time_there_is_nothing_to_add(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["config", "init", "--project", str(directory)])
    before = {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert main(["config", "init", "--project", str(directory)]) == 0
    assert capsys.readouterr().out.startswith("Everything is declared already that the code tells.\n")
    assert {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()} == before


def test_a_directory_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "init", "--project", str(tmp_path / "missing")]) == 2
    assert "no such directory" in capsys.readouterr().err
