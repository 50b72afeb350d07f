"""Where age files stand."""

from pathlib import Path

import pytest

from samestack.config.age.places import age_file_of, age_files_of, age_place
from samestack.config.settings import ConfigSettings
from samestack.errors import RequestError

SETTINGS = ConfigSettings()


def test_the_file_of_a_profile(tmp_path: Path) -> None:
    assert age_file_of(tmp_path, SETTINGS, "production") is None
    path = tmp_path / "config" / "production.secrets.age"
    assert age_place(tmp_path, SETTINGS, "production") == path
    path.parent.mkdir()
    path.touch()
    assert age_file_of(tmp_path, SETTINGS, "production") == path


def test_another_directory(tmp_path: Path) -> None:
    settings = ConfigSettings(directory="deploy/settings")
    assert age_place(tmp_path, settings, "qa") == tmp_path / "deploy/settings/qa.secrets.age"


@pytest.mark.parametrize("name", ["", "..", "../other", "a/b", ".hidden", "a b"])
def test_no_name_leads_elsewhere(name: str, tmp_path: Path) -> None:
    assert age_file_of(tmp_path, SETTINGS, name) is None
    with pytest.raises(RequestError, match="is no name of a profile"):
        age_place(tmp_path, SETTINGS, name)


def test_all_files(tmp_path: Path) -> None:
    assert age_files_of(tmp_path, SETTINGS) == ()
    directory = tmp_path / "config"
    directory.mkdir()
    for name in ("staging.secrets.age", "production.secrets.age", "other.age", ".secrets.age", "qa.toml"):
        (directory / name).touch()
    (directory / "folder.secrets.age").mkdir()
    assert [name for name, _ in age_files_of(tmp_path, SETTINGS)] == ["production", "staging"]
