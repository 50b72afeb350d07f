"""The guard around every verb: exit statuses, messages, and no traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from samestack import __version__
from samestack.cli import capture as capture_verb
from samestack.cli.main import main
from samestack.cli.parser import VERBS, build_parser
from samestack.errors import InputError, OutsideError, RequestError


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"samestack {__version__}\n"


def test_without_a_verb_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    shown = capsys.readouterr().out
    assert all(verb in shown for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_examples(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([verb, "--help"])
    shown = capsys.readouterr().out
    assert f"samestack {verb}" in shown.partition("examples:")[2]


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (
            RequestError("no such thing", hint="ask for another"),
            2,
            "error: no such thing\n hint: ask for another\n",
        ),
        (InputError("a.toml", "not TOML", place="line 3"), 2, "error: a.toml: line 3: not TOML\n"),
        (OutsideError("the server is gone"), 3, "error: the server is gone\n"),
        (KeyboardInterrupt(), 130, "error: interrupted; nothing half-made is left\n"),
    ],
)
def test_an_error_is_a_message_and_a_status(
    error: BaseException,
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(capture_verb, "run", fail)
    assert main(["capture"]) == status
    assert capsys.readouterr().err == said


def test_a_fault_of_our_own_is_a_sentence_and_with_debug_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(capture_verb, "run", lambda _: 1 // 0)
    assert main(["capture"]) == 3
    assert "this should not happen: ZeroDivisionError" in capsys.readouterr().err
    with pytest.raises(ZeroDivisionError):
        main(["capture", "--debug"])


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("\n".join(f"package-{n}==1.{n}" for n in range(20_000)))
    command = f"{sys.executable} -m samestack capture requirements.txt --format json | head -c 10"
    piped = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (piped.returncode, piped.stderr) == (0, "")


def test_starting_imports_neither_the_model_nor_a_parser() -> None:
    script = (
        "import sys; from samestack.cli.main import main\n"
        "main(['--version'])\n"
        "print(sorted(set(sys.modules) & {'argparse', 'msgspec', 'pathlib', 'rich', 'typing'}))"
    )
    output = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert output.splitlines()[-1] == "[]"


def test_the_parser_knows_all_verbs_at_once_for_completion() -> None:
    parsed = build_parser(*VERBS).parse_args(["diff", "a", "b", "--format", "html"])
    assert (parsed.before, parsed.after, parsed.format) == ("a", "b", "html")
