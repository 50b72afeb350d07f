"""``samestack deploy promote, rollback, history`` from the command line, without a cluster."""

import json
from pathlib import Path
from typing import Any

import pytest

from samestack.cli.main import main
from samestack.deploy.history import history_path
from samestack.process import run
from tests.capture.planted import write
from tests.deploy.test_signing import make_key
from tests.parity.planted_project import PACKAGES, environment, project

CaptureFixture = pytest.CaptureFixture[str]
GOOD = f"sha256:{'a' * 64}"
NEXT = f"sha256:{'b' * 64}"
SETTINGS = """
[tool.samestack.environments]
development = { reference = "venv:dev" }
staging = { reference = "venv:staging", profile = "staging", after = "development" }
production = { reference = "kubernetes:support/helpdesk", profile = "production", after = "staging" }

[tool.samestack.deploy]
image = "registry.example.com/team/helpdesk"
"""
PROMOTE = ["deploy", "promote", "development", "staging"]


@pytest.fixture
def helpdesk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose development holds, and is the working directory."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    write(tmp_path / "gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.com\n")
    environment(tmp_path / "dev")
    environment(tmp_path / "staging")
    write(tmp_path / "config/staging.toml", 'greeting = "hello"\n')
    write(tmp_path / "config/production.toml", 'greeting = "hello"\n')
    monkeypatch.chdir(project(tmp_path, SETTINGS))
    return tmp_path


def entries(capsys: CaptureFixture, *words: str) -> Any:
    """What the history says for programs."""
    capsys.readouterr()
    assert main(["deploy", "history", *words, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "samestack/deployment-history/1"
    return document["environments"]


def test_rendered_and_written_down(helpdesk: Path, capsys: CaptureFixture) -> None:
    assert main([*PROMOTE, "--digest", GOOD]) == 0
    told = capsys.readouterr()
    assert f"registry.example.com/team/helpdesk@{GOOD}" in told.out
    (staging,) = entries(capsys, "staging")
    assert (staging["digest"], staging["unfinished"], staging["torn"]) == (GOOD, False, False)
    assert [one["outcome"] for one in staging["entries"]] == ["intended", "rendered"]
    assert {one["who"] for one in staging["entries"]} == {"Ada <ada@example.com>"}
    kept = helpdesk / f"deployments/manifests/{staging['entries'][0]['manifests'][7:]}.yaml"
    assert kept.read_text() == told.out
    assert str(kept.relative_to(helpdesk)) in told.err

    assert main(["deploy", "history"]) == 0
    table = capsys.readouterr().out
    assert "staging  runs aaaaaaaaaaaa" in table
    assert "rendered" in table
    assert "Ada <ada@example.com>" in table


def test_back_to_what_was_rendered_before(helpdesk: Path, capsys: CaptureFixture) -> None:
    for digest in (GOOD, NEXT):
        assert main([*PROMOTE, "--digest", digest]) == 0
    capsys.readouterr()
    assert main(["deploy", "rollback", "staging"]) == 0
    assert f"@{GOOD}" in capsys.readouterr().out
    assert main(["deploy", "rollback", "staging", "--to", "bbbb"]) == 0
    assert f"@{NEXT}" in capsys.readouterr().out
    assert main(["deploy", "rollback", "production"]) == 2
    assert "nothing was ever deployed to 'production'" in capsys.readouterr().err


def test_where_the_law_does_not_hold(helpdesk: Path, capsys: CaptureFixture) -> None:
    environment(helpdesk / "older", {**PACKAGES, "opencv-python": "4.5.5.64"})
    project(helpdesk, SETTINGS.replace("venv:dev", "venv:older"))
    assert main([*PROMOTE, "--digest", GOOD]) == 1
    told = capsys.readouterr()
    assert "opencv-python" in told.out
    assert "nothing was promoted: the law does not hold" in told.err
    assert not history_path(helpdesk, "staging").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([*PROMOTE, "--digest", GOOD, "--apply"], "nobody can be asked here"),
        ([*PROMOTE, "--digest", GOOD, "--apply", "--yes"], "'staging' is venv:staging: it cannot be applied"),
        (PROMOTE, "development runs no image"),
        (["deploy", "promote", "development", "production"], "comes after 'staging'"),
    ],
)
def test_what_is_refused(helpdesk: Path, capsys: CaptureFixture, words: list[str], message: str) -> None:
    assert main(words) == 2
    assert message in capsys.readouterr().err
    assert not history_path(helpdesk, "staging").exists()


