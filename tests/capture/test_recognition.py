"""A bare path is recognised by its name where that is sure, and else by what is in it."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture import recognition
from samestack.capture.entry import environment_kind
from samestack.capture.formats import FORMATS
from samestack.errors import InputError, RequestError
from samestack.model import Kind


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("pylock.toml", "", "pylock.toml"),
        ("pylock.gpu.toml", "", "pylock.toml"),
        ("uv.lock", "", "uv.lock"),
        ("poetry.lock", "", "poetry.lock"),
        ("pixi.lock", "", "pixi.lock"),
        ("conda-lock.yml", "", "conda-lock.yml"),
        ("gpu.conda-lock.yml", "", "conda-lock.yml"),
        ("Pipfile.lock", "", "Pipfile.lock"),
        ("pyproject.toml", "", "pyproject.toml"),
        ("requirements.txt", "numpy\n", "requirements.txt"),
        ("requirements-dev.in", "-r base.in\nnumpy >=1.2  # why\n\n", "requirements.txt"),
        ("frozen", "numpy==1.26.4\n-e git+https://code.example/a.git@0a1b#egg=a\n", "requirements.txt"),
        ("constraints.txt", "# nothing\n", "requirements.txt"),
        ("hashed.txt", "six==1.16.0 \\\n    --hash=sha256:8abb\n", "requirements.txt"),
        ("env.yaml", "name: vision\nchannels: [conda-forge]\ndependencies:\n- numpy\n", "environment.yml"),
        ("other.yml", "version: 6\nenvironments: {}\npackages: []\n", "pixi.lock"),
        ("other.yml", "version: 1\nmetadata: {}\npackage: []\n", "conda-lock.yml"),
        ("spec.txt", "# platform: linux-64\n@EXPLICIT\n", "conda-explicit"),
        ("list.json", '[{"dist_name": "numpy-1.26.4-py310", "name": "numpy"}]', "conda-explicit"),
        ("list.json", '[{"name": "numpy", "version": "1.26.4"}]', "pip-list"),
        ("inspect.json", '{"version": "1", "pip_version": "25.0", "installed": []}', "pip-inspect"),
        ("bom.json", '{"bomFormat": "CycloneDX"}', "cyclonedx"),
        ("x.spdx.json", '{"spdxVersion": "SPDX-2.3"}', "spdx"),
        ("spdx3.json", '{"@context": "", "@graph": []}', "spdx"),
        ("mine.json", '{"schema": "samestack/snapshot/1"}', "snapshot"),
        ("locked.toml", 'lock-version = "1.0"\n', "pylock.toml"),
        ("old.lock", "version = 1\n[[package]]\n", "uv.lock"),
        ("old.lock", '[[package]]\n[metadata]\ncontent-hash = "0"\n', "poetry.lock"),
        ("other.toml", '[project]\nname = "x"\n', "pyproject.toml"),
    ],
)
def test_a_file_is_recognised(tmp_path: Path, name: str, content: str, kind: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    assert recognition.file_kind(path) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", "Dear Sarah, your notebook will not run.\n"),
        ("data.json", '{"a": 1}'),
        ("data.json", "[3]"),
        ("broken.json", "{"),
        ("broken.toml", "= 3"),
        ("settings.toml", "a = 3"),
        ("compose.yml", "services: {}\n"),
        ("picture.png", "\x89PNG"),
    ],
)
def test_what_is_not_known_is_refused_by_name(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(InputError, match=name):
        recognition.file_kind(path)


@given(content=st.text(), suffix=st.sampled_from(["", ".txt", ".json", ".toml", ".yml", ".lock"]))
def test_any_text_is_recognised_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: str, suffix: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"file{suffix}"
    path.write_bytes(content.encode(errors="surrogatepass"))
    with contextlib.suppress(InputError):
        assert recognition.file_kind(path) in {*FORMATS, recognition.SNAPSHOT}


def test_directories_of_each_kind(tmp_path: Path) -> None:
    marks = {
        "venv": ("pyvenv.cfg", Kind.VENV),
        "conda": ("conda-meta/history", Kind.CONDA),
        "debian": ("var/lib/dpkg/status", Kind.ROOTFS),
        "alpine": ("etc/os-release", Kind.ROOTFS),
        "project": ("pyproject.toml", None),
    }
    for name, (mark, kind) in marks.items():
        file = tmp_path / name / mark
        file.parent.mkdir(parents=True)
        file.touch()
        assert environment_kind(str(tmp_path / name)) is kind


def test_an_interpreter_is_recognised_by_its_name(tmp_path: Path) -> None:
    for name in ("python", "python3", "python3.13t", "pypy3.10"):
        (tmp_path / name).touch()
        assert environment_kind(str(tmp_path / name)) is Kind.PYTHON
    (tmp_path / "python.txt").touch()
    assert environment_kind(str(tmp_path / "python.txt")) is None


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no such file or directory"):
        environment_kind(str(tmp_path / "gone"))


def test_the_most_decided_file_of_a_project_comes_first(tmp_path: Path) -> None:
    for name in ("requirements.txt", "pyproject.toml", "uv.lock"):
        (tmp_path / name).touch()
    assert [path.name for path in recognition.project_files(tmp_path)] == [
        "uv.lock",
        "pyproject.toml",
        "requirements.txt",
    ]


def test_pdms_own_lock_is_refused_with_the_command_that_writes_a_standard_one(tmp_path: Path) -> None:
    (tmp_path / "pdm.lock").write_text("[metadata]\nstrategy = []\n")
    with pytest.raises(InputError) as caught:
        recognition.file_kind(tmp_path / "pdm.lock")
    assert caught.value.hint == "pdm export -f pylock -o pylock.toml"
