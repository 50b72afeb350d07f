"""``samestack config why``: where a value comes from."""

import json
from pathlib import Path

import jsonschema
import pytest
from docs.generate import json_schema

from samestack.cli.main import main
from samestack.render.configuration.explanation_json import VALUE_SCHEMA
from tests.cli.configs.helpdesk import write


def test_the_line_and_what_it_goes_before(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "why", "LOG_LEVEL", "--profile", "development"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[:4] == [
        "LOG_LEVEL = DEBUG",
        "from config/development.toml, line 3 (profile)",
        "goes before:",
        "- INFO, from config/base.toml, line 1 (base)",
    ]
    assert "has to be: one of DEBUG, INFO, WARNING, may be left out" in lines
    assert any(line.startswith("asked, and without it: process environment, .env") for line in lines)


def test_what_the_schema_says(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "why", "max-workers", "--profile", "staging"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("MAX_WORKERS = 2\n")
    assert "has to be: an integer from 1 to 64, may be left out\n" in said
    assert "Threads." in said


@pytest.mark.parametrize("key", ["MAX_WORKERS", "max_workers", "max-workers"])
def test_a_key_as_it_is_written_elsewhere(helpdesk: Path, key: str) -> None:
    assert main(["config", "why", key, "--profile", "staging"]) == 0


def test_a_path_in_a_document(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"pyproject.toml": "", "config/staging.yaml": "database:\n  url: x\n"})
    (helpdesk / "config/staging.toml").unlink()
    assert main(["config", "why", "database.url", "--profile", "staging"]) == 0
    assert "DATABASE__URL = x\n  from config/staging.yaml, line 2 (profile)\n" in capsys.readouterr().out


def test_a_secret_is_masked_wherever_it_stands(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "why", "HUGGINGFACE_API_KEY", "--profile", "development"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("HUGGINGFACE_API_KEY = ********\n  from .env, line 2 (.env)\n")
    assert "a secret, at most 90 days old" in said
    assert "unknown: it may be 90 days old" in said


def test_a_variable_without_a_value(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "why", "SESSION_KEY", "--profile", "staging"]) == 1
    assert capsys.readouterr().out.startswith("SESSION_KEY has no value in staging\n")


def test_a_name_that_nobody_knows(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "why", "MAX_WORKER", "--profile", "staging"]) == 2
    assert "did you mean 'MAX_WORKERS'?" in capsys.readouterr().err


def test_a_program_is_told_the_same(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for key, status in (("LOG_LEVEL", 0), ("SESSION_KEY", 1), ("HUGGINGFACE_API_KEY", 1)):
        assert main(["config", "why", key, "--profile", "staging", "--format", "json"]) == status
        document = json.loads(capsys.readouterr().out)
        jsonschema.Draft202012Validator(json_schema(VALUE_SCHEMA)).validate(document)
    assert document["declared"]["longest_age_days"] == 90
    assert document["said"] is None
    assert {"source": "directory:absent", "state": "missing"} in document["silent"]
