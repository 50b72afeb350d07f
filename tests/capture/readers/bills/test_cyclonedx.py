"""CycloneDX: a bill that cyclonedx-py writes of this very environment, and bills of other tools' kinds."""

import json
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from samestack.capture.readers.bills.cyclonedx import read
from samestack.errors import InputError
from samestack.model import Component, Ecosystem, Layer, normalized_python_name
from tests import malformed

DOCUMENT: dict[str, Any] = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.5",
    "metadata": {"component": {"type": "container", "name": "image", "version": "sha256:0"}},
    "components": [
        {"type": "operating-system", "name": "Debian", "version": "12"},
        {
            "type": "library",
            "name": "numpy",
            "version": "1.26.4",
            "purl": "pkg:pypi/numpy@1.26.4",
            "hashes": [{"alg": "SHA-256", "content": "A" * 64}, {"alg": "BLAKE3", "content": "00"}],
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": "https://index.example/a",
                    "hashes": [{"alg": "MD5", "content": "b" * 32}],
                },
                {"type": "website", "url": "https://index.example/"},
            ],
            "components": [
                {
                    "type": "library",
                    "name": "openblas",
                    "version": "0.3.23",
                    "purl": "pkg:generic/openblas@0.3.23",
                }
            ],
        },
        {
            "type": "library",
            "name": "libc6",
            "purl": "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12",
        },
        {"type": "library", "name": "bash", "purl": "pkg:rpm/fedora/bash@5.2-1.fc39?arch=x86_64&epoch=2"},
        {
            "type": "library",
            "name": "mkl",
            "purl": "pkg:conda/mkl@2023.1.0?build=h213fc3f_46344&channel=defaults&subdir=linux-64",
            "hashes": [{"alg": "MD5", "content": "c" * 32}],
        },
        {
            "type": "machine-learning-model",
            "name": "distilbert",
            "purl": "pkg:huggingface/distilbert/distilbert-base@043235d6088ecd3dd5fb5ca3592b6913fd516027",
        },
        {"type": "machine-learning-model", "name": "detector.onnx", "version": "7"},
        {"type": "application", "name": "python", "purl": "pkg:generic/python@3.11.7"},
        {"type": "library", "name": "cudnn", "purl": "pkg:generic/cudnn@8.9.7"},
        {"type": "library", "name": "left-pad", "purl": "pkg:npm/left-pad@1.3.0"},
        {"type": "file", "name": "/etc/passwd"},
        {"type": "library", "name": "broken", "purl": "pkg:pypi"},
    ],
}


def write(directory: Path, document: object) -> Path:
    path = directory / "bom.json"
    path.write_text(json.dumps(document))
    return path


def test_every_kind_of_component_has_its_layer(tmp_path: Path) -> None:
    found = read(write(tmp_path, DOCUMENT)).components
    assert {(one.layer, one.ecosystem, one.name, one.version) for one in found} == {
        (Layer.OS, Ecosystem.GENERIC, "debian", "12"),
        (Layer.PACKAGES, Ecosystem.PYPI, "numpy", "1.26.4"),
        (Layer.SYSTEM, Ecosystem.GENERIC, "openblas", "0.3.23"),
        (Layer.SYSTEM, Ecosystem.DEBIAN, "libc6", "2.36-9+deb12u4"),
        (Layer.SYSTEM, Ecosystem.RPM, "bash", "2:5.2-1.fc39"),
        (Layer.SYSTEM, Ecosystem.CONDA, "mkl", "2023.1.0"),
        (
            Layer.MODELS,
            Ecosystem.HUGGING_FACE,
            "distilbert/distilbert-base",
            "043235d6088ecd3dd5fb5ca3592b6913fd516027",
        ),
        (Layer.MODELS, Ecosystem.GENERIC, "detector.onnx", "7"),
        (Layer.PYTHON, Ecosystem.GENERIC, "python", "3.11.7"),
        (Layer.ACCELERATOR, Ecosystem.GENERIC, "cudnn", "8.9.7"),
    }


