"""``samestack config check``: everything that is wrong in one pass, each with its source and place."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from docs.generate import json_schema

from samestack.check.report import FailOn
from samestack.cli.configs.check import _FAIL_ON
from samestack.cli.main import main
from samestack.render.findings.findings_json import CHECK_SCHEMA
from tests.cli.configs.helpdesk import write

SARIF = json.loads((Path(__file__).parents[2] / "recorded/sarif/sarif-2.1.0.json").read_text())
WRONG = """\
log-level = "LOUD"
max_worker = 3
max-workers = "many"
"""


def findings_of(capsys: pytest.CaptureFixture[str], *words: str) -> dict[tuple[str, str], Any]:
    """The findings of a check of one profile, by rule and subject."""
    main(["config", "check", *words, "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json_schema(CHECK_SCHEMA)).validate(document)
    (report,) = document["reports"]
    return {(one["rule"], one["subject"]): one for one in report.get("findings", ())}


def test_a_profile_that_is_right_passes_in_a_line(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "check", "--profile", "staging"]) == 0
    said = capsys.readouterr().out
    assert "staging: 1 note found; 4 variables from 3 sources\n" in said
    assert said.endswith("\nstaging: 4 variables from 3 sources, 1 note\n")
    assert "directory:absent: no such file or directory" in said or "no such file or directory" in said


def test_everything_is_told_in_one_pass(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"config/staging.toml": WRONG, "mounted/session_key": "x"})
    found = findings_of(capsys, "--profile", "staging")
    assert {rule for rule, _ in found} == {
        "config-range",
        "config-type",
        "config-unknown",
        "config-missing",
        "source-missing",
    }
    assert found["config-range", "LOG_LEVEL"]["place"] == "config/staging.toml, log-level"
    assert "MAX_WORKERS" in str(found["config-unknown", "MAX_WORKER"])
    assert main(["config", "check", "--profile", "staging"]) == 1
    said = capsys.readouterr().out
    assert "config/staging.toml, max-workers" in said
    assert said.splitlines()[-1].startswith("staging: ")


def test_all_profiles_are_checked_and_summed_up(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"config/staging.toml": 'database-url = "x"\nlog-level = "LOUD"\n'})
    assert main(["config", "check", "--all"]) == 1
    *_, development, production, staging = capsys.readouterr().out.splitlines()
    assert development.startswith("development: 6 variables from ")
    assert production.startswith("production: 6 variables from ")
    assert staging == "staging: 4 variables from 3 sources, 1 error, 1 note"


def test_what_it_fails_on_is_chosen(helpdesk: Path) -> None:
    assert main(["config", "check", "--profile", "staging", "--fail-on", "note"]) == 1
    assert main(["config", "check", "--profile", "staging", "--fail-on", "warning"]) == 0
    write(helpdesk, {"config/staging.toml": WRONG})
    assert main(["config", "check", "--profile", "staging", "--fail-on", "never"]) == 0


def test_a_store_that_is_down_goes_before_what_is_wrong(helpdesk: Path) -> None:
    write(helpdesk, {"config/staging.toml": WRONG})
    manifest = helpdesk / "pyproject.toml"
    optional = '{ source = "directory:absent", required = false }'
    # No system has a directory of so long a name, or says that there is none.
    manifest.write_text(manifest.read_text().replace(optional, f'"directory:{"x" * 300}"'))
    assert main(["config", "check", "--profile", "staging"]) == 3
    assert main(["config", "check", "--all", "--fail-on", "never"]) == 3
    assert main(["config", "show", "--profile", "staging"]) == 3
    assert main(["config", "sources", "--profile", "staging"]) == 3
    assert main(["config", "diff", "staging", "production"]) == 3


def test_presence_says_that_no_value_was_read(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "check", "--profile", "production", "--presence"]) == 0
    assert "only asked what is there, values of stores were not read" in capsys.readouterr().out


def test_a_review_shows_a_finding_at_its_line(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"config/staging.toml": 'database-url = "x"\n\nlog-level = "LOUD"\n'})
    assert main(["config", "check", "--profile", "staging", "-o", "found.sarif"]) == 1
    document = json.loads((helpdesk / "found.sarif").read_text())
    jsonschema.Draft4Validator(SARIF).validate(document)
    (run,) = document["runs"]
    results = {one["ruleId"]: one for one in run["results"]}
    place = results["config-range"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "config/staging.toml"
    assert place["region"] == {"startLine": 3}
    place = results["source-missing"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "pyproject.toml"
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["config-range"]["shortDescription"]["text"].startswith("A value is out of")
    assert "**Severity:**" in rules["source-missing"]["help"]["markdown"]


def test_a_comment_tells_the_place(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"config/staging.toml": 'database-url = "x"\nlog-level = "LOUD"\n'})
    assert main(["config", "check", "--profile", "staging", "--format", "markdown"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("### Check failed: 1 error, 1 note found")
    assert "- in config/staging.toml, log-level" in said


def test_one_profile_and_all_exclude_each_other(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "check", "--all", "--profile", "staging"]) == 2
    assert "exclude each other" in capsys.readouterr().err


def test_a_profile_that_is_not_there(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "check", "--profile", "prodution"]) == 2
    assert "did you mean 'production'?" in capsys.readouterr().err


def test_a_manifest_that_is_malformed(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"pyproject.toml": "[tool.samestack.config]\nsource = []\n"})
    assert main(["config", "check"]) == 2
    said = capsys.readouterr().err
    assert "did you mean 'sources'?" in said
    assert len(said.splitlines()) == 2


def test_it_fails_on_what_every_check_can_fail_on() -> None:
    assert tuple(_FAIL_ON) == tuple(FailOn)
