"""From a directory to its manifest: what is inferred, what is left out, what stays."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packaging.requirements import Requirement

from samestack.errors import InputError, RequestError
from samestack.process import run
from samestack.project.inference.inferring import Inference, inferred
from samestack.project.inference.saving import save
from samestack.project.manifest import Backend
from samestack.project.reading import read_project
from samestack.project.wishes import wishes_of
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program


def written(directory: Path, **options: Any) -> dict[str, Any]:
    """The manifest after it was inferred; doing so again adds nothing, and what it asks for can be read."""
    save(inferred(directory, **options))
    again = inferred(directory, **options)
    assert again.added == ()
    assert again.change.before == again.change.after
    wishes_of(read_project(directory))
    return tomllib.loads((directory / "pyproject.toml").read_text())


def put(directory: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return directory


def test_requirements_and_an_image(tmp_path: Path) -> None:
    put(
        tmp_path / "Plate Inspection",
        {
            "requirements.txt": "tensorflow==2.8.0\nopencv-python-headless>=4.5\n",
            "requirements-dev.txt": "-r requirements.txt\npytest\n",
            "train.py": "import cv2\nimport numpy as np\nimport tensorflow as tf\n",
            "tests/test_train.py": "import pytest, hypothesis\nimport train\n",
            "Dockerfile": "FROM python:3.8\nRUN apt-get update && apt-get install -y libgl1\n",
        },
    )
    manifest = written(tmp_path / "Plate Inspection")
    assert manifest["project"] == {
        "name": "plate-inspection",
        "version": "0.1.0",
        "requires-python": ">=3.8",
        "dependencies": ["tensorflow==2.8.0", "opencv-python-headless>=4.5", "numpy"],
    }
    assert manifest["dependency-groups"] == {"dev": ["pytest"], "test": ["hypothesis"]}
    own = manifest["tool"]["samestack"]
    assert (own["backend"], own["python"], own["system-packages"]) == ("venv", "3.8", ["libgl1"])
    assert "linux-64" in own["platforms"]


def test_every_value_has_what_told_it(tmp_path: Path) -> None:
    put(tmp_path, {"requirements.txt": "# ours\nsix==1.16.0\n", "a.py": "import six\n"})
    (six,) = [one for one in inferred(tmp_path).added if one.key == "project.dependencies"]
    assert six.places == ("requirements.txt:2", "a.py:1")


def test_code_alone(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "src/net/__init__.py": "from net import layers\nimport torch, sklearn.svm, ours\n",
            "src/net/layers.py": "import os, yaml\n",
            "helpers/ours.py": "",
            "datasets/prepare.py": "from datasets import load_dataset\nimport apex\n",
            ".venv/pyvenv.cfg": "",
            ".venv/lib/x.py": "import requests\n",
        },
    )
    inference = inferred(tmp_path)
    found = [one.value for one in inference.added if one.key == "project.dependencies"]
    assert found == ["datasets", "torch", "scikit-learn", "pyyaml"]
    doubts = "\n".join(inference.doubts)
    assert "nothing tells which releases" in doubts
    assert "datasets/prepare.py:2: which distribution brings 'apex' is not known" in doubts
    assert "nothing tells the Python" in doubts


def test_an_environment_stays_condas(tmp_path: Path) -> None:
    environment = "channels: [conda-forge]\ndependencies:\n- python=3.9\n- pytorch=1.13\n"
    put(tmp_path, {"environment.yml": environment, "a.py": "import torch\nimport pandas\n"})
    manifest = written(tmp_path)
    assert manifest.keys() == {"tool"}
    assert manifest["tool"]["samestack"]["backend"] == "conda"
    assert manifest["tool"]["samestack"]["python"] == "3.9"
    assert "pandas (a.py:2) is not among what the project declares" in inferred(tmp_path).doubts
    assert read_project(tmp_path).wishes == ("environment.yml",)


def test_an_environment_can_become_a_venv(tmp_path: Path) -> None:
    put(tmp_path, {"environment.yml": "dependencies:\n- python=3.9\n- pytorch=1.13\n- ffmpeg\n"})
    manifest = written(tmp_path, backend=Backend.VENV)
    assert manifest["project"]["dependencies"] == ["torch==1.13.*"]
    assert manifest["tool"]["samestack"]["backend"] == "venv"


def test_poetry_keeps_its_tables(tmp_path: Path) -> None:
    text = (
        '[tool.poetry]\nname = "x"\nversion = "1"\n\n[tool.poetry.dependencies]\npython = "^3.9"\nsix = "*"\n'
    )
    put(
        tmp_path, {"pyproject.toml": text, "a.py": "import six\nimport numpy\n", "requirements.txt": "idna\n"}
    )
    manifest = written(tmp_path)
    assert manifest.keys() == {"tool"}
    assert manifest["tool"]["samestack"]["backend"] == "poetry"
    assert (tmp_path / "pyproject.toml").read_text().startswith(text)
    doubts = inferred(tmp_path).doubts
    assert "numpy (a.py:2) is not among what the project declares" in doubts


def test_what_stands_there_stays(tmp_path: Path) -> None:
    text = (
        "# ours\n[project]\nname = 'own'\ndynamic = ['version']\n\n"
        "[tool.samestack]\npython = '3.9'  # fixed\n\n# formatting\n[tool.ruff]\nline-length = 99\n"
    )
    put(tmp_path, {"pyproject.toml": text, "requirements.txt": "six\n", ".python-version": "3.11\n"})
    manifest = written(tmp_path)
    assert manifest["project"] == {
        "name": "own",
        "dynamic": ["version"],
        "requires-python": ">=3.9",
        "dependencies": ["six"],
    }
    assert manifest["tool"]["samestack"]["python"] == "3.9"
    after = (tmp_path / "pyproject.toml").read_text()
    kept = [line for line in after.splitlines() if line in text.splitlines()]
    assert [line for line in kept if line] == [line for line in text.splitlines() if line]
    assert "# formatting\n[tool.ruff]" in after


def test_a_file_that_cannot_be_added_to_is_refused(tmp_path: Path) -> None:
    put(tmp_path, {"pyproject.toml": "tool = {samestack = {python = '3.9'}}\n", "requirements.txt": "six\n"})
    with pytest.raises(InputError, match=r"tool\.samestack: it cannot be added to"):
        inferred(tmp_path)


@pytest.mark.parametrize(
    ("files", "python", "required"),
    [
        ({".python-version": "3.9.7\n", "Dockerfile": "FROM python:3.8\n"}, "3.9.7", ">=3.9"),
        (
            {"setup.py": "setup(python_requires='>=3.7,<3.11')\n", "runtime.txt": "python-3.9.1\n"},
            "3.9.1",
            ">=3.7,<3.11",
        ),
        ({".travis.yml": "python: [3.6, 3.8]\n"}, "3.8", ">=3.6"),
        ({"setup.py": "setup(python_requires='<3.9')\n", "Dockerfile": "FROM python:3.9\n"}, None, "<3.9"),
    ],
)
def test_the_python(tmp_path: Path, files: dict[str, str], python: str | None, required: str) -> None:
    manifest = written(put(tmp_path, {"requirements.txt": "six\n", **files}))
    assert manifest["tool"]["samestack"].get("python") == python
    assert manifest["project"]["requires-python"] == required


def test_the_python_that_is_asked_for(tmp_path: Path) -> None:
    put(tmp_path, {"requirements.txt": "six\n", ".python-version": "3.9\n"})
    assert written(tmp_path, python="3.10")["tool"]["samestack"]["python"] == "3.10"


@pytest.mark.parametrize("option", [{"python": "3.10"}, {"backend": Backend.CONDA}])
def test_what_stands_there_is_not_asked_away(tmp_path: Path, option: dict[str, Any]) -> None:
    text = '[project]\nname = "x"\nversion = "1"\n[tool.samestack]\npython = "3.9"\nbackend = "venv"\n'
    put(tmp_path, {"pyproject.toml": text})
    with pytest.raises(RequestError, match=r"pyproject\.toml says (python|backend) = "):
        inferred(tmp_path, **option)


def test_python_2_is_named_and_left_out(tmp_path: Path) -> None:
    put(tmp_path, {".python-version": "2.7.18\n", "a.py": "import six, urllib2\nprint 'x'\n"})
    inference = inferred(tmp_path)
    assert not [one for one in inference.added if "python" in one.key]
    assert ".python-version:1 says Python 2.7.18: no Python 2 can be locked" in inference.doubts
    assert "a.py: only Python 2 can run it" in inference.doubts


def test_a_python_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="'three' is no version of Python"):
        inferred(put(tmp_path, {"a.py": "import six\n"}), python="three")


def test_a_python_that_the_project_refuses(tmp_path: Path) -> None:
    put(tmp_path, {"pyproject.toml": '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.10"\n'})
    with pytest.raises(RequestError, match=r"requires Python >=3\.10, which 3\.9 is not"):
        inferred(tmp_path, python="3.9")


def test_what_code_can_do_without_is_named_unless_it_is_declared(tmp_path: Path) -> None:
    code = "import six\ntry:\n    import pandas\nexcept ImportError:\n    pandas = None\n"
    put(tmp_path, {"a.py": code})
    doubt = "a.py:3: pandas is imported where it can be missing, so it is left out"
    assert doubt in inferred(tmp_path).doubts
    text = '[project]\nname = "x"\ndependencies = ["six"]\noptional-dependencies = {frames = ["pandas"]}\n'
    put(tmp_path, {"pyproject.toml": text})
    assert doubt not in inferred(tmp_path).doubts


def test_late_imports_count_where_nothing_is_written_down(tmp_path: Path) -> None:
    put(tmp_path, {"a.py": "import six\ndef late():\n    import cv2, pandas\n"})
    found = [one.value for one in inferred(tmp_path).added if one.key == "project.dependencies"]
    assert found == ["six", "opencv-python", "pandas"]
    put(tmp_path, {"requirements.txt": "six\nopencv-python-headless\n"})
    inference = inferred(tmp_path)
    found = [one.value for one in inference.added if one.key == "project.dependencies"]
    assert found == ["six", "opencv-python-headless"]
    assert [one for one in inference.doubts if "left out" in one] == [
        "a.py:3: pandas is imported inside functions only and written down nowhere, so it is left out"
    ]


def test_a_name_that_is_asked_for_is_believed_to_bring_its_module(tmp_path: Path) -> None:
    put(tmp_path, {"requirements.txt": "py-rattler\ntomli-w\n", "a.py": "import rattler, tomli_w, unheard\n"})
    said = [doubt for doubt in inferred(tmp_path).doubts if "is not known" in doubt]
    assert said == ["a.py:1: which distribution brings 'unheard' is not known, so it is left out"]


def test_a_project_within_is_one_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, {"a.py": "import six\n", "sub/pyproject.toml": "", "sub/b.py": "import requests\n"})
    found = [one.value for one in inferred(tmp_path).added if one.key == "project.dependencies"]
    assert found == ["six"]


def test_two_places_that_disagree(tmp_path: Path) -> None:
    put(tmp_path, {"requirements.txt": "torch==1.13.0\n", "Pipfile": '[packages]\ntorch = "==1.12.0"\n'})
    inference = inferred(tmp_path)
    assert (
        "Pipfile:2 asks for torch==1.12.0; torch==1.13.0 of requirements.txt:1 is taken" in inference.doubts
    )


def test_modules_that_the_python_lacks(tmp_path: Path) -> None:
    put(
        tmp_path, {".python-version": "3.12\n", "a.py": "import six, distutils\n", "b.py": "import tomllib\n"}
    )
    doubts = inferred(tmp_path).doubts
    assert "a.py:1: Python 3.12 has no 'distutils' any more, 3.11 was the last" in doubts
    assert not any("tomllib" in doubt for doubt in doubts)


def test_nothing_that_tells(tmp_path: Path) -> None:
    put(tmp_path, {"README.md": "import numpy\n"})
    with pytest.raises(RequestError, match="tells what it needs"):
        inferred(tmp_path)


def test_what_is_malformed_is_left_out_and_named(tmp_path: Path) -> None:
    put(
        tmp_path, {"requirements.txt": "six\n", "Pipfile": "[packages\n", "a.ipynb": "{", "b.py": "import \0"}
    )
    doubts = "\n".join(inferred(tmp_path).doubts)
    assert "Pipfile" in doubts
    assert "a.ipynb" in doubts
    assert written(tmp_path)["project"]["dependencies"] == ["six"]


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = put(tmp_path / "outside", {"secret.py": "import requests\n"})
    project = put(tmp_path / "project", {"a.py": "import six\n"})
    (project / "linked").symlink_to(secret)
    (project / "b.py").symlink_to(secret / "secret.py")
    found = [one.value for one in inferred(project).added if one.key == "project.dependencies"]
    assert found == ["six"]


FILES = {
    "requirements.txt": ["six==1.16.0", "numpy<2; python_version < '3.12'", "-e .", "--pre", "b@d", "torch"],
    "environment.yml": [
        "dependencies:",
        "- python=3.9",
        "- numpy",
        "- pip",
        "- pip: [six]",
        "- cudatoolkit=11.2|11.3",
        "- python=3",
        "x: [",
    ],
    "a.py": ["import six", "import numpy as np", "import cv2", "print 'x'", "try:", "  import x"],
    "Dockerfile": ["FROM python:3.8", "RUN pip install six", "RUN apt-get install libgl1", "\\"],
    "Pipfile": ["[packages]", 'six = "*"', 'numpy = "==x"', "[requires]", 'python_version = "3"', "["],
    ".python-version": ["3.9", "3.10.4", "2.7", "system"],
    "setup.py": ["setup(name='x y', python_requires='>=3.7')", "setup(install_requires=['six'])", "("],
    "pyproject.toml": [
        "[project]",
        'name = "x"',
        "dependencies = []",
        "[tool.samestack]",
        'python = "3.9"',
        "[",
    ],
}


@st.composite
def directories(draw: st.DrawFn) -> dict[str, str]:
    names = draw(st.lists(st.sampled_from(sorted(FILES)), min_size=1, unique=True))
    return {name: "\n".join(draw(st.lists(st.sampled_from(FILES[name]), max_size=4))) for name in names}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(directories())
def test_whatever_there_is_the_manifest_is_one(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]
) -> None:
    directory = put(tmp_path_factory.mktemp("project"), files)
    try:
        inference = inferred(directory)
    except (InputError, RequestError):  # no manifest that can be added to, or nothing that tells anything
        return
    save(inference)
    read_project(directory)
    assert _lines(files.get("pyproject.toml", "")) <= _lines(inference.change.after)
    for text in _dependencies(inference):
        Requirement(text)
    assert inferred(directory).added == ()


def _lines(text: str) -> set[str]:
    return set(text.splitlines())


def _dependencies(inference: Inference) -> Iterator[str]:
    return (one.value for one in inference.added if one.key == "project.dependencies")


SETUP = """\
from setuptools import setup
setup(
    name="net", version="1.2", packages=["net"], install_requires=["six>=1.16"],
    entry_points={"console_scripts": ["net=net:main"]}, extras_require={"gpu": ["idna"]},
)
"""


@pytest.mark.registry
def test_a_package_is_built_as_before(tmp_path: Path) -> None:
    """What its build script says of it beside the dependencies still counts."""
    put(tmp_path, {"setup.py": SETUP, "net/__init__.py": "import six\ndef main():\n    print('built')\n"})
    manifest = written(tmp_path)
    assert manifest["build-system"]["build-backend"] == "setuptools.build_meta"
    assert read_project(tmp_path).is_package
    environment = dict(index_settings(uv_program()).environment)
    run([uv_program(), "build", "--wheel", tmp_path, "-o", tmp_path / "out"], environment=environment)
    (wheel,) = (tmp_path / "out").glob("net-1.2-*.whl")
    run([uv_program(), "venv", tmp_path / "env"])
    python = tmp_path / "env/bin/python"
    run([uv_program(), "pip", "install", "--python", python, wheel], environment=environment)
    assert run([tmp_path / "env/bin/net"]).output == "built\n"
    metadata = run([python, "-c", "import importlib.metadata as m; print(m.metadata('net'))"]).output
    assert "Requires-Dist: six>=1.16" in metadata
    assert "Provides-Extra: gpu" in metadata