def test_hashes_builds_and_architectures_are_facts(tmp_path: Path) -> None:
    found = {one.name: one for one in read(write(tmp_path, DOCUMENT)).components}
    assert found["numpy"].facts == {"hashes": (f"md5:{'b' * 32}", f"sha256:{'a' * 64}")}
    assert found["libc6"].facts == {"architecture": "amd64"}
    assert found["mkl"].build == "h213fc3f_46344"
    assert found["mkl"].facts == {"channel": "defaults", "hashes": (f"md5:{'c' * 32}",)}


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    remarks = read(write(tmp_path, DOCUMENT)).remarks
    assert [(remark.code, remark.subject) for remark in remarks] == [
        ("not-of-a-stack", "npm"),
        ("not-of-a-stack", "unidentified"),
        ("malformed-entry", "package URL"),
    ]
    assert "components[11]: not a package URL" in remarks[2].message


def test_one_thing_in_several_places_is_one_component(tmp_path: Path) -> None:
    twice = [{"name": "a", "purl": "pkg:pypi/a@1"}, {"name": "a", "purl": "pkg:pypi/A@1"}]
    twice += [{"name": "b", "purl": "pkg:deb/debian/b@1"}] * 2
    assert len(read(write(tmp_path, DOCUMENT | {"components": twice})).components) == 2


@pytest.mark.parametrize("version", ["1.2", "1.3", "1.4", "1.5", "1.6"])
def test_a_bill_of_this_environment_names_what_is_installed(tmp_path: Path, version: str) -> None:
    path = tmp_path / "bom.json"
    program = Path(sys.executable).parent / "cyclonedx-py"
    options = ["--sv", version, "--no-validate", "-o", str(path)]
    subprocess.run([str(program), "environment", *options, sys.executable], check=True, capture_output=True)
    found = {(one.name, one.version) for one in read(path).components}
    installed = {(normalized_python_name(one.name), one.version) for one in distributions()}
    assert found <= installed
    assert len(found) > 50


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"bomFormat": "SPDX"}, "bomFormat: not a CycloneDX document"),
        ({}, "bom.json: Object missing required field `bomFormat`"),
        ([], "Expected `object`, got `array`"),
        (
            DOCUMENT | {"components": [{"type": "library"}]},
            r"\$\.components\[0\]: Object missing required field `name`",
        ),
    ],
)
def test_what_is_no_bill(tmp_path: Path, document: object, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read(write(tmp_path, document))


def test_components_are_nested_as_deep_as_json_may_be(tmp_path: Path) -> None:
    component: dict[str, Any] = {"name": "a", "purl": "pkg:pypi/a@1"}
    for _ in range(200):
        component = {"name": "outer", "type": "file", "components": [component]}
    assert [one.name for one in read(write(tmp_path, DOCUMENT | {"components": [component]})).components] == [
        "a"
    ]


def test_deeper_ones_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bom.json"
    path.write_text('{"bomFormat": "CycloneDX", "components": ' + '[{"name": "a", "components": ' * 100_000)
    with pytest.raises(InputError, match="nested too deeply"):
        read(path)


def test_a_malformed_system_package_is_counted(tmp_path: Path) -> None:
    odd: Component | dict[str, str] = {"name": "x", "purl": "pkg:deb/debian/a%20b@1"}
    observation = read(write(tmp_path, DOCUMENT | {"components": [odd]}))
    assert [remark.code for remark in observation.remarks] == ["malformed-package-entry"]


@given(malformed.mutated(DOCUMENT))
def test_whatever_it_is_given_it_reads_or_refuses(document: object) -> None:
    with malformed.spoiled_file("bom.json", malformed.as_json(document)) as path:
        malformed.assert_reads_or_refuses(read, path)


@given(malformed.corrupted_text(json.dumps(DOCUMENT)))
def test_whatever_text_it_is_given_it_reads_or_refuses(content: bytes) -> None:
    with malformed.spoiled_file("bom.json", content) as path:
        malformed.assert_reads_or_refuses(read, path)
