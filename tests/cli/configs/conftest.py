"""Fixtures of the tests of ``samestack config``."""

from pathlib import Path

import pytest

from tests.cli.configs.helpdesk import without_own_variables, write_helpdesk


@pytest.fixture
def helpdesk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The helpdesk agent's project, which the test runs in."""
    without_own_variables(monkeypatch)
    directory = write_helpdesk(tmp_path / "helpdesk")
    monkeypatch.chdir(directory)
    return directory
