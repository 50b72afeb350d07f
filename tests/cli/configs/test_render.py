"""``samestack config render``: secrets are left out unless they are asked for, and then kept from others."""

import stat
import sys
from pathlib import Path

import dotenv
import pytest
import yaml

from samestack.cli.main import main
from tests.cli.configs.helpdesk import CANARIES, IN_ADDRESS, IN_DOTENV, MOUNTED, SHARED, write

WITHOUT_VALUES = ("env", "env-file", "configmap", "compose")


def render(*arguments: str) -> int:
    return main(["config", "render", *arguments])


@pytest.mark.parametrize("profile", ["development", "production"])
@pytest.mark.parametrize("target", WITHOUT_VALUES)
def test_no_secret_is_rendered_and_each_is_named(
    helpdesk: Path, target: str, profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render("--to", target, "--profile", profile) == 0
    said = capsys.readouterr()
    assert "MAX_WORKERS" in said.out
    assert "note: " in said.err
    assert "HUGGINGFACE_API_KEY" in said.err
    assert not [one for one in CANARIES if one in said.out + said.err]


def test_a_config_map_is_called_as_the_project(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render("--to", "configmap", "--profile", "production", "--namespace", "support") == 0
    document = yaml.safe_load(capsys.readouterr().out)
    assert document["metadata"] == {"name": "helpdesk-agent", "namespace": "support"}
    assert document["data"] == {"LOG_LEVEL": "INFO", "MAX_WORKERS": "20", "REQUEST_TIMEOUT": "30"}


def test_a_file_with_secrets_is_its_owners_alone(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (helpdesk / "rendered.env").write_text("before")
    assert render("--to", "env", "--profile", "production", "--plaintext", "-o", "rendered.env") == 0
    file = helpdesk / "rendered.env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert dotenv.dotenv_values(file) == {
        "DATABASE_URL": f"postgresql://helpdesk:{IN_ADDRESS}@db/helpdesk",
        "HUGGINGFACE_API_KEY": MOUNTED,
        "LOG_LEVEL": "INFO",
        "MAX_WORKERS": "20",
        "REQUEST_TIMEOUT": "30",
        "SESSION_KEY": SHARED,
    }
    said = capsys.readouterr()
    assert not [one for one in CANARIES if one in said.out + said.err]


def test_plain_secrets_go_to_another_program(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render("--to", "env-file", "--profile", "development", "--plaintext") == 0
    assert f"HUGGINGFACE_API_KEY={IN_DOTENV}\n" in capsys.readouterr().out


def test_plain_secrets_do_not_go_to_a_terminal(
    helpdesk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert render("--to", "secret", "--profile", "production", "--plaintext") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "not written to a terminal" in said.err


def test_a_value_for_this_once(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render("--to", "env", "--profile", "development", "--set", "MAX_WORKERS=7") == 0
    assert "MAX_WORKERS=7\n" in capsys.readouterr().out


def test_nothing_is_rendered_of_what_is_wrong(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"config/staging.toml": "max-workers = 65\n"})
    assert render("--to", "env", "--profile", "staging", "-o", "out.env") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "MAX_WORKERS" in said.err
    assert "DATABASE_URL" in said.err
    assert not (helpdesk / "out.env").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--to", "secret"), "Base64 hides nothing"),
        (("--to", "configmap", "--plaintext"), "never holds a secret's value"),
        (("--to", "env", "--namespace", "a"), "--namespace says nothing of env"),
        (("--to", "env", "--store", "a"), "a store says nothing of env"),
        (("--to", "external-secret", "--store", "consul=a"), "reads no 'consul'"),
        (("--to", "external-secret"), "stands in a store that it could refer to"),
        (("--to", "configmap", "--name", "No"), "can be the name of no Kubernetes object"),
    ],
)
def test_what_does_not_go_together_is_refused(
    helpdesk: Path, arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render(*arguments, "--profile", "production") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
