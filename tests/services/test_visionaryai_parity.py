"""VisionaryAI's line has OpenCV 4.8 in development, 4.5 in staging and 4.6 in production, and then one stack.

Development is a virtual environment, staging a container that runs, production an image in a registry.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samestack.cli.main import main
from tests.capture.real_environments import interpreter_of_series
from tests.services.container_engine import ContainerEngine
from tests.services.registry_server import RegistryServer

pytestmark = [pytest.mark.registry, pytest.mark.service]

OPENCV = {"development": "4.8.1.78", "staging": "4.5.5.64", "production": "4.6.0.66"}
MANIFEST = """
[project]
name = "defect-line"
version = "1.0.0"
requires-python = ">=3.10"
dependencies = ["numpy<2", "opencv-python-headless=={opencv}"]

[tool.samestack]
backend = "venv"
python = "3.10"
platforms = ["linux-64"]
urls = false

[tool.samestack.image]
base = "debian:bookworm"
python = "copy"
command = ["python", "-c", "import cv2, time; print(cv2.__version__, flush=True); time.sleep(600)"]

[tool.samestack.config.fields]
CAMERAS = {{ type = "integer", minimum = 1, required = true }}
TRACE = {{ type = "boolean" }}

[tool.samestack.environments]
development = {{ reference = "venv:.venv", profile = "development" }}
staging = {{ reference = "container:{container}", profile = "staging", after = "development" }}
production = {{ reference = "registry:{registry}/defect-line:1", profile = "production", after = "staging" }}

[[tool.samestack.allowed-differences]]
environment = "*"
difference = "configuration/TRACE"
reason = "staging alone traces its pictures, until its cameras are exchanged"
until = 2036-01-31
"""


class Line:
    """The project, its registry and its engine."""

    def __init__(self, directory: Path, engine: ContainerEngine, registry: str) -> None:
        self.directory = directory
        self._engine = engine
        self._registry = registry
        self._container = "none-yet"
        self._client: subprocess.Popen[str] | None = None
        (directory / "config").mkdir(parents=True)
        for profile, text in {
            "development": "cameras = 1\n",
            "staging": "cameras = 2\ntrace = true\n",
            "production": "cameras = 12\n",
        }.items():
            (directory / "config" / f"{profile}.toml").write_text(text)

    def decide(self, opencv: str) -> None:
        """Lock a release of OpenCV."""
        text = MANIFEST.format(opencv=opencv, container=self._container, registry=self._registry)
        (self.directory / "pyproject.toml").write_text(text)
        assert main(["lock", str(self.directory)]) == 0

    def develop(self) -> None:
        """Make the development environment what the lock says."""
        assert main(["sync", str(self.directory), "--locked"]) == 0

    def stage(self) -> None:
        """Build the image and run it; what ran before is stopped."""
        self.stop()
        layout = self.directory.parent / "layout"
        shutil.rmtree(layout, ignore_errors=True)
        self._build(f"oci:{layout}:1")
        words = [sys.executable, "-m", "samestack", "image", "run", f"oci:{layout}:1", "--network", "none"]
        environment = {**os.environ, **self._engine.environment}
        self._client = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)
        assert self._client.stdout is not None
        assert re.match(r"4\.\d\.\d", self._client.stdout.readline())
        (self._container,) = self._engine.docker("ps", "--quiet").output.split()
        manifest = self.directory / "pyproject.toml"
        named = re.sub(r"container:[\w-]+", f"container:{self._container}", manifest.read_text())
        manifest.write_text(named)

    def produce(self) -> None:
        """Build the image into the registry, by a tag that moves."""
        self._build(f"registry:{self._registry}/defect-line:1")

    def stop(self) -> None:
        """Stop the container."""
        if self._client is not None:
            self._client.terminate()
            self._client.communicate(timeout=60)
            self._client = None

    def _build(self, destination: str) -> None:
        assert main(["image", "build", str(self.directory), "-o", destination]) == 0


@pytest.fixture
def line(
    tmp_path: Path, engine: ContainerEngine, registry_server: RegistryServer, nobody: None
) -> Iterator[Line]:
    """The line as it was found: three environments, three releases of OpenCV."""
    interpreter_of_series("3.10")
    made = Line(tmp_path / "defect-line", engine, registry_server.host)
    made.decide(OPENCV["staging"])
    made.stage()
    made.decide(OPENCV["production"])
    made.produce()
    made.decide(OPENCV["development"])
    made.develop()
    yield made
    made.stop()
    shutil.rmtree(made.directory)


def parity(line: Line, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    status = main(["parity", "--project", str(line.directory), "--format", "json"])
    return status, json.loads(capsys.readouterr().out)["report"]


def test_three_opencvs_are_named_and_become_one(line: Line, capsys: pytest.CaptureFixture[str]) -> None:
    status, report = parity(line, capsys)
    assert status == 1
    (opencv,) = [one for one in report["findings"] if one["subject"] == "opencv-python-headless"]
    assert opencv["rule"] == "stack-differs"
    for environment, release in OPENCV.items():
        assert f"{release} in {environment}" in opencv["message"]

    line.stage()
    line.produce()
    status, report = parity(line, capsys)
    assert (status, report.get("findings", [])) == (0, [])
    allowed = json.dumps(report["allowed"])
    assert "TRACE" in allowed
    assert "until its cameras are exchanged" in allowed

    shutil.rmtree(line.directory / ".venv")
    status, report = parity(line, capsys)
    assert status != 0
    assert "environment-unreachable" in json.dumps(report["findings"])
