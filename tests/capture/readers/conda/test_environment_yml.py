from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from samestack.capture.readers.conda.environment_yml import read
from samestack.errors import InputError
from samestack.model import Component, Ecosystem, Layer
from tests import malformed

DOCUMENT: dict[str, Any] = {
    "name": "vision",
    "channels": ["conda-forge", "https://user:hunter2@conda.example/t/hunter2/private", "nodefaults"],
    "dependencies": [
        "python=3.10",
        "numpy >=1.21, < 2",
        "pytorch::pytorch==2.1.0=py3.10_cuda11.8_cudnn8.7.0_0",
        "scipy=1.11.4=py310h1a2b3c4_0",
        "scikit-learn==1.3.2",
        "opencv[version='>=4.8',build=*headless*]",
        "pandas",
        "cudatoolkit=11.8",
        "libblas=*=*mkl",
        "pip",
        {"pip": ["requests==2.31.0", "onnx>=1.14; python_version < '3.12'", "-r more.txt"]},
    ],
    "variables": {"OMP_NUM_THREADS": 4, "API_TOKEN": "hunter2", "DEBUG": True, "EMPTY": None},
}
CHANNELS = {"channels": ("conda-forge", "private")}


def write(directory: Path, document: object) -> Path:
    path = directory / "environment.yml"
    path.write_text(yaml.safe_dump(document, sort_keys=False))
    (directory / "more.txt").write_text("tqdm==4.66.1\n")
    return path


def wanted(name: str, layer: Layer = Layer.PACKAGES, **more: Any) -> Component:
    return Component(
        layer=layer, ecosystem=Ecosystem.CONDA, name=name, **({"circumstances": CHANNELS} | more)
    )


def test_what_is_asked_of_conda(tmp_path: Path) -> None:
    found = read(write(tmp_path, DOCUMENT)).components
    assert [one for one in found if one.ecosystem is Ecosystem.CONDA] == [
        wanted("python", Layer.PYTHON, requirement="=3.10"),
        wanted("numpy", requirement=">=1.21,<2"),
        wanted(
            "pytorch",
            version="2.1.0",
            build="py3.10_cuda11.8_cudnn8.7.0_0",
            facts={"channel": "pytorch"},
            circumstances={},
        ),
        wanted("scipy", version="1.11.4", build="py310h1a2b3c4_0"),
        wanted("scikit-learn", version="1.3.2"),
        wanted("opencv", requirement=">=4.8 *headless*"),
        wanted("pandas"),
        wanted("cudatoolkit", Layer.ACCELERATOR, requirement="=11.8"),
        wanted("libblas", Layer.SYSTEM, requirement="* *mkl"),
        wanted("pip"),
    ]


def test_what_is_asked_of_pip(tmp_path: Path) -> None:
    found = read(write(tmp_path, DOCUMENT)).components
    assert [
        (one.name, one.version, one.requirement, one.marker) for one in found if one.ecosystem == "pypi"
    ] == [
        ("requests", "2.31.0", None, None),
        ("onnx", None, ">=1.14", 'python_version < "3.12"'),
        ("tqdm", "4.66.1", None, None),
    ]


def test_only_known_variables_are_kept(tmp_path: Path) -> None:
    observation = read(write(tmp_path, DOCUMENT))
    kept = [(one.name, one.version) for one in observation.components if one.layer is Layer.CONFIGURATION]
    assert kept == [("OMP_NUM_THREADS", "4")]
    (remark,) = observation.remarks
    assert (remark.code, remark.layer) == ("variables-left-out", Layer.CONFIGURATION)
    assert remark.message.endswith("left out: API_TOKEN, DEBUG")


def test_no_secret_is_kept(tmp_path: Path) -> None:
    assert "hunter2" not in str(read(write(tmp_path, DOCUMENT)))


