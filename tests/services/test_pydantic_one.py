"""A project whose environment has pydantic 1, on a Python that samestack itself does not run on."""

from pathlib import Path

import pytest

from samestack.config.rank import Rank
from samestack.config.schema.field import Schema
from samestack.config.schema.pydantic_class import read_class
from samestack.config.schema.rejecting import rejected
from samestack.config.schema.validating import validated
from tests.capture.real_environments import environment
from tests.config.configurations import value

pytestmark = [pytest.mark.service, pytest.mark.registry]

SETTINGS = """
from datetime import timedelta
from typing import Dict, List, Optional

from pydantic import BaseModel, BaseSettings, Field, SecretStr, conint, validator


class Database(BaseModel):
    url: str
    pool: conint(ge=1, le=32) = 5
    password: SecretStr = SecretStr("planted-default")


class Settings(BaseSettings):
    database: Database
    workers: int = Field(2, ge=1, le=64, description="Threads that answer.", unit="threads")
    key: Optional[SecretStr] = Field(
        None, env=["API_KEY", "OLD_KEY"], longest_age="2w", required_in=["production"]
    )
    hosts: List[str] = []
    labels: Dict[str, int] = {}
    timeout: timedelta = timedelta(seconds=3)
    nothing: Optional[int] = None

    @validator("workers")
    def not_thirteen(cls, said):
        if said == 13:
            raise ValueError("not %s" % said)
        return said

    class Config:
        env_prefix = "APP_"
        env_nested_delimiter = "__"
        env_file = ".env"


settings = Settings()  # fails without an environment, as in many projects
"""


@pytest.fixture(scope="module", params=["3.7", "3.10"])
def place(request: pytest.FixtureRequest) -> Path:
    return environment("uv", request.param, "pydantic<2", "typing-extensions")


@pytest.fixture
def schema(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Schema:
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "cache"))
    (tmp_path / "settings_of_one.py").write_text(SETTINGS)
    return read_class("settings_of_one:Settings", tmp_path / "pyproject.toml", tmp_path, place)


def test_its_fields_are_those_that_the_class_reads(schema: Schema) -> None:
    by_name = {field.name: field for field in schema.fields}
    assert list(by_name) == [
        "APP_DATABASE__URL",
        "APP_DATABASE__POOL",
        "APP_DATABASE__PASSWORD",
        "APP_WORKERS",
        "API_KEY",
        "APP_HOSTS",
        "APP_LABELS",
        "APP_TIMEOUT",
        "APP_NOTHING",
    ]
    assert [name for name, field in by_name.items() if field.is_required] == ["APP_DATABASE__URL"]
    assert [name for name, field in by_name.items() if field.is_secret] == [
        "APP_DATABASE__PASSWORD",
        "API_KEY",
    ]
    workers, key = by_name["APP_WORKERS"], by_name["API_KEY"]
    assert (workers.default, workers.unit, workers.description) == (2, "threads", "Threads that answer.")
    assert workers.schema == {"minimum": 1, "maximum": 64, "type": "integer"}
    assert (key.aliases, key.longest_age_days, key.required_in) == (("OLD_KEY",), 14, ("production",))
    assert by_name["APP_LABELS"].is_map
    assert schema.has_checks


def test_no_default_of_a_secret_leaves_it(schema: Schema, tmp_path: Path) -> None:
    assert not any(field.has_default for field in schema.fields if field.is_secret)
    (kept,) = (tmp_path / "cache/configuration-classes").iterdir()
    assert b"planted" not in kept.read_bytes()


def test_its_validators_are_asked(schema: Schema, place: Path, tmp_path: Path) -> None:
    said = {"APP_DATABASE__URL": "sqlite://", "APP_WORKERS": "13", "APP_LABELS": '{"canary": 1}'}
    values = tuple(value(name, one, Rank.PROFILE) for name, one in said.items())
    values, findings = validated(values, schema, "development")
    assert findings == ()
    (finding,) = rejected(values, schema, place, tmp_path)
    assert (finding.rule, finding.subject) == ("config-rejected", "APP_WORKERS")
    assert "13" not in finding.message + finding.remedy


def test_right_values_are_taken(schema: Schema, place: Path, tmp_path: Path) -> None:
    said = {"APP_DATABASE__URL": "sqlite://", "APP_HOSTS": '["a"]', "API_KEY": "canary"}
    said["APP_TIMEOUT"] = "PT5S"
    values, findings = validated(tuple(value(name, one) for name, one in said.items()), schema, "production")
    assert findings == ()
    assert rejected(values, schema, place, tmp_path) == ()
