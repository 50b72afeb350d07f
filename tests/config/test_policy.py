"""What may stand where."""

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from samestack.check.finding import Finding, Severity
from samestack.config.entry import Value
from samestack.config.policy import judged
from samestack.config.rank import Rank
from samestack.config.schema.field import Field, Schema
from tests.config.configurations import entry, value

CANARY = "canary-4f7b11"
NOW = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
KEY = Field(name="API_KEY", is_secret=True)
AGING = Field(name="API_KEY", is_secret=True, longest_age_days=90)


def found(said: Value, field: Field = KEY, *, strict: bool = False, project: Path = Path()) -> list[Finding]:
    """What the policy has against one value; nothing of it shows the value."""
    findings = list(judged((said,), Schema(fields=(field,)), strict=strict, now=NOW, project=project))
    assert CANARY not in repr(findings)
    return findings


def rules(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in findings]


class TestWhereSecretsStand:
    @pytest.mark.parametrize("rank", [Rank.PROFILE, Rank.BASE])
    def test_not_in_a_document_of_the_project(self, rank: Rank) -> None:
        said = value("API_KEY", CANARY, rank, place="api_key", is_protected=False)
        (finding,) = found(said)
        assert (finding.rule, finding.severity) == ("secret-in-file", Severity.ERROR)
        assert finding.place.endswith(", api_key")

    def test_not_in_a_store_that_keeps_no_secrets(self) -> None:
        said = value("API_KEY", CANARY, Rank.CONFIGURATION_STORE, is_protected=False)
        assert rules(found(said)) == [("secret-in-store", "error")]

    def test_not_on_a_command_line(self) -> None:
        said = value("API_KEY", CANARY, Rank.OVERRIDE, is_protected=False)
        assert rules(found(said)) == [("secret-on-command-line", "error")]

    @pytest.mark.parametrize(
        "rank", [Rank.PROCESS, Rank.DIRECTORY, Rank.SECRET_STORE, Rank.CONFIGURATION_STORE]
    )
    def test_but_wherever_they_are_kept(self, rank: Rank) -> None:
        assert found(value("API_KEY", CANARY, rank, is_protected=True)) == []

    def test_a_shadowed_one_is_no_better(self) -> None:
        below = entry("API_KEY", CANARY, Rank.BASE, is_protected=False)
        said = value("API_KEY", CANARY, Rank.SECRET_STORE, below, is_protected=True)
        assert rules(found(said)) == [("secret-in-file", "error")]

    def test_an_empty_place_of_a_template_is_none(self) -> None:
        assert found(value("API_KEY", "", Rank.BASE, is_protected=False)) == []
        assert found(value("API_KEY", None, Rank.BASE, is_protected=False)) == []

    def test_a_dotenv_file_only_where_git_does_not_have_it(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("API_KEY=x\n")
        said = value("API_KEY", CANARY, Rank.DOTENV, source=".env", is_protected=True)
        assert found(said, project=tmp_path) == []
        for command in (["init", "-q"], ["add", ".env"]):
            subprocess.run(["git", *command], cwd=tmp_path, check=True)
        assert rules(found(said, project=tmp_path)) == [("secret-in-file", "error")]


class TestAddresses:
    def test_a_password_in_an_address_is_a_secret_that_nobody_marked(self) -> None:
        address = f"postgresql://app:{CANARY}@db/app"
        said = value("DATABASE_URL", address, Rank.PROFILE, is_protected=False)
        assert rules(found(said, Field(name="DATABASE_URL"))) == [("secret-in-file", "warning")]

    def test_an_address_without_one_is_none(self) -> None:
        said = value("DATABASE_URL", "postgresql://app@db/app", Rank.PROFILE, is_protected=False)
        assert found(said, Field(name="DATABASE_URL")) == []


class TestShadowing:
    below = entry("API_KEY", "kept", Rank.SECRET_STORE, source="vault:secret/app", is_protected=True)

    @pytest.mark.parametrize(("strict", "severity"), [(False, "warning"), (True, "error")])
    def test_an_environment_variable_before_a_managed_secret(self, *, strict: bool, severity: str) -> None:
        (finding,) = found(
            value("API_KEY", CANARY, Rank.PROCESS, self.below, is_protected=True), strict=strict
        )
        assert (finding.rule, finding.severity) == ("secret-shadowed", severity)
        assert "vault:secret/app" in finding.message

    def test_a_mounted_one_is_how_platforms_give_it(self) -> None:
        assert (
            found(value("API_KEY", CANARY, Rank.DIRECTORY, self.below, is_protected=True), strict=True) == []
        )


class TestAge:
    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ("2026-11-01T00:00:00Z", []),
            ("2026-08-27T00:00:00+00:00", []),
            ("2026-08-26T00:00:00+00:00", [("secret-stale", "error")]),
            ("2024-01-01", [("secret-stale", "error")]),
            ("", [("secret-stale", "unknown")]),
        ],
    )
    def test_it_may_be_so_old(self, changed: str, expected: list[tuple[str, str]]) -> None:
        said = value("API_KEY", CANARY, Rank.SECRET_STORE, changed=changed, is_protected=True)
        assert rules(found(said, AGING)) == expected
