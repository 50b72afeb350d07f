"""``samestack config show``: values, secrets masked."""

import json
from pathlib import Path

import jsonschema
import pytest
from docs.generate import json_schema

from samestack.cli.main import main
from samestack.render.configuration.resolution_json import CONFIGURATION_SCHEMA
from tests.cli.configs.helpdesk import write


def test_a_line_a_variable(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "show", "--profile", "development"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["variable", "value", "source"]
    said = {line.split()[0]: line.split(maxsplit=2)[1:] for line in lines[1:]}
    assert said["DATABASE_URL"] == ["sqlite:///local.db", "config/development.toml, database-url"]
    assert said["HUGGINGFACE_API_KEY"] == ["********", ".env, line 2"]
    assert said["MAX_WORKERS"][0] == "2"


def test_a_value_for_this_once(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "show", "--profile", "staging", "--set", "MAX_WORKERS=7"]) == 0
    assert "MAX_WORKERS      7" in capsys.readouterr().out


def test_an_address_is_shown_without_its_password(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "show", "--profile", "production"]) == 0
    said = capsys.readouterr()
    assert "postgresql://helpdesk:********@db/helpdesk" in said.out
    assert "DATABASE_URL" in said.err


def test_a_program_is_told_what_is_shadowed(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "show", "--profile", "development", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json_schema(CONFIGURATION_SCHEMA)).validate(document)
    variables = {one["name"]: one for one in document["variables"]}
    level = variables["LOG_LEVEL"]
    assert (level["said"]["value"], level["said"]["layer"]) == ("DEBUG", "profile")
    assert level["shadowed"] == [
        {"value": "INFO", "source": "config/base.toml", "layer": "base", "place": "log-level"}
    ]
    key = variables["HUGGINGFACE_API_KEY"]
    assert (key["is_secret"], key["said"]["value"], key["said"]["is_masked"]) == (True, "********", True)


def test_what_is_wrong_is_said_beside_the_table(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"config/staging.toml": 'log-level = "LOUD"\n'})
    assert main(["config", "show", "--profile", "staging"]) == 1
    said = capsys.readouterr()
    assert "LOUD" in said.out
    assert "error: DATABASE_URL" in said.err


def test_a_hostile_value_is_only_text(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"config/staging.toml": 'database-url = "a\\u001b[2Jb\\nc"\n'})
    assert main(["config", "show", "--profile", "staging"]) == 0
    assert "a\\x1b[2Jb\\nc" in capsys.readouterr().out


def test_a_project_without_a_schema_is_shown_too(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"pyproject.toml": ""})
    assert main(["config", "show", "--profile", "staging"]) == 0
    assert "DATABASE_URL" in capsys.readouterr().out
