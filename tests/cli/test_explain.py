"""The verb explain on a small index of the tests: what it prints, writes, changes and refuses."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rattler.index import index_fs

from samestack.cli.main import main
from samestack.codec import encode_snapshot
from samestack.model import Component, Ecosystem, Layer, Origin, Snapshot, Stack, Standing
from tests.conda_channel import add_package
from tests.solve.local_index import LocalIndex, served

REQUIREMENTS = "# the team's\npandas==1.4.0   # old frames\n\nnumpy>=2\nrequests\n"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """An index with arrays, frames that want old ones, and something that has nothing to do with them."""
    index = LocalIndex()
    for version, day in (("1.21.6", "2022-01-01"), ("1.24.4", "2023-06-01"), ("2.1.0", "2024-08-01")):
        index.add("numpy", version, uploaded=f"{day}T12:00:00Z")
    index.add("pandas", "1.4.0", "numpy>=1.21,<1.25", uploaded="2022-02-01T12:00:00Z")
    index.add("pandas", "2.2.2", "numpy>=1.26", uploaded="2024-04-01T12:00:00Z")
    index.add("requests", "2.31.0", uploaded="2022-02-02T12:00:00Z")
    with served(index) as found:
        yield found


@pytest.fixture(autouse=True)
def directory(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's directory, and an environment in which uv knows the one index only."""
    for variable in (
        "UV_INDEX",
        "UV_INDEX_URL",
        "UV_EXTRA_INDEX_URL",
        "UV_FIND_LINKS",
        "VIRTUAL_ENV",
        "CONDA_PREFIX",
    ):
        monkeypatch.delenv(variable, raising=False)
    settings = {"UV_DEFAULT_INDEX": address, "UV_CACHE_DIR": str(tmp_path / "uv"), "UV_NO_CONFIG": "1"}
    for variable, value in {**settings, "UV_HTTP_RETRIES": "0", "COLUMNS": "100", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(variable, value)
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    (project / "requirements.txt").write_text(REQUIREMENTS)
    return project


def explain(*words: str) -> int:
    return main(["explain", *words, *(() if "--python" in words else ("--python", "3.11"))])


def test_a_conflict_is_drawn_and_ways_out_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain() == 1
    said = capsys.readouterr().out
    assert said.startswith("These 3 requirements cannot be met together: 1 conflict, ")
    assert "  ├─ pandas==1.4.0  requirements.txt:2\n  │  └─ pandas 1.4.0 asks for numpy<1.25,>=1.21\n" in said
    assert "  └─ numpy>=2  requirements.txt:4\n" in said
    assert "     - numpy>=2\n     + numpy>=1.24.4\n" in said
    assert "make the first one: samestack explain --python 3.11 --apply 1\n" in said


def test_what_can_be_met_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("pandas", "numpy>=2") == 0
    said = capsys.readouterr().out
    assert "These 2 requirements can be met together." in said
    assert "chosen: numpy==2.1.0, pandas==2.2.2" in said


def test_the_python_that_is_taken_is_named(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    (directory / "pyproject.toml").write_text(
        '[project]\nname = "x"\nrequires-python = ">=3.8,<3.9"\ndependencies = ["numpy"]\n'
    )
    assert main(["explain"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Python is 3.8, the oldest that requires-python of pyproject.toml allows" in said
    assert "pyproject.toml was read; requirements.txt not" in said


def test_json_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("requirements.txt", "--format", "json") == 1
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "samestack/explanation/1"
    assert document["conflicts"][0]["contested"] == "numpy"
    assert [edit["wish"]["line"] for edit in document["relaxations"][0]["edits"]] == [2]


def test_the_suffix_tells_the_format(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("-o", "report.html") == 1
    assert (directory / "report.html").read_text().startswith("<!doctype html>")
    assert explain("-o", "report.json") == 1
    assert json.loads((directory / "report.json").read_text())["is_met"] is False
    assert capsys.readouterr().out == ""


def test_a_way_out_is_made_in_the_file(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("--apply", "1") == 0
    changed = REQUIREMENTS.replace("pandas==1.4.0", "pandas==2.2.2")
    assert (directory / "requirements.txt").read_text() == changed
    said = capsys.readouterr().out
    assert "-pandas==1.4.0   # old frames\n+pandas==2.2.2   # old frames\n" in said
    assert explain() == 0
    assert explain("--apply", "1") == 0
    assert "Nothing to change" in capsys.readouterr().out
    assert (directory / "requirements.txt").read_text() == changed


def test_what_is_installed_cannot_be_changed(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = [
        Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name="numpy", version="2.1.0"),
        Component(layer=Layer.PYTHON, ecosystem=Ecosystem.GENERIC, name="python", version="3.11.4"),
    ]
    origin = Origin(
        reference="venv:x",
        kind="venv",
        standing=Standing.OBSERVED,
        captured_at="2026-01-01T00:00:00Z",
        captured_by="x",
    )
    (directory / "held.json").write_bytes(encode_snapshot(Snapshot(origin=origin, stack=Stack.of(held))))
    assert main(["explain", "pandas==1.4.0", "--installed", "held.json"]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "numpy==2.1.0 installed already" in said
    assert "Python is 3.11.4" in said
    assert "+ pandas==2.2.2" in said
    assert main(["explain", "requests", "--installed", "held.json"]) == 0


@pytest.mark.parametrize("day", ["2023-12-01", "auto"])
def test_an_old_project_is_solved_as_of_then(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("pandas==1.4.0", "numpy", "--as-of", day) == 0
    said = capsys.readouterr().out
    if day == "auto":
        assert "Solved as of 2022-02-02: pandas 1.4.0 was uploaded on 2022-02-01" in said
        assert "numpy==1.21.6" in said
    else:
        assert "Solved as of 2023-12-01" in said
        assert "numpy==1.24.4" in said


def test_the_search_may_be_cut_short(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("--max-solves", "1") == 1
    assert "There may be more conflicts" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["missing.txt"], 2, "'missing.txt': no such file"),
        (["numpy >>> 2"], 2, "not a requirement"),
        (["pandas==1.4.0", "numpy>=2", "--apply", "1"], 2, "stands on the command line, not in a file"),
        (["--apply", "99"], 2, "there is no way out number 99"),
        (["--python", "x"], 2, "'x' is no version of Python"),
        (["--as-of", "yesterday"], 2, "'yesterday' is no day"),
        (["--max-solves", "0"], 2, "--max-solves has to be 1 or more"),
        (["--extra", "gpu"], 2, "--extra and --group choose within a pyproject.toml"),
        (["--host", "requirements.txt"], 2, "does not tell its C library"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(*words) == status
    found = capsys.readouterr()
    assert said in found.err
    assert found.out == ""


def test_an_index_that_does_not_answer_is_no_conflict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    assert explain("numpy") == 3
    assert "error:" in capsys.readouterr().err


def test_an_environment_is_asked_of_conda_and_of_the_index(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    channel = directory / "channel"
    for stem, depends in (("blas-1.0-0", ()), ("blas-2.0-0", ()), ("solver-1.0-0", ["blas <2"])):
        add_package(channel, stem, depends=depends)
    add_package(channel, "python-3.11.4-0")
    asyncio.run(index_fs(channel, write_zst=False))
    (directory / "environment.yml").write_text(
        f"channels: [{channel.as_uri()}]\ndependencies:\n  - python=3.11\n  - solver\n  - blas=2  # fast\n"
        "  - pip:\n    - pandas==1.4.0\n    - numpy>=2\n"
    )
    assert main(["explain", "environment.yml"]) == 1
    said = capsys.readouterr().out
    assert "These 5 requirements cannot be met together: 2 conflicts" in said
    assert "solver 1.0 asks for blas<2" in said
    assert "pandas==1.4.0  environment.yml:7" in said
    assert main(["explain", "environment.yml", "--apply", "1"]) == 0
    assert main(["explain", "environment.yml"]) == 0


def test_without_rattler_conda_has_a_hint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rattler", None)
    assert explain("numpy", "--channel", "conda-forge") == 2
    assert 'pip install "samestack[conda]"' in capsys.readouterr().err
