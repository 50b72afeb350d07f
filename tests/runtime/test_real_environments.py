"""A lock that was decided, an environment that was made of it, and a program in it: one digest."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

import samestack.runtime
from samestack.cli.main import main
from samestack.envs.interpreters import find_interpreter
from samestack.errors import OutsideError
from samestack.lock.platforms import marker_environment
from samestack.lock.reading import read_lock
from samestack.lock.selecting import locked_for
from samestack.parity.health import RuntimeReport

SOURCE = str(Path(samestack.runtime.__file__).parents[2])
PROGRAM = (
    "import sys; sys.path[:0] = sys.argv[1:]; import samestack.runtime as r; print(r.report_json().decode())"
)
MANIFEST = """\
[project]
name = "agent"
version = "1"
requires-python = ">=3.11"
dependencies = ["jinja2", "setuptools<81"]

[tool.samestack]
python = "3.11"
platforms = ["linux-64"]

[tool.uv]
package = false
"""


def told(python: Path) -> Mapping[str, Any]:
    command: list[str | Path] = [python, "-W", "error", "-c", PROGRAM, SOURCE]
    finished = subprocess.run(command, capture_output=True, check=True)
    answer = json.loads(finished.stdout)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize("series", ["3.9", "3.10", "3.12", "3.13"])
def test_every_python_reports(series: str) -> None:
    try:
        python = find_interpreter(series, may_fetch=False).path
    except OutsideError:
        pytest.skip(f"there is no Python {series} on this machine")
    report = told(python)
    assert report["python"].startswith(f"{series}.")
    assert report["stack"].startswith("sha256:")


@pytest.mark.registry
@pytest.mark.service
def test_the_program_tells_the_digest_of_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text(MANIFEST)
    assert main(["lock"]) == 0
    assert main(["sync", "--locked"]) == 0
    lock = read_lock(tmp_path / "pylock.toml")
    locked = locked_for(lock, marker_environment("linux-64", "3.11"))
    python = tmp_path / ".venv/bin/python"
    report = told(python)
    assert report["stack"] == lock.table.digests["linux-64"]
    assert msgspec.convert(report, RuntimeReport).runs(locked) is True
    (site,) = (tmp_path / ".venv").glob("lib/python*/site-packages")
    (next(site.glob("markupsafe-*.dist-info"))).rename(site / "~markupsafe")
    assert msgspec.convert(told(python), RuntimeReport).runs(locked) is False
