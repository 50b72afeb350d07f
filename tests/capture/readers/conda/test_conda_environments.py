from collections.abc import Mapping
from pathlib import Path

import pytest

from samestack.capture.readers.conda.conda_environments import environment_name, find_prefix
from samestack.errors import RequestError


def make_prefix(path: Path) -> Path:
    (path / "conda-meta").mkdir(parents=True)
    return path


@pytest.mark.parametrize(
    ("place", "environment"),
    [
        ("home/miniforge3/envs/vision", {}),
        ("home/.local/share/mamba/envs/vision", {}),
        ("home/.conda/envs/vision", {}),
        ("base/envs/vision", {"CONDA_PREFIX": "base"}),
        ("base/envs/vision", {"CONDA_PREFIX": "base/envs/other"}),
        ("base/envs/vision", {"CONDA_EXE": "base/bin/conda"}),
        ("base/envs/vision", {"MAMBA_ROOT_PREFIX": "base"}),
        ("shared/vision", {"CONDA_ENVS_PATH": "shared"}),
        ("shared/vision", {"CONDA_ENVS_DIRS": "shared"}),
    ],
)
def test_a_name_is_found_where_conda_keeps_it(
    tmp_path: Path, place: str, environment: Mapping[str, str]
) -> None:
    prefix = make_prefix(tmp_path / place)
    variables = {name: str(tmp_path / value) for name, value in environment.items()}
    assert find_prefix("vision", {"HOME": str(tmp_path / "home"), **variables}) == str(prefix)


def test_a_registered_environment_is_found_anywhere(tmp_path: Path) -> None:
    prefix = make_prefix(tmp_path / "work/env")
    (tmp_path / ".conda").mkdir()
    (tmp_path / ".conda/environments.txt").write_text(f"{tmp_path}/gone\n\nno path\n{prefix}\n")
    assert find_prefix("env", {"HOME": str(tmp_path)}) == str(prefix)


def test_one_that_is_found_in_two_ways_is_one(tmp_path: Path) -> None:
    prefix = make_prefix(tmp_path / "miniforge3/envs/vision")
    variables = {"HOME": str(tmp_path), "CONDA_PREFIX": str(tmp_path / "miniforge3")}
    assert find_prefix("vision", variables) == str(prefix)


def test_the_environment_of_conda_itself_is_base(tmp_path: Path) -> None:
    root = make_prefix(tmp_path / "miniforge3")
    (root / "condabin").mkdir()
    assert environment_name(root) == "base"
    assert environment_name(make_prefix(root / "envs/vision")) == "vision"
    assert find_prefix("base", {"HOME": str(tmp_path)}) == str(root)


def test_two_of_one_name_must_be_told_apart(tmp_path: Path) -> None:
    prefixes = [make_prefix(tmp_path / root / "envs/vision") for root in ("miniforge3", "anaconda3")]
    with pytest.raises(RequestError, match="2 conda environments are called 'vision'") as refusal:
        find_prefix("vision", {"HOME": str(tmp_path)})
    assert all(str(prefix) in str(refusal.value.hint) for prefix in prefixes)


def test_what_is_not_found_names_what_is(tmp_path: Path) -> None:
    make_prefix(tmp_path / "miniforge3/envs/vision")
    with pytest.raises(RequestError, match="no conda environment 'visoin'") as refusal:
        find_prefix("visoin", {"HOME": str(tmp_path)})
    assert "vision" in str(refusal.value.hint)


def test_a_path_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = make_prefix(tmp_path / "env")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for locator in (str(prefix), "./env", "env", "~/env"):
        assert find_prefix(locator, {}) == str(prefix)


@pytest.mark.parametrize("locator", ["/", "./nothing", "~", "~nobody-of-this-name/x", "a\0/b", "x/" * 3000])
def test_a_path_that_is_no_environment_is_refused(locator: str) -> None:
    with pytest.raises(RequestError, match="is no conda environment: it has no directory conda-meta"):
        find_prefix(locator, {})
