"""Profiles in parity: every one valid under the schema, every variable everywhere, never a secret told."""

from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.parity.report import Verdict
from tests.capture.planted import write
from tests.parity.planted_project import asked, environment, project, silent_port, told

PROFILES = """
[tool.samestack.environments]
development = { reference = "venv:dev", profile = "development" }
production = { reference = "venv:dev", profile = "production", after = "development" }
"""
FIELDS = """
[tool.samestack.config.fields]
LOG_LEVEL = { type = "string", enum = ["DEBUG", "INFO"] }
MAX_WORKERS = { type = "integer", minimum = 1, default = 2 }
API_KEY = { type = "string", secret = true, required = ["production"] }
"""
CANARY = "c4n4ry-7f3a9b-value"


@pytest.fixture
def helpdesk(tmp_path: Path) -> Path:
    """A project with two profiles, and one environment for both."""
    environment(tmp_path / "dev")
    write(tmp_path / "config/development.toml", 'LOG_LEVEL = "DEBUG"\n')
    write(tmp_path / "config/production.toml", 'LOG_LEVEL = "INFO"\n')
    return project(tmp_path, PROFILES + FIELDS)


def test_values_that_differ_are_shown_and_no_breach(helpdesk: Path) -> None:
    report = asked(helpdesk, variables={"API_KEY": CANARY})
    assert told(report) == []
    assert [(one.name, dict(one.values)) for one in report.settings] == [
        ("LOG_LEVEL", {"development": "DEBUG", "production": "INFO"})
    ]
    assert [one.variables for one in report.states] == [3, 3]


def test_a_variable_that_one_profile_lacks_is_found(helpdesk: Path) -> None:
    write(helpdesk / "config/production.toml", "")
    report = asked(helpdesk, variables={"API_KEY": CANARY})
    assert (
        "configuration-differs",
        "error",
        "LOG_LEVEL is set in development and missing in production",
    ) in told(report)
    assert report.states[0].standing is Verdict.HOLDS
    assert report.states[1].standing is Verdict.FAILS


def test_what_the_schema_requires_of_some_profiles_alone_may_be_missing_from_others(helpdesk: Path) -> None:
    write(helpdesk / ".env", "")
    directory = helpdesk / "secrets"
    write(directory / "API_KEY", CANARY)
    source = f'[tool.samestack.config.profiles.production]\nsources = ["directory:{directory}"]\n'
    project(helpdesk, PROFILES + FIELDS + source)
    report = asked(helpdesk)
    assert told(report) == []
    (secret,) = [one for one in report.settings if one.name == "API_KEY"]
    assert dict(secret.values) == {"development": "missing", "production": "********"}
    assert CANARY not in repr(report)


def test_a_profile_that_is_not_valid_is_one_finding_with_a_line_for_each_variable(helpdesk: Path) -> None:
    write(helpdesk / "config/production.toml", 'LOG_LEVEL = "TRACE"\nMAX_WORKERS = 0\n')
    (finding,) = asked(helpdesk, variables={}).findings
    assert finding.rule == "profile-invalid"
    assert finding.message.startswith("profile production of production is not valid: ")
    assert [line.partition(":")[0] for line in finding.evidence] == ["API_KEY", "LOG_LEVEL", "MAX_WORKERS"]
    assert finding.command == "samestack config check --profile production"


def test_a_store_that_does_not_answer_makes_the_environment_unknown(helpdesk: Path) -> None:
    with silent_port() as port:
        source = (
            "[tool.samestack.config.profiles.production]\n"
            'sources = [{ source = "consul:helpdesk/production", seconds = 0.5 }]\n'
        )
        project(helpdesk, PROFILES + FIELDS + source)
        report = asked(helpdesk, variables={"CONSUL_HTTP_ADDR": f"http://127.0.0.1:{port}"})
    assert [rule for rule, _, _ in told(report)] == ["environment-unreachable"]
    assert told(report)[0][2].startswith("the configuration of production is not known: ")
    assert report.standing is Verdict.UNKNOWN


def test_a_profile_that_is_not_there_is_refused(helpdesk: Path) -> None:
    project(helpdesk, PROFILES.replace('profile = "production"', 'profile = "prod"') + FIELDS)
    with pytest.raises(RequestError, match="there is no profile 'prod'"):
        asked(helpdesk)
