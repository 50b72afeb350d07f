"""The action scan: what it finds, how it tells it, and that it never tells a secret."""

import argparse
import json
from pathlib import Path

import pytest

from samestack.cli.configs import scan
from samestack.cli.main import main
from samestack.errors import RequestError
from tests.config.scanning.made_up import GITHUB, PASSWORD
from tests.config.scanning.repositories import commit, git, repository, write
from tests.oci.small_images import file, small_image, tar, write_layout

REPOSITORY = Path(__file__).parents[3]
CODE = f'import os\nTOKEN = "{GITHUB}"\n'
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": ["x\n", f'DB_PASSWORD = "{PASSWORD}"\n']}]})


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = repository(tmp_path / "agent")
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "100")
    return root


def scanned(*words: str) -> int:
    parser = argparse.ArgumentParser()
    scan.add_arguments(parser)
    return scan.run(parser.parse_args(words))


def test_the_verb_knows_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, {"a.py": CODE})
    assert main(["config", "scan"]) == 1
    assert "a.py (line 2, column 10)" in capsys.readouterr().out


def test_what_is_found_is_told_with_its_place(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, {"a.py": CODE, "notebooks/b.ipynb": NOTEBOOK, "c.py": "x = 1\n"})
    assert scanned() == 1
    said = capsys.readouterr().out
    assert said.startswith(".: 2 errors found; 3 files with text\n")
    assert (
        "\nerror    a.py (line 2, column 10)  hard-coded-secret\n         a GitHub token is written there\n"
        in said
    )
    assert "\nerror    notebooks/b.ipynb (cell 1, line 2, column 16)  hard-coded-secret\n" in said
    assert scanned("--fail-on", "never") == 0
    assert scanned("c.py") == 0


@pytest.mark.parametrize("form", scan.FORMATS)
@pytest.mark.parametrize("words", [(), ("--git",), ("--staged",), ("--full",), ("--write-baseline",)])
def test_no_form_shows_a_secret(
    form: str, words: tuple[str, ...], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(root, {"a.py": CODE, "b.ipynb": NOTEBOOK})
    write(root, {"c.py": CODE, "d.ipynb": NOTEBOOK})
    git(root, "add", "--all")
    assert scanned("--format", form, *words) == 1
    told = capsys.readouterr()
    written = "".join(path.read_text() for path in root.glob(".samestack*"))
    for secret in (GITHUB, PASSWORD):
        assert secret not in told.out + told.err + written


def test_sarif_names_the_line(root: Path, tmp_path: Path) -> None:
    write(root, {"a.py": CODE, "b.ipynb": NOTEBOOK})
    assert scanned("-o", str(tmp_path / "secrets.sarif")) == 1
    (run,) = json.loads((tmp_path / "secrets.sarif").read_text())["runs"]
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert [one["artifactLocation"]["uri"] for one in places] == ["a.py", "b.ipynb"]
    assert [one.get("region") for one in places] == [{"startLine": 2}, None]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["hard-coded-secret"]


def test_a_baseline_is_written_given_reasons_and_kept_to(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, {"a.py": CODE})
    assert scanned("--write-baseline") == 1
    assert "has it without a reason" in capsys.readouterr().out
    baseline = root / ".samestack-secrets.toml"
    baseline.write_text(baseline.read_text().replace('reason = ""', 'reason = "of the documentation"'))
    assert scanned() == 0
    assert capsys.readouterr().out == (
        ".: nothing found; 2 files with text, 1 known and left alone (.samestack-secrets.toml)\n"
    )
    write(root, {"below/b.py": "", "pyproject.toml": '[tool.samestack.config]\nbaseline = "other.toml"\n'})
    assert scanned() == 1


def test_staged_is_not_what_stands_there(root: Path) -> None:
    write(root, {"a.py": CODE})
    git(root, "add", "a.py")
    write(root, {"a.py": "", "b.py": CODE})
    assert scanned("--staged") == 1
    git(root, "add", "a.py")
    assert scanned("--staged") == 0


def test_what_was_ever_committed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(root, {"a.py": CODE})
    commit(root, {"a.py": "x = 1\n"})
    assert scanned() == 0
    assert scanned("--git") == 1
    assert "a.py (commit " in capsys.readouterr().out


def test_an_image(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layers = tar(file("app/a.py", CODE)), tar(file("app/.wh.a.py"))
    layout = write_layout(tmp_path / "image", small_image(*layers, env=(f"DB_PASSWORD={PASSWORD}",)))
    assert scanned(f"oci:{layout}") == 1
    said = capsys.readouterr().out
    assert "app/a.py (layer 1 (" in said
    assert "the image (configuration, Env, line 1, column 13)" in said


def test_known_values_of_a_profile(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = '[tool.samestack.config.fields]\nGREETING = { type = "string", secret = true }\n'
    write(
        root, {"pyproject.toml": manifest, ".env": "GREETING=good-morning-vienna\n", ".gitignore": ".env\n"}
    )
    write(root, {"config/development.toml": "", "a.py": 'print("good-morning-vienna")\n'})
    assert scanned() == 0
    capsys.readouterr()
    assert scanned("--profile", "development") == 1
    assert "the value of GREETING is written there" in capsys.readouterr().out


def test_an_image_has_no_history() -> None:
    with pytest.raises(RequestError, match="an image has no git history"):
        scanned("image:agent", "--git")


def test_this_repository_holds_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(REPOSITORY)
    status = scanned(".")
    assert status == 0, capsys.readouterr().out
