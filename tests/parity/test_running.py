"""What a running program says of itself, held against the lock and the settings."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from samestack.compare.releases import packages_digest
from samestack.model import Stack
from samestack.parity.report import ParityReport, Verdict
from tests.capture.planted import write
from tests.check.subjects import package
from tests.parity.planted_project import PACKAGES, asked, environment, project, silent_port, told
from tests.parity.test_health import sends, served


def body(packages: Mapping[str, str], profile: str = "") -> bytes:
    """What :func:`samestack.runtime.report` answers with these packages."""
    digest = packages_digest(Stack.of(package(name, version) for name, version in packages.items()))
    return json.dumps(
        {
            "schema": "samestack/runtime/1",
            "stack": digest,
            "stack_without_seeds": digest,
            "packages": len(packages),
            "profile": profile,
            "python": "3.11.7",
        }
    ).encode()


@pytest.fixture
def helpdesk(tmp_path: Path) -> Path:
    environment(tmp_path / "dev")
    write(tmp_path / "config/development.toml", "")
    return tmp_path


def asked_at(address: str, directory: Path, seconds: float | None = None) -> ParityReport:
    settings = (
        "[tool.samestack.environments]\n"
        f'development = {{ reference = "venv:dev", profile = "development", health = "{address}/health" }}\n'
    )
    return asked(project(directory, settings), seconds=seconds)


def test_a_program_that_runs_the_locked_stack_is_no_finding(helpdesk: Path) -> None:
    with served(health=sends(body(PACKAGES, "development"))) as address:
        assert told(asked_at(address, helpdesk)) == []


def test_a_program_that_runs_another_stack_than_is_installed_is_found(helpdesk: Path) -> None:
    with served(health=sends(body({**PACKAGES, "numpy": "1.25.0"}))) as address:
        ((rule, severity, message),) = told(asked_at(address, helpdesk))
    assert (rule, severity) == ("stack-differs", "error")
    assert message == "the program that runs in development says that its stack is not the locked one"


def test_a_program_with_another_profile_is_found(helpdesk: Path) -> None:
    with served(health=sends(body(PACKAGES, "staging"))) as address:
        ((rule, _, message),) = told(asked_at(address, helpdesk))
    assert rule == "configuration-differs"
    assert message == "the program that runs in development says that its profile is staging, not development"


def test_a_program_that_never_answers_makes_its_environment_unknown(helpdesk: Path) -> None:
    with silent_port() as port:
        report = asked_at(f"http://127.0.0.1:{port}", helpdesk, seconds=2.0)
    ((rule, severity, message),) = told(report)
    assert (rule, severity) == ("environment-unreachable", "unknown")
    assert message.startswith("development is unknown: its program: ")
    assert report.standing is Verdict.UNKNOWN
