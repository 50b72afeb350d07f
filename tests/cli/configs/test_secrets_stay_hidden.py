"""No action shows a secret, wherever it stands and whatever is wrong with it: canaries are sought."""

import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from samestack.cli.main import main
from samestack.errors import SamestackError
from tests.cli.configs.helpdesk import CANARIES, DOTENV, write

PLANTED: Final = "canary-planted-here"
ACTIONS: Final = (
    "check --all",
    "check --profile production --presence",
    "check --all --format json",
    "check --all -o written.md",
    "check --all -o written.sarif",
    "show --profile development",
    "show --profile production",
    "show --profile production -o written.json",
    "show --profile development --format json",
    "why SESSION_KEY --profile production",
    "why SESSION_KEY --profile development --format json",
    "why HUGGINGFACE_API_KEY --profile development",
    "why DATABASE_URL --profile production -o written.json",
    "diff development production --origins",
    "diff staging production",
    "diff development production -o written.md",
    "diff development production --format json",
    "diff development production --presence",
    "sources --profile production",
    "sources --profile development --format json",
    "docs",
    "docs -o written.md",
)


def _declared(line: str) -> Callable[[Path], None]:
    """Another declaration of the session key."""

    def change(project: Path) -> None:
        manifest = project / "pyproject.toml"
        old = 'SESSION_KEY = { type = "string", secret = true }'
        assert old in manifest.read_text()
        manifest.write_text(manifest.read_text().replace(old, line))

    return change


def _written(files: Mapping[str, str]) -> Callable[[Path], None]:
    return lambda project: write(project, dict(files))


def _of_class(project: Path) -> None:
    """The project's own class, whose validator quotes what it refuses, and an environment with pydantic."""
    (project / ".venv").symlink_to(sys.prefix)
    write(
        project,
        {
            "pyproject.toml": '[tool.samestack.config]\nschema = "helpdesk_settings:Settings"\n'
            '[tool.samestack.config.profiles.production]\nsources = ["directory:mounted"]\n',
            "helpdesk_settings.py": """\
from pydantic import BaseModel, SecretStr, field_validator, model_validator


class Settings(BaseModel):
    database_url: str
    huggingface_api_key: SecretStr | None = None
    session_key: SecretStr | None = None
    log_level: str = "INFO"
    max_workers: int = 2

    @field_validator("session_key")
    @classmethod
    def refused(cls, value):
        raise ValueError(f"{value.get_secret_value()} is too weak")
""",
        },
    )


SPOILED: Final[Mapping[str, Callable[[Path], object]]] = {
    "as it is": lambda _: None,
    "a secret of another type": _declared('SESSION_KEY = { type = "integer", secret = true }'),
    "a secret that is too short": _declared(
        'SESSION_KEY = { type = "string", minLength = 90, secret = true }'
    ),
    "a secret that does not match": _declared(
        'SESSION_KEY = { type = "string", pattern = "^[0-9]+$", secret = true }'
    ),
    "a secret that is none of those": _declared(
        'SESSION_KEY = { type = "string", enum = ["a"], secret = true }'
    ),
    "a secret in a document": _written({"config/base.toml": f'session-key = "{PLANTED}"\n'}),
    "a list in a document": _written({"config/base.toml": f'session-key = ["{PLANTED}"]\n'}),
    "a table in a document": _written({"config/base.toml": f'session-key = {{ a = ["{PLANTED}"] }}\n'}),
    "a document cut off": _written({"config/production.toml": f'session-key = "{PLANTED}\n'}),
    "a key without a value": _written({"config/base.toml": f"{PLANTED}\n"}),
    "a line that is none": _written({".env": f"SESSION_KEY\n{PLANTED}\n"}),
    "two files for one variable": _written({"mounted/huggingface_api_key": PLANTED}),
    "a class that refuses it": _of_class,
}


@pytest.fixture(params=SPOILED)
def spoiled(request: pytest.FixtureRequest, helpdesk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project with something wrong, and a cache of its own."""
    monkeypatch.setenv("SAMESTACK_CACHE", str(helpdesk / "cache"))
    SPOILED[request.param](helpdesk)
    return helpdesk


def said_by(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """All that a command writes, its traceback with it."""
    trace = ""
    try:
        main(words)
    except SamestackError as error:
        trace = "".join(traceback.format_exception(error)) + repr(error)
    said = capsys.readouterr()
    assert "this should not happen" not in said.err
    return said.out + said.err + trace


def left_behind(project: Path, before: Mapping[Path, bytes]) -> Iterator[str]:
    """The files that were not there before, or are others now."""
    for path, content in _files(project).items():
        if before.get(path) != content:
            yield content.decode("utf-8", "replace")


def _files(project: Path) -> dict[Path, bytes]:
    found = (path for path in project.rglob("*") if ".venv" not in path.parts and path.is_file())
    return {path: path.read_bytes() for path in found}


def sought(text: str) -> list[str]:
    return [canary for canary in (*CANARIES, PLANTED) if canary in text]


@pytest.mark.parametrize("debug", [[], ["--debug"]], ids=["", "debug"])
def test_nothing_that_is_written_holds_a_secret(
    spoiled: Path, debug: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _files(spoiled)
    assert sought("".join(content.decode() for content in before.values()))
    monkeypatch.setenv("HUGGINGFACE_API_KEY", "canary-in-the-environment")
    for action in ACTIONS:
        said = said_by(["config", *action.split(), *debug], capsys)
        assert not sought(said), action
        for text in left_behind(spoiled, before):
            assert not sought(text), action


@pytest.mark.parametrize(
    "action", ["check", "show", "why SESSION_KEY", "diff development production", "sources"]
)
def test_nor_what_stood_on_the_command_line(
    helpdesk: Path, action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["config", *action.split(), "--set", f"SESSION_KEY={PLANTED}"]
    said = said_by(words, capsys)
    assert PLANTED not in said
    assert PLANTED not in said_by([*words, "--format", "json"], capsys)
    assert PLANTED not in said_by(["config", *action.split(), "--set", PLANTED, "--debug"], capsys)


def test_the_class_was_asked_and_its_words_kept_back(
    helpdesk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMESTACK_CACHE", str(helpdesk / "cache"))
    _of_class(helpdesk)
    assert main(["config", "check", "--profile", "development"]) == 1
    said = capsys.readouterr().out
    assert "SESSION_KEY  config-rejected" in said
    assert "too weak" not in said


def test_what_is_misspelt_is_a_secret_all_the_same(
    helpdesk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(helpdesk, {".env": f"{DOTENV}HUGGINGFACE_API_KEYS={PLANTED}\n"})
    for action in ("show", "show --format json", "why HUGGINGFACE_API_KEYS", "diff development staging"):
        assert PLANTED not in said_by(["config", *action.split()], capsys), action


def test_what_stands_below_a_secret_is_one(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(helpdesk, {"config/development.toml": f'[session-key]\ninner = "{PLANTED}"\n'})
    for action in ("show", "show --format json", "why SESSION_KEY__INNER", "diff development staging"):
        assert PLANTED not in said_by(["config", *action.split()], capsys), action
