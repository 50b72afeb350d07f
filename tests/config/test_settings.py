"""``[tool.samestack.config]``: read, and refused with the place and what was meant."""

from pathlib import Path

import pytest

from samestack.config.settings import ConfigSettings, config_settings, profiles_of
from samestack.errors import InputError

WHOLE = """
[tool.samestack.config]
schema = "helpdesk_agent.settings:Settings"
sources = ["directory:/run/secrets"]
age-recipients = ["age1x"]

[tool.samestack.config.profiles.production]
dotenv = true
sources = [
  "vault:secret/helpdesk",
  { source = "consul:helpdesk/production", required = false, seconds = 2, token-file = "t" },
]
"""


def read(directory: Path, text: str) -> ConfigSettings:
    file = directory / "pyproject.toml"
    file.write_text(text)
    return config_settings(file)


def test_all_of_it(tmp_path: Path) -> None:
    settings = read(tmp_path, WHOLE)
    assert settings.schema == "helpdesk_agent.settings:Settings"
    assert settings.age_recipients == ("age1x",)
    vault, consul = settings.of_profile("production").sources
    assert (vault.kind, vault.locator, vault.required, vault.seconds) == (
        "vault",
        "secret/helpdesk",
        True,
        5.0,
    )
    assert (consul.required, consul.seconds, consul.options) == (False, 2, {"token-file": "t"})
    assert settings.of_profile("staging").sources == ()


@pytest.mark.parametrize("text", ["", "[tool.black]\n", "[tool.samestack]\npython = '3.11'\n"])
def test_none_of_it(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == ConfigSettings()


def test_no_manifest(tmp_path: Path) -> None:
    assert config_settings(tmp_path / "pyproject.toml") == ConfigSettings()


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("shema = ''", "tool.samestack.config.shema: there is no such key", "did you mean 'schema'?"),
        ("profile = 1", r"tool.samestack.config.profile: Expected `str`", None),
        ("sources = ''", "tool.samestack.config.sources: the sources are a list", None),
        ("sources = [1]", r"sources\[0\]: a source is a text", "for example"),
        ("sources = ['consul']", r"sources\[0\]: 'consul' says no place", "write KIND:PLACE"),
        ("sources = [{source='consul:a', seconds=0}]", r"sources\[0\].seconds: no such time", "more than 0"),
        ("sources = [{source='consul:a', required='no'}]", "required: Expected `bool`", None),
        ("[tool.samestack.config.profiles]\nproduction = 1", "production: a profile is a table", None),
        (
            "[tool.samestack.config.profiles.production]\nsource = []",
            "profiles.production.source: there is no such key",
            "did you mean 'sources'?",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, said: str, hint: str | None) -> None:
    with pytest.raises(InputError, match=said) as error:
        read(tmp_path, f"[tool.samestack.config]\n{text}\n")
    assert hint is None or hint in str(error.value.hint)


def test_profiles_have_a_table_or_a_document(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    for name in ("base.toml", "staging.yaml", "README.md"):
        (tmp_path / "config" / name).touch()
    assert profiles_of(read(tmp_path, WHOLE), tmp_path) == ("production", "staging")


def test_without_a_directory(tmp_path: Path) -> None:
    assert profiles_of(ConfigSettings(), tmp_path) == ()
