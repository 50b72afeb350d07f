"""Conda prefixes that rattler installed, and what people do to them afterwards."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.readers.conda_prefix import read, read_prefix
from samestack.capture.tree import MachineTree, RootTree
from samestack.errors import RequestError
from samestack.model import Component, Ecosystem, Host, Layer, Stack
from tests import conda_channel, malformed
from tests.conda_channel import SITE

UV = Path(sys.executable).parent / "uv"
WANTED = ["python=3.11", "pluggy", "iniconfig", "cudatoolkit=11.8"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("conda")
    channel = conda_channel.make_channel(directory / "channel")
    records = conda_channel.solve_packages(channel, WANTED)
    return conda_channel.install_packages(records, directory / "prefix", WANTED)


@pytest.fixture
def prefix(installed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(installed, tmp_path / "envs/vision", symlinks=True))


def put(root: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def observed(prefix: Path) -> Observation:
    return read_prefix(MachineTree(), str(prefix))


def of(observation: Observation, name: str) -> Component:
    (found,) = (component for component in observation.components if component.name == name)
    return found


def test_every_record_is_a_component_in_its_layer(prefix: Path) -> None:
    observation = observed(prefix)
    assert {(one.name, one.layer, one.version, one.build) for one in observation.components} == {
        ("python", Layer.PYTHON, "3.11.7", "hab00c5b_0_cpython"),
        ("pluggy", Layer.PACKAGES, version("pluggy"), "py311h64a7726_0"),
        ("iniconfig", Layer.PACKAGES, version("iniconfig"), "pyhd8ed1ab_0"),
        ("libblas", Layer.SYSTEM, "3.9.0", "20_linux64_mkl"),
        ("cudatoolkit", Layer.ACCELERATOR, "11.8.0", "h4ba93d1_12"),
    }
    assert {one.ecosystem for one in observation.components} == {Ecosystem.CONDA}
    assert observation.remarks == ()


def test_what_was_asked_for_channel_and_hashes_are_told(prefix: Path) -> None:
    cuda = of(observed(prefix), "cudatoolkit")
    record = json.loads(next((prefix / "conda-meta").glob("cudatoolkit-*.json")).read_text())
    assert cuda.circumstances == {"requested": "cudatoolkit 11.8.*"}
    assert cuda.facts["hashes"] == (f"md5:{record['md5']}", f"sha256:{record['sha256']}")
    assert str(cuda.facts["channel"]).endswith("/channel")


def test_packages_of_pip_stand_beside_those_of_conda(prefix: Path) -> None:
    put(prefix, conda_channel.distribution_files("packaging", SITE, "pip\n"))
    packaging = of(observed(prefix), "packaging")
    assert (packaging.ecosystem, packaging.layer) == (Ecosystem.PYPI, Layer.PACKAGES)
    assert packaging.circumstances["installer"] == "pip"


@pytest.mark.registry
def test_what_uv_installs_is_found(prefix: Path) -> None:
    target = ["--target", str(prefix / SITE), "--python", sys.executable]
    subprocess.run([str(UV), "pip", "install", "--quiet", *target, "six==1.16.0"], check=True)
    assert (of(observed(prefix), "six").version, of(observed(prefix), "six").ecosystem) == (
        "1.16.0",
        Ecosystem.PYPI,
    )


def test_a_distribution_that_says_conda_installed_it_is_not_listed(prefix: Path) -> None:
    put(prefix, conda_channel.distribution_files("packaging", SITE, "conda\n"))
    assert "packaging" not in {component.name for component in observed(prefix).components}


def test_what_pip_installed_over_a_conda_package_is_what_there_is(prefix: Path) -> None:
    (old,) = (prefix / SITE).glob("pluggy-*.dist-info")
    shutil.rmtree(old)
    put(
        prefix,
        {f"{SITE}/pluggy-9.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: pluggy\nVersion: 9.0\n"},
    )
    observation = observed(prefix)
    assert (of(observation, "pluggy").ecosystem, of(observation, "pluggy").version) == (Ecosystem.PYPI, "9.0")
    assert "replaced-by-pip" in {remark.code for remark in observation.remarks}


def test_what_an_update_of_python_left_behind_is_not_there(prefix: Path) -> None:
    put(prefix, conda_channel.distribution_files("packaging", "lib/python3.10/site-packages", "pip\n"))
    (prefix / "lib/python3.1").symlink_to("python3.11")
    assert observed(prefix) == read_prefix(MachineTree(), str(prefix))
    assert "packaging" not in {component.name for component in observed(prefix).components}


def test_a_prefix_without_python_is_read(prefix: Path) -> None:
    for record in (prefix / "conda-meta").glob("*.json"):
        if not record.name.startswith("cudatoolkit"):
            record.unlink()
    shutil.rmtree(prefix / "lib")
    assert [one.name for one in observed(prefix).components] == ["cudatoolkit"]


def test_credentials_and_tokens_never_leave_the_record(prefix: Path) -> None:
    path = next((prefix / "conda-meta").glob("cudatoolkit-*.json"))
    record = json.loads(path.read_text())
    address = "https://user:hunter2@conda.example/t/hunter2/private"
    record |= {"channel": f"{address}/linux-64", "requested_specs": [f"{address}::cudatoolkit"]}
    path.write_text(json.dumps(record))
    cuda = of(observed(prefix), "cudatoolkit")
    assert cuda.facts["channel"] == "private"
    assert "hunter2" not in str(cuda)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"name": "x"}', b'{"name": "a b", "version": "1"}', b"\xff"]
)
def test_a_malformed_record_is_remarked_on_and_the_rest_is_read(prefix: Path, content: bytes) -> None:
    (prefix / "conda-meta/broken-1-0.json").write_bytes(content)
    observation = observed(prefix)
    assert len(observation.components) == 5
    assert [(remark.code, remark.subject) for remark in observation.remarks] == [
        ("malformed-record", "broken-1-0.json")
    ]


def test_two_records_of_one_name_are_both_told(prefix: Path) -> None:
    path = next((prefix / "conda-meta").glob("cudatoolkit-*.json"))
    twin = json.loads(path.read_text()) | {"version": "11.7.0"}
    (prefix / "conda-meta/cudatoolkit-11.7.0-0.json").write_text(json.dumps(twin))
    observation = observed(prefix)
    versions = {one.version for one in observation.components if one.name == "cudatoolkit"}
    assert versions == {"11.7.0", "11.8.0"}
    assert [remark.code for remark in observation.remarks] == ["duplicate-record"]


def test_a_prefix_inside_a_root_is_read_at_its_place(prefix: Path) -> None:
    root = prefix.parent.parent
    observation = read_prefix(RootTree(root), "/envs/vision", at="envs/vision")
    assert {component.at for component in observation.components} == {"envs/vision"}
    assert len(observation.components) == 5


def test_a_root_that_is_no_prefix_has_nothing(tmp_path: Path) -> None:
    assert read_prefix(RootTree(tmp_path), "/opt/conda") == Observation()


def test_read_adds_what_surrounds_it(prefix: Path) -> None:
    observation = read(str(prefix), Options())
    assert Stack.of(observation.components).layer(Layer.OS)
    assert Host.of(observation.components).layer(Layer.KERNEL)
    assert of(observation, "pluggy").version == version("pluggy")


def test_deep_reading_finds_nothing_more_where_nothing_is_compiled(
    prefix: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert read_prefix(MachineTree(), str(prefix), options=Options(deep=True)) == observed(prefix)


def test_it_is_found_by_name(prefix: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CONDA_ENVS_PATH", str(prefix.parent))
    assert of(read("vision", Options()), "pluggy").version == version("pluggy")
    with pytest.raises(RequestError, match="no conda environment 'visoin'") as refusal:
        read("visoin", Options())
    assert "vision" in str(refusal.value.hint)


RECORD: dict[str, object] = {
    "name": "numpy",
    "version": "1.26.4",
    "build": "py311h64a7726_0",
    "channel": "https://conda.example/conda-forge/linux-64",
    "md5": "0" * 32,
    "sha256": "0" * 64,
    "depends": ["python >=3.11"],
    "files": ["lib/python3.11/site-packages/numpy-1.26.4.dist-info/METADATA"],
    "requested_spec": "numpy=1.26",
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=malformed.mutated(RECORD).map(malformed.as_json) | malformed.corrupted_text(json.dumps(RECORD))
)
def test_no_record_is_fatal(content: bytes) -> None:
    with malformed.spoiled_file("numpy-1.26.4-py311h64a7726_0.json", content) as path:
        (path.parent / "conda-meta").mkdir()
        path.rename(path.parent / "conda-meta" / path.name)
        observation = observed(path.parent)
    assert "hunter2" not in str(observation)
    assert len(observation.components) + len(observation.remarks) == 1


@given(locator=st.text(max_size=20))
def test_any_locator_is_found_or_refused(locator: str) -> None:
    if "\0" in locator:
        return
    with pytest.raises(RequestError):
        read(f"{locator}-that-is-not-there", Options())
