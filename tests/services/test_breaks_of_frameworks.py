"""The two breaks that every installer accepts and every team has met, in the frameworks themselves."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from samestack.cli.main import main
from samestack.tour.interpreters import python_request

pytestmark = [pytest.mark.registry, pytest.mark.service]

UV = Path(sys.executable).with_name("uv")


class Found(Struct):
    rule: str
    severity: str
    subject: str
    message: str
    evidence: tuple[str, ...] = ()
    command: str = ""


class Report(Struct):
    findings: tuple[Found, ...] = ()


class Document(Struct):
    reports: tuple[Report, ...]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A directory of some gigabytes, removed when the test ends."""
    directory = tmp_path / "environment"
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


def build(place: Path, python: str, *requirements: str) -> None:
    subprocess.run([UV, "venv", "-q", "--python", python_request(python), place], check=True)
    subprocess.run([UV, "pip", "install", "-q", "--python", place / "bin/python", *requirements], check=True)


def errors(place: Path, *options: str) -> list[Found]:
    output = place.parent / "report.json"
    status = main(["check", f"venv:{place}", "--format", "json", "-o", str(output), *options])
    (report,) = msgspec.json.decode(output.read_bytes(), type=Document).reports
    found = [one for one in report.findings if one.severity == "error"]
    assert status == (1 if found else 0)
    return found


def test_numpy_2_under_pandas_and_torch_of_numpy_1(place: Path) -> None:
    build(place, "3.10", "pandas==1.4.0", "torch==1.13.0", "transformers==4.20.0", "pip")
    accepted = subprocess.run([place / "bin/python", "-m", "pip", "check"], check=False)
    assert accepted.returncode == 0
    found = errors(place)
    assert [(one.rule, one.subject) for one in found] == [("numpy-abi", "pandas"), ("numpy-abi", "torch")]
    assert {one.command for one in found} == {'pip install "numpy<2"'}
    imported = errors(place, "--imports")
    pandas = next(one for one in imported if one.subject == "pandas")
    assert "numpy.dtype size changed" in " ".join(pandas.evidence)
    subprocess.run([UV, "pip", "install", "-q", "--python", place / "bin/python", "numpy<2"], check=True)
    assert errors(place, "--imports") == []


def test_protobuf_4_under_tensorflow_of_protobuf_3(place: Path) -> None:
    build(place, "3.8", "tensorflow==2.8.0", "protobuf==4.21.12")
    found = errors(place)
    assert {(one.rule, one.subject) for one in found} == {
        ("known-break", "tensorboard"),
        ("known-break", "tensorflow"),
    }
    assert all("protobuf<3" in one.command for one in found)
    imported = errors(place, "--imports")
    told = [one for one in imported if "Descriptors cannot" in " ".join(one.evidence)]
    assert "tensorflow" in {one.subject for one in told}
    subprocess.run(
        [UV, "pip", "install", "-q", "--python", place / "bin/python", "protobuf<3.21"], check=True
    )
    assert errors(place, "--imports") == []
