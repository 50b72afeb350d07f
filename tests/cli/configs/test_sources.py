"""``samestack config sources``: the layers of a profile."""

import json
import sys
from pathlib import Path

import jsonschema
import pytest
from docs.generate import json_schema

from samestack.cli.main import main
from samestack.render.configuration.sources_json import KINDS_SCHEMA, SOURCES_SCHEMA


def test_the_layers_from_the_highest_down(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "sources", "--profile", "development"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["layer", "source", "required", "seconds", "variables", "state"]
    ranks = [int(line[0]) for line in lines[1:]]
    assert ranks == sorted(ranks)
    assert [line[-2:] for line in lines[1:]] == [
        ["0", "ok"],
        ["2", "ok"],
        ["2", "ok"],
        ["1", "ok"],
        ["2", "ok"],
    ]


def test_no_value_is_read_where_names_suffice(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (helpdesk / "mounted/session_key").write_bytes(b"\xff\xfe no text")
    assert main(["config", "sources", "--profile", "production"]) == 0
    assert "directory:mounted" in capsys.readouterr().out


def test_what_may_be_missing_is_missing(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "sources", "--profile", "staging", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json_schema(SOURCES_SCHEMA)).validate(document)
    sources = {one["source"]: one for one in document["sources"]}
    assert sources["directory:absent"]["state"] == "missing"
    assert not sources["directory:absent"]["is_required"]


def test_what_has_to_be_there_is_not(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (helpdesk / "config/base.toml").write_text("log-level = \n")
    assert main(["config", "sources", "--profile", "staging"]) == 1
    said = capsys.readouterr().out
    assert "malformed" in said
    assert "config/base.toml: " in said


def test_the_kinds_and_their_options(helpdesk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "sources", "--kinds"]) == 0
    said = capsys.readouterr().out
    assert "directory" in said
    assert "A directory with a file for each variable" in said
    assert main(["config", "sources", "--kinds", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json_schema(KINDS_SCHEMA)).validate(document)
    kinds = {one["name"]: one for one in document["kinds"]}
    assert {"environment", "directory", "dotenv", "file"} <= kinds.keys()
    assert kinds["directory"]["tells_presence"]


def test_a_strangers_kind_that_cannot_be_loaded_is_named(
    helpdesk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = helpdesk / "site/broken-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[samestack.config.sources]\nbroken = no_such_module:KIND\n")
    monkeypatch.syspath_prepend(helpdesk / "site")
    assert main(["config", "sources", "--kinds"]) == 2
    assert "the source kind 'broken' cannot be loaded: ModuleNotFoundError" in capsys.readouterr().err


def test_a_strangers_kind_is_listed_and_read(
    helpdesk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The example of docs/config/sources.md, installed as its users would have it."""
    page = (Path(__file__).parents[3] / "docs/config/sources.md").read_text()
    code = page.partition("```python\n")[2].partition("```")[0]
    points = page.partition("```toml\n[project.entry-points")[2].partition("\n")[2].partition("```")[0]
    name, _, target = points.strip().replace(" ", "").replace('"', "").partition("=")
    package = helpdesk / "site"
    metadata = package / f"{target.partition('.')[0].partition(':')[0]}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: example\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[samestack.config.sources]\n{name} = {target}\n")
    (package / f"{target.partition(':')[0]}.py").write_text(code)
    monkeypatch.syspath_prepend(package)
    assert main(["config", "sources", "--kinds"]) == 0
    assert name in capsys.readouterr().out
    manifest = helpdesk / "pyproject.toml"
    manifest.write_text(manifest.read_text().replace("directory:mounted", f"{name}:limits.ini"))
    (helpdesk / "limits.ini").write_text("[production]\nmax_workers = 9\n[staging]\nmax_workers = 3\n")
    (helpdesk / "config/production.toml").write_text('database-url = "x"\n')
    main(["config", "why", "MAX_WORKERS", "--profile", "production"])
    assert capsys.readouterr().out.startswith(f"MAX_WORKERS = 9\n  from {name}:limits.ini, ")
    sys.modules.pop(target.partition(":")[0], None)
