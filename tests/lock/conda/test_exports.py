from pathlib import Path

import pytest
import yaml

from samestack.capture.options import Options
from samestack.capture.paths import capture_file
from samestack.errors import InputError
from samestack.lock.conda.exports import environment_yaml, explicit_list
from samestack.lock.deciding import write
from samestack.lock.decision import Lock
from samestack.lock.reading import read_lock
from samestack.model import Kind, Reference, Snapshot
from tests.lock.conda.deciding import decided, project
from tests.solve.local_index import LocalIndex


@pytest.fixture
def lock(channel: Path, index: LocalIndex, tmp_path: Path) -> Lock:
    write(decided(project(tmp_path, channel, "python=3.10", "numpy=1.26", pip=["framer"])))
    return read_lock(tmp_path / "pixi.lock")


def captured(data: bytes, path: Path) -> Snapshot:
    path.write_bytes(data)
    return capture_file(Reference(Kind.PATH, str(path)), path, Options())


def test_an_environment_says_what_the_lock_says(lock: Lock, tmp_path: Path) -> None:
    data = environment_yaml(lock)
    document = yaml.safe_load(data)
    assert document["dependencies"][:3] == [
        "libblas=3.9.0=20_mkl",
        "numpy=1.26.4=py310_0",
        "python=3.10.13=0_cpython",
    ]
    assert document["dependencies"][3:] == ["pip", {"pip": ["framer==1.0", "tool==1.1"]}]
    found = captured(data, tmp_path / "environment.yml")
    pinned = {(one.name, one.version, one.build) for one in found.stack if one.name != "pip"}
    assert pinned == {(one.name, one.version, one.build) for one in lock.snapshot.stack}


def test_a_list_of_files_is_the_lock(lock: Lock, channel: Path, tmp_path: Path) -> None:
    data = explicit_list(lock)
    lines = data.decode().splitlines()
    assert lines[1:3] == ["# platform: linux-64", "@EXPLICIT"]
    packages = [line for line in lines[3:] if not line.startswith("#")]
    assert all(line.startswith(channel.as_uri()) and len(line.partition("#")[2]) == 32 for line in packages)
    order = [line.partition("#")[0].rpartition("/")[2].partition("-")[0] for line in packages]
    assert order.index("numpy") > max(order.index("python"), order.index("libblas"))
    found = captured(data, tmp_path / "explicit.txt")
    assert {(one.name, one.version) for one in found.stack} == {
        (one.name, one.version) for one in lock.snapshot.stack
    }


def test_a_list_of_files_cannot_be_installed_from(lock: Lock, tmp_path: Path) -> None:
    path = tmp_path / "explicit.txt"
    other = Lock(path=path, kind="conda-explicit", snapshot=captured(explicit_list(lock), path))
    with pytest.raises(InputError, match="a list of files does not say what they need"):
        environment_yaml(other)
