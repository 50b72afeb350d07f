"""The validators of the project's own class, asked about values."""

import sys
from pathlib import Path

import pytest

from samestack.check.finding import Finding
from samestack.config.rank import Rank
from samestack.config.schema.pydantic_class import read_class
from samestack.config.schema.rejecting import rejected
from samestack.config.schema.validating import validated
from tests.config.configurations import value

HERE = Path(sys.prefix)
SETTINGS = """
from typing import Annotated, Optional
from pydantic import BaseModel, Field, IPvAnyAddress, PostgresDsn, SecretStr, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

class Database(BaseModel):
    url: PostgresDsn
    pool: int = 5

class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_", env_nested_delimiter="__", env_file=".env")
    database: Database
    replica: Optional[Database] = None
    key: SecretStr = Field(SecretStr("planted-default"), validation_alias="KEY")
    labels: dict[str, int] = {}
    workers: int = 2
    address: Optional[IPvAnyAddress] = None
    home: str = "nobody"

    @field_validator("key")
    @classmethod
    def key_is_long(cls, said):
        if len(said.get_secret_value()) < 10:
            raise ValueError(f"{said.get_secret_value()} is short")
        return said

    @field_validator("workers")
    @classmethod
    def lucky(cls, said):
        if said == 13:
            raise PydanticCustomError(f"unlucky-{said}", f"{said}")
        if said == 14:
            raise RuntimeError(f"{said}")
        assert said != 15, f"{said}"
        return said

    @model_validator(mode="after")
    def home_is_ours(self):
        if self.home != "nobody":
            raise ValueError(f"{self.home}")
        return self
"""
RIGHT = {"APP_DATABASE__URL": "postgresql://user:canary-4711@host/shop", "KEY": "canary-4711"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "cache"))
    (tmp_path / "app_settings.py").write_text(SETTINGS)
    (tmp_path / ".env").write_text("APP_WORKERS=13\n")  # it is not read again
    return tmp_path


def findings(project: Path, **more: str) -> tuple[Finding, ...]:
    schema = read_class("app_settings:Settings", project / "pyproject.toml", project, HERE)
    said = tuple(value(name, one, Rank.PROFILE, place="line 3") for name, one in {**RIGHT, **more}.items())
    values, wrong = validated(said, schema, "development")
    assert wrong == ()
    found = rejected(values, schema, HERE, project)
    assert {one.rule for one in found} <= {"config-rejected"}
    assert "canary-4711" not in repr(found)
    return found


def test_right_values_are_taken(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_WORKERS", "13")  # nor is the environment
    monkeypatch.setenv("APP_HOME", "elsewhere")
    assert findings(project) == ()
    assert findings(project, APP_LABELS='{"canary-4711": 1}', APP_ADDRESS="127.0.0.1") == ()


@pytest.mark.parametrize(
    ("name", "said", "kind"),
    [
        ("APP_DATABASE__URL", "canary-4711", "url_parsing"),
        ("APP_ADDRESS", "canary-4711", "a text in the form ipvanyaddress"),
        ("KEY", "short-1", "a validator of app_settings:Settings"),
        ("APP_WORKERS", "13", "a validator of app_settings:Settings"),
        ("APP_WORKERS", "15", "a validator of app_settings:Settings"),
    ],
)
def test_a_variable_is_named_and_no_word_of_the_validator(
    project: Path, name: str, said: str, kind: str
) -> None:
    (finding,) = findings(project, **{name: said})
    assert finding.subject == name
    assert finding.place == "profile, line 3"
    assert kind in finding.message
    assert said not in finding.message + finding.remedy


def test_several_at_once(project: Path) -> None:
    found = findings(project, APP_WORKERS="13", KEY="short", APP_DATABASE__URL="x")
    assert [one.subject for one in found] == ["APP_DATABASE__URL", "KEY", "APP_WORKERS"]


def test_a_variable_that_another_one_takes_is_named(project: Path) -> None:
    (finding,) = findings(project, APP_REPLICA__POOL="3")
    assert (finding.subject, finding.place) == ("APP_REPLICA__URL", "app_settings:Settings")
    assert "missing" in finding.message


def test_a_rule_on_all_of_them_is_the_class(project: Path) -> None:
    (finding,) = findings(project, APP_HOME="canary-4711")
    assert finding.subject == "app_settings:Settings"
    assert "change the values" in finding.remedy


def test_another_exception_is_told_by_its_name(project: Path) -> None:
    (finding,) = findings(project, APP_WORKERS="14")
    assert "RuntimeError" in finding.message
    assert "14" not in finding.message
