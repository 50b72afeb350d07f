"""``samestack config diff``: what differs between two profiles."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from docs.generate import json_schema

from samestack.cli.main import main
from samestack.render.configuration.difference_json import CONFIGURATION_DIFF_SCHEMA
from tests.cli.configs.helpdesk import write

BOTH = ["config", "diff", "development", "production"]


def rows(said: str) -> dict[str, list[str]]:
    """The cells of each line, by variable."""
    cells = (re.split(r"\s{2,}", line) for line in said.splitlines() if line)
    return {name: more for name, *more in cells}


def test_values_and_fingerprints(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(BOTH) == 1
    said = capsys.readouterr().out
    told = rows(said)
    assert told["variable"] == ["development", "production"]
    assert told["MAX_WORKERS"] == ["2", "20"]
    assert told["LOG_LEVEL"] == ["DEBUG", "INFO"]
    assert re.fullmatch(r"postgresql://helpdesk:\*{8}@db/helpdesk #[0-9a-f]{12}", told["DATABASE_URL"][1])
    before, after = told["HUGGINGFACE_API_KEY"]
    assert re.fullmatch(r"\*{8} #[0-9a-f]{12}", before)
    assert before != after
    assert "same secret in both: SESSION_KEY; whoever has it for development has it for production" in said
    assert said.endswith("4 differ, 2 are the same\n")


def test_fingerprints_are_of_one_run(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for _ in range(2):
        main(BOTH)
        told.append(rows(capsys.readouterr().out)["HUGGINGFACE_API_KEY"])
    assert not set(told[0]) & set(told[1])


def test_one_profile_is_equal_to_itself(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "diff", "staging", "staging"]) == 0
    assert capsys.readouterr().out == "4 are the same\n"


def test_what_only_one_has(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "diff", "staging", "production"]) == 1
    said = capsys.readouterr().out
    assert rows(said)["SESSION_KEY"][0] == "-"
    assert "2 only in production" in said


def test_layers_count_where_that_is_asked_for(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        helpdesk, {"config/twin.toml": 'database-url = "postgresql://db.staging/helpdesk"\nmax-workers = 2\n'}
    )
    assert main(["config", "diff", "staging", "twin"]) == 0
    assert main(["config", "diff", "staging", "twin", "--origins"]) == 1
    said = capsys.readouterr().out
    assert "(default) -> config/twin.toml, max-workers (profile)" in " ".join(said.split())
    assert said.endswith("1 comes from another layer, 3 are the same\n")


def test_types_that_read_alike_are_told_apart(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"pyproject.toml": "", "config/a.toml": "x = 2\n", "config/b.toml": 'x = "2"\n'})
    assert main(["config", "diff", "a", "b"]) == 1
    assert rows(capsys.readouterr().out)["X"] == ["2", '"2"']


def test_presence_compares_what_may_be_read(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        helpdesk,
        {
            "pyproject.toml": (helpdesk / "pyproject.toml")
            .read_text()
            .replace('{ source = "directory:absent", required = false }', '"directory:mounted"')
        },
    )
    assert main(["config", "diff", "staging", "production", "--presence"]) == 1
    said = capsys.readouterr().out
    assert "in both, and not read, so that they may differ: HUGGINGFACE_API_KEY, SESSION_KEY" in said


def test_a_source_that_could_not_be_read_is_said(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = (helpdesk / "pyproject.toml").read_text().replace("directory:mounted", "directory:gone")
    write(helpdesk, {"pyproject.toml": manifest})
    assert main(BOTH) == 1
    assert "directory:gone: no such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize("more", [[], ["--presence"], ["--origins"]])
def test_a_program_is_told_the_same(
    helpdesk: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert main([*BOTH, "--format", "json", *more]) == 1
    document = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json_schema(CONFIGURATION_DIFF_SCHEMA)).validate(document)
    relations = {one["name"]: one["relation"] for one in document["differences"]}
    assert relations["MAX_WORKERS"] == "differs"
    assert not document["is_equal"]


def test_a_comment_is_a_table(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*BOTH, "--format", "markdown"]) == 1
    said = capsys.readouterr().out
    assert said.startswith(
        "### `development` and `production`\n\n| variable | `development` | `production` |\n"
    )
    assert "\n| `MAX_WORKERS` | `2` | `20` |\n" in said
