"""What code, notebooks and commands say, whatever was written in them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError
from samestack.project.inference.clue import Kind, Seen
from samestack.project.inference.image_clues import of_dockerfile
from samestack.project.inference.imported_modules import imported_by
from samestack.project.inference.notebooks import read_notebook
from samestack.project.inference.python_clues import of_pipeline, of_version_file
from samestack.project.inference.shell_commands import of_command

CODE = """\
import os, numpy as np
from google.cloud import storage
from . import own
from .own import x
from torch import *
try:
    import apex
except ImportError:
    apex = None
    import fallback
if TYPE_CHECKING:
    import types_only
def late():
    import pandas
match np:
    case 1:
        import scipy
"""


def modules(text: str, *, is_optional: bool = False) -> list[tuple[str, int]]:
    found = imported_by(text).imports
    return [(one.module, one.line) for one in found if one.is_optional == is_optional]


def told(seen: Seen, kind: Kind) -> list[str]:
    return [clue.value for clue in seen.clues if clue.kind is kind]


def test_imports_are_found_with_their_lines() -> None:
    assert modules(CODE) == [
        ("os", 1),
        ("numpy", 1),
        ("google.cloud.storage", 2),
        ("torch", 5),
        ("pandas", 14),
        ("scipy", 17),
    ]
    assert modules(CODE, is_optional=True) == [("apex", 7), ("fallback", 10), ("types_only", 12)]


def test_python_2_is_read_line_by_line() -> None:
    code = imported_by("import urllib2, numpy as np\nfrom PIL import Image, ImageDraw\nprint 'x'\n")
    assert code.is_python_2
    assert [(one.module, one.line) for one in code.imports] == [
        ("urllib2", 1),
        ("numpy", 1),
        ("PIL.Image", 2),
        ("PIL.ImageDraw", 2),
    ]


def test_what_is_newer_than_this_python_is_read_line_by_line() -> None:
    code = imported_by("import torch\nnot a statement !\n")
    assert [one.module for one in code.imports] == ["torch"]
    assert not code.is_python_2


@given(st.text(st.sampled_from("import from as,.()\n\t#'\"\\ x\0é\u2028"), max_size=60))
def test_any_text_is_read(text: str) -> None:
    imported_by(text)


@pytest.mark.parametrize("size", [200, 20_000])
def test_deep_code_is_read(size: int) -> None:
    assert ("numpy", 1) in modules("import numpy\n" + "(" * size)


def notebook(path: Path, *sources: str, **language: str) -> Path:
    cells = [{"cell_type": "code", "source": source.splitlines(keepends=True)} for source in sources]
    said = {"name": "python", "version": "3.7.12", **language}
    path.write_text(json.dumps({"cells": cells, "metadata": {"language_info": said}}))
    return path


def test_a_notebook_is_code_and_commands(tmp_path: Path) -> None:
    path = notebook(
        tmp_path / "a.ipynb",
        "!pip install -q torch==1.9 \\\n  wandb\n%matplotlib inline\nimport torch\n",
        "%%bash\napt-get install -y libgl1\n",
        "%%javascript\nimport nothing\n",
        "%%time\nimport numpy\n",
    )
    found = read_notebook(path)
    assert found.python == "3.7.12"
    assert found.cells[0].commands == ("pip install -q torch==1.9    wandb",)
    assert [one.module for one in imported_by(found.cells[0].code).imports] == ["torch"]
    assert found.cells[1].commands == ("apt-get install -y libgl1",)
    assert found.cells[2].code == ""
    assert "import numpy" in found.cells[3].code


def test_a_notebook_of_format_3(tmp_path: Path) -> None:
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps({"worksheets": [{"cells": [{"cell_type": "code", "input": "import six"}]}]}))
    assert read_notebook(path).cells[0].code == "import six"


def test_a_notebook_of_another_language(tmp_path: Path) -> None:
    assert read_notebook(notebook(tmp_path / "r.ipynb", "library(x)", name="R")).cells == ()


@pytest.mark.parametrize("text", ["", "[]", '{"cells": 3}', '{"cells": [{"source": {"a": 1}}]}'])
def test_what_is_no_notebook(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(text)
    with pytest.raises(InputError):
        read_notebook(path)


@pytest.mark.parametrize(
    ("command", "kind", "values"),
    [
        (
            "apt-get update && apt-get install -y --no-install-recommends libgl1 curl=7.1",
            "system",
            ["libgl1"],
        ),
        ("sudo DEBIAN_FRONTEND=noninteractive apt install libsndfile1:amd64", "system", ["libsndfile1"]),
        ("apt-get install -y python3-dev libgomp1", "system", ["libgomp1"]),
        (
            "pip install --no-cache-dir -r requirements.txt 'torch>=1.9,<2' numpy",
            "dep",
            ["torch<2,>=1.9", "numpy"],
        ),
        ("python3.8 -m pip install -U pip setuptools six", "dep", ["six"]),
        ("uv pip install --index-url https://x.example/ idna", "dep", ["idna"]),
        ("pip install -qr requirements.txt --index-strategy unsafe-best-match six", "dep", ["six"]),
        ("pip install -e . && echo 'pip install nothing'", "dep", []),
        ("echo hello; pip freeze", "dep", []),
        ("pip install 'unclosed", "dep", []),
    ],
)
def test_commands(command: str, kind: str, values: list[str]) -> None:
    wanted = Kind.SYSTEM_PACKAGE if kind == "system" else Kind.DEPENDENCY
    assert told(of_command(command, "Dockerfile:3"), wanted) == values


def test_what_a_command_installs_that_is_no_need_is_named() -> None:
    (doubt,) = of_command("apt-get install -y curl libgl1 $PACKAGES", "a.sh:1").doubts
    assert doubt == "a.sh:1: not taken for needs of the program: curl, $PACKAGES"
    (doubt,) = of_command("pip install git+https://me:secret@git.example/x.git", "a.sh:1").doubts
    assert doubt == "a.sh:1: what pip installs there is left out: git+https://git.example/x.git"


DOCKERFILE = """\
# syntax=docker/dockerfile:1
ARG VERSION=3.8
FROM --platform=linux/amd64 python:${VERSION}-slim AS base
RUN apt-get update \\
  # the picture libraries
  && apt-get install -y \\
    libgl1 libglib2.0-0 \\
  && rm -rf /var/lib/apt/lists/*
RUN pip install gunicorn
FROM nvidia/cuda:11.2.2-cudnn8-runtime-ubuntu20.04
"""


def test_a_dockerfile() -> None:
    seen = of_dockerfile(DOCKERFILE, "Dockerfile")
    assert told(seen, Kind.PYTHON) == ["3.8"]
    assert told(seen, Kind.CUDA) == ["11.2"]
    assert told(seen, Kind.DEPENDENCY) == ["gunicorn"]
    assert told(seen, Kind.PLATFORM) == ["linux-64", "linux-64"]
    packages = [clue for clue in seen.clues if clue.kind is Kind.SYSTEM_PACKAGE]
    assert [(one.value, one.place) for one in packages] == [
        ("libgl1", "Dockerfile:4"),
        ("libglib2.0-0", "Dockerfile:4"),
    ]


@pytest.mark.parametrize(
    ("image", "kind", "values"),
    [
        ("python:3.10.4-bullseye", Kind.PYTHON, ["3.10.4"]),
        ("registry.example:5000/team/python:3.9", Kind.PYTHON, ["3.9"]),
        ("python:latest", Kind.PYTHON, []),
        ("pytorch/pytorch:1.13.0-cuda11.6-cudnn8-runtime", Kind.DEPENDENCY, ["torch==1.13.0"]),
        ("pytorch/pytorch:1.13.0-cuda11.6-cudnn8-runtime", Kind.CUDA, ["11.6"]),
        ("tensorflow/tensorflow:2.8.0-gpu", Kind.DEPENDENCY, ["tensorflow==2.8.0"]),
        ("tensorflow/tensorflow:2.8.0-gpu", Kind.CUDA, ["11.2"]),
        ("tensorflow/tensorflow:2.8.0", Kind.CUDA, []),
        ("pytorch/pytorch:1.5-cuda10.1-cudnn7-runtime", Kind.DEPENDENCY, ["torch==1.5.*"]),
        ("ubuntu:20.04", Kind.PYTHON, []),
    ],
)
def test_base_images(image: str, kind: Kind, values: list[str]) -> None:
    assert told(of_dockerfile(f"FROM {image}\n", "Dockerfile"), kind) == values


PIPELINE = """\
jobs:
  test:
    runs-on: ${{ matrix.os }}
    strategy:
      matrix:
        os: [ubuntu-latest, "windows-2022"]
        python-version: [3.8, "3.9", 3.10]
    steps:
      - run: sudo apt-get install -y libsndfile1
      - uses: actions/setup-python@v4
        with:
          python-version: ${{ matrix.python-version }}
"""


def test_a_pipeline() -> None:
    seen = of_pipeline(PIPELINE, ".github/workflows/ci.yml")
    assert told(seen, Kind.TESTED_PYTHON) == ["3.8", "3.9", "3.10"]
    assert told(seen, Kind.PLATFORM) == ["linux-64", "win-64"]
    assert told(seen, Kind.SYSTEM_PACKAGE) == ["libsndfile1"]


def test_other_pipelines() -> None:
    travis = of_pipeline('language: python\npython:\n  - "3.6"\n  - 3.10\ninstall: x\n', ".travis.yml")
    assert told(travis, Kind.TESTED_PYTHON) == ["3.6", "3.10"]
    gitlab = of_pipeline("image: python:3.8-slim\n", ".gitlab-ci.yml")
    assert told(gitlab, Kind.PYTHON) == ["3.8"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3.8.12\n", ["3.8.12"]),
        ("python-3.9.1\n", ["3.9.1"]),
        ("# x\nsystem\n", []),
        ("\n3.10\n3.9\n", ["3.10"]),
    ],
)
def test_files_of_versions(text: str, values: list[str]) -> None:
    assert told(of_version_file(text, ".python-version"), Kind.PYTHON) == values


@given(st.text(st.sampled_from("FROM RUN apt-get install pip $ARG={}\\\n\"'&|;# 3.8:-py\0é"), max_size=80))
def test_any_text_of_others_is_read(text: str) -> None:
    of_dockerfile(text, "x")
    of_pipeline(text, "x")
    of_command(text, "x")
    of_version_file(text, "x")