def test_an_archive_names_one_package(tmp_path: Path) -> None:
    address = "https://conda.example/conda-forge/linux-64/numpy-1.26.4-py311h64a7726_0.conda"
    (numpy,) = read(write(tmp_path, {"dependencies": [address]})).components
    assert (numpy.version, numpy.build, numpy.facts) == (
        "1.26.4",
        "py311h64a7726_0",
        {"channel": "conda-forge"},
    )


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        (["--index-url https://user:hunter2@index.example/simple"], "package-index"),
        (["-r https://files.example/requirements.txt"], "remote-requirements"),
        (["https://files.example/archive.zip"], "unnamed-requirement"),
    ],
)
def test_what_pip_would_do_that_cannot_be_told_is_remarked_on(
    tmp_path: Path, entries: list[str], code: str
) -> None:
    observation = read(write(tmp_path, {"dependencies": [{"pip": entries}]}))
    assert observation.components == ()
    assert [remark.code for remark in observation.remarks] == [code]
    assert "hunter2" not in str(observation)


def test_pip_s_options_count(tmp_path: Path) -> None:
    entries = [
        "-e git+https://git.example/me@abc#egg=me",
        f"six==1.16.0 --hash=sha256:{'a' * 64}",
        "-c more.txt",
        "tqdm",
    ]
    me, six, tqdm = read(write(tmp_path, {"dependencies": [{"pip": entries}]})).components
    assert (me.source, me.circumstances) == ("git+https://git.example/me@abc", {"editable": True})
    assert six.facts == {"hashes": (f"sha256:{'a' * 64}",)}
    assert (tqdm.name, tqdm.version) == ("tqdm", "4.66.1")


def test_parts_of_other_tools_are_remarked_on(tmp_path: Path) -> None:
    (remark,) = read(write(tmp_path, {"dependencies": [{"npm": ["left-pad"]}]})).remarks
    assert (remark.code, remark.subject) == ("unknown-dependencies", "npm")


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"name": None, "channels": None, "dependencies": None, "variables": None},
        {"dependencies": [{"pip": None}]},
        {"channels": ["defaults"], "dependencies": []},
    ],
)
def test_an_environment_of_nothing_is_empty(tmp_path: Path, document: object) -> None:
    assert read(write(tmp_path, document)).components == ()


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"dependencies": "numpy"}, r"\$\.dependencies: Expected `array \| null`, got `str`"),
        ({"dependencies": ["numpy", 3]}, r"\$\.dependencies\[1\]: Expected"),
        (
            {"dependencies": ["numpy", "numpy=>1"]},
            r"\$\.dependencies\[1\]: its version is no version specification",
        ),
        ({"dependencies": ["numpy["]}, r"\$\.dependencies\[0\]: its brackets do not match"),
        ({"dependencies": ["a.conda"]}, r"\$\.dependencies\[0\]: not the address of a conda package"),
        ({"dependencies": [{"pip": ["numpy=="]}]}, r"pip entry 1: not a requirement"),
        ({"dependencies": [{"pip": ["--no-such-option"]}]}, r"pip entry 1: no such option"),
        ({"dependencies": [{"pip": ["-r gone.txt"]}]}, "gone.txt"),
        ({"channels": [3]}, r"\$\.channels\[0\]: Expected `str`, got `int`"),
        ([], "Expected `object`, got `array`"),
    ],
)
def test_what_is_wrong_with_an_environment(tmp_path: Path, document: object, problem: str) -> None:
    path = write(tmp_path, document)
    with pytest.raises(InputError, match=problem) as refusal:
        read(path)
    assert refusal.value.file == str(path)


def test_aliases_that_multiply_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "environment.yml"
    names = ", ".join(["numpy"] * 3000)
    path.write_text(f"x: &x [{names}]\ny: &y {{pip: *x}}\ndependencies: [{', '.join(['*y'] * 3000)}]\n")
    with pytest.raises(InputError, match="its aliases stand for more than"):
        read(path)


@given(malformed.mutated(DOCUMENT))
def test_whatever_it_is_given_it_reads_or_refuses(document: object) -> None:
    with malformed.spoiled_file("environment.yml", malformed.as_yaml(document)) as path:
        (path.parent / "more.txt").write_text("tqdm\n")
        malformed.assert_reads_or_refuses(read, path)


# Cut out of its address, a token is a text like any other.
@given(malformed.corrupted_text(yaml.safe_dump(DOCUMENT).replace("hunter2", "secret")))
def test_whatever_text_it_is_given_it_reads_or_refuses(content: bytes) -> None:
    with malformed.spoiled_file("environment.yml", content) as path:
        (path.parent / "more.txt").write_text("tqdm\n")
        malformed.assert_reads_or_refuses(read, path)
