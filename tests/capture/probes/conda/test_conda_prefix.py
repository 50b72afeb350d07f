"""Conda prefixes that rattler installed, and what people do to them afterwards."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import distribution, version
from pathlib import Path

import pytest

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.conda.conda_prefix import read_prefix
from samestack.capture.tree import MachineTree, RootTree
from samestack.model import Component, Ecosystem, Layer
from tests import conda_channel
from tests.conda_channel import PYTHON, SERIES, SITE

UV = Path(sys.executable).parent / "uv"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return conda_channel.make_prefix(tmp_path_factory.mktemp("conda"))


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
        ("python", Layer.PYTHON, PYTHON, "hab00c5b_0_cpython"),
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
    put(prefix, conda_channel.distribution_files("packaging", "lib/python3.7/site-packages", "pip\n"))
    (prefix / "lib/python3.1").symlink_to(f"python{SERIES}")
    assert "packaging" not in {component.name for component in observed(prefix).components}


def test_a_prefix_without_python_is_read(prefix: Path) -> None:
    for record in (prefix / "conda-meta").glob("*.json"):
        if not record.name.startswith("cudatoolkit"):
            record.unlink()
    shutil.rmtree(prefix / "lib")
    assert [one.name for one in observed(prefix).components] == ["cudatoolkit"]


def test_the_interpreter_of_the_prefix_tells_more_of_its_python(prefix: Path) -> None:
    executable = prefix / f"bin/python{SERIES}"
    executable.unlink()
    executable.symlink_to(Path(sys.executable).resolve())
    put(prefix, {f"lib/python{SERIES}/os.py": b""})
    python = of(observed(prefix), "python")
    assert (python.ecosystem, python.version, python.build) == (Ecosystem.CONDA, PYTHON, "hab00c5b_0_cpython")
    assert python.facts["implementation"] == sys.implementation.name
    assert python.circumstances["executable"] == str(executable)
    assert python.circumstances["requested"] == f"python {SERIES}.*"


def test_a_prefix_inside_a_root_is_read_at_its_place(prefix: Path) -> None:
    root = prefix.parent.parent
    observation = read_prefix(RootTree(root), "/envs/vision", at="envs/vision")
    assert {component.at for component in observation.components} == {"envs/vision"}
    assert len(observation.components) == 5


def test_a_root_that_is_no_prefix_has_nothing(tmp_path: Path) -> None:
    assert read_prefix(RootTree(tmp_path), "/opt/conda") == Observation()


def test_deep_reading_tells_what_the_metadata_of_condas_packages_says(prefix: Path) -> None:
    plain, deep = observed(prefix), read_prefix(MachineTree(), str(prefix), options=Options(deep=True))
    assert deep.remarks == plain.remarks
    for name, modules in (("pluggy", ("pluggy",)), ("iniconfig", ("iniconfig",))):
        stated = distribution(name).metadata
        assert dict(of(deep, name).facts) == {
            **of(plain, name).facts,
            "modules": modules,
            "requires_python": stated["Requires-Python"],
            **({"requires": tuple(required)} if (required := distribution(name).requires) else {}),
        }
    for name in ("libblas", "cudatoolkit"):
        assert of(deep, name) == of(plain, name)


def test_several_distributions_of_one_package_need_what_any_of_them_needs(prefix: Path) -> None:
    record = next((prefix / "conda-meta").glob("pluggy-*.json"))
    content = json.loads(record.read_text())
    directory = f"{SITE}/aside-1.0.dist-info"
    content["files"].append(f"{directory}/METADATA")
    record.write_text(json.dumps(content))
    needs = b"Metadata-Version: 2.1\nName: aside\nVersion: 1.0\nRequires-Dist: six\n"
    put(prefix, {f"{directory}/METADATA": needs, f"{directory}/top_level.txt": b"aside\n"})
    facts = of(read_prefix(MachineTree(), str(prefix), options=Options(deep=True)), "pluggy").facts
    assert facts["modules"] == ("aside", "pluggy")
    assert facts["requires"] == ("six", *(distribution("pluggy").requires or ()))


def test_altered_files_of_conda_and_pip(prefix: Path) -> None:
    put(prefix, conda_channel.distribution_files("packaging", SITE, "pip\n"))
    options = Options(files=True)
    assert not read_prefix(MachineTree(), str(prefix), options=options).remarks
    for name in ("pluggy/__init__.py", "packaging/version.py"):
        (prefix / SITE / name).unlink()
        put(prefix / SITE, {name: b"# altered"})
    remarks = read_prefix(MachineTree(), str(prefix), options=options).remarks
    assert [(one.code, one.subject) for one in remarks] == [
        ("altered-files", "pluggy"),
        ("altered-files", "packaging"),
    ]