def test_a_workload_that_is_called_otherwise(helpdesk: Path, capsys: CaptureFixture) -> None:
    assert main([*PROMOTE, "--digest", GOOD]) == 0
    project(helpdesk, SETTINGS.replace("support/helpdesk", "support/another"))
    assert main(["deploy", "promote", "staging", "production", "--digest", GOOD]) == 2
    assert 'set name = "another" in [tool.samestack.deploy]' in capsys.readouterr().err


def test_a_history_that_was_altered(helpdesk: Path, capsys: CaptureFixture) -> None:
    assert main([*PROMOTE, "--digest", GOOD]) == 0
    path = history_path(helpdesk, "staging")
    path.write_text(path.read_text().replace("Ada", "Bob", 1))
    assert main(["deploy", "history"]) == 2
    assert "line 2: the chain is broken" in capsys.readouterr().err


def test_signed_and_verified(helpdesk: Path, capsys: CaptureFixture) -> None:
    key = make_key(helpdesk / "id")
    assert main([*PROMOTE, "--digest", GOOD, "--sign", str(key)]) == 0
    public = (helpdesk / "id.pub").read_text()
    write(helpdesk / "deployments/allowed_signers", f"ada@example.com {public}")
    assert main(["deploy", "history", "--verify"]) == 0
    other = make_key(helpdesk / "other").with_suffix(".pub").read_text()
    signers = helpdesk / "deployments/allowed_signers"
    signers.write_text(f"ada@example.com {other}")
    capsys.readouterr()
    assert main(["deploy", "history", "--verify"]) == 1
    assert "line 1: its signature is not one of ada@example.com" in capsys.readouterr().err


def test_lines_that_were_cut_off_are_missed_by_the_next_environment(
    helpdesk: Path, capsys: CaptureFixture
) -> None:
    assert main([*PROMOTE, "--digest", GOOD]) == 0
    assert main([*PROMOTE, "--digest", GOOD]) == 0
    assert main(["deploy", "promote", "staging", "production"]) == 0
    assert main(["deploy", "history", "--verify"]) == 0
    path = history_path(helpdesk, "staging")
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:2]))
    capsys.readouterr()
    assert main(["deploy", "history", "--verify"]) == 1
    assert "the line of staging that it comes from is not in that history" in capsys.readouterr().err


def test_half_a_line_is_told(helpdesk: Path, capsys: CaptureFixture) -> None:
    assert main([*PROMOTE, "--digest", GOOD]) == 0
    path = history_path(helpdesk, "staging")
    path.write_bytes(path.read_bytes() + b'{"schema":"same')
    capsys.readouterr()
    assert main(["deploy", "history", "staging"]) == 0
    assert "ends in half a line, from a crash" in capsys.readouterr().err
    assert main([*PROMOTE, "--digest", NEXT]) == 0
    (staging,) = entries(capsys, "staging")
    assert (staging["torn"], staging["digest"]) == (False, NEXT)


def test_the_history_comes_along_with_git(helpdesk: Path) -> None:
    """Nothing but histories and manifests is left for git to see."""
    run(["git", "init", "--quiet"], directory=helpdesk)
    assert main([*PROMOTE, "--digest", GOOD]) == 0
    said = run(["git", "status", "--porcelain", "-uall", "deployments"], directory=helpdesk).output
    names = sorted(line[3:] for line in said.splitlines())
    assert len(names) == 2
    assert names[0].startswith("deployments/manifests/")
    assert names[1] == "deployments/staging.jsonl"
