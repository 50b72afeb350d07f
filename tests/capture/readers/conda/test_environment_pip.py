from pathlib import Path

import pytest

from samestack.capture.readers.conda.environment_pip import read_pip_part
from samestack.errors import InputError


def test_entries_are_lines_of_a_requirements_file(tmp_path: Path) -> None:
    entries = [
        "requests[socks] >= 2.31  # a comment",
        f"six==1.16.0 --hash=sha256:{'a' * 64}",
        "-e git+https://git.example/me@abc#egg=me",
        "tqdm\nidna==3.4",
    ]
    found = read_pip_part(entries, tmp_path / "environment.yml").components
    assert [(one.name, one.version or one.requirement) for one in found] == [
        ("requests", ">=2.31"),
        ("six", "1.16.0"),
        ("me", None),
        ("tqdm", None),
        ("idna", "3.4"),
    ]


def test_files_are_relative_to_the_environment_s(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base/more.txt").write_text("-r most.txt\n")
    (tmp_path / "base/most.txt").write_text("tqdm\n")
    (tmp_path / "limits.txt").write_text("tqdm<5\nsix<2\n")
    found = read_pip_part(["-r base/more.txt", "-c limits.txt"], tmp_path / "environment.yml").components
    assert [(one.name, one.requirement, one.circumstances) for one in found] == [
        ("tqdm", "<5", {}),
        ("six", "<2", {"constraint": True}),
    ]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        (["-i https://user:hunter2@index.example/simple"], "package-index"),
        (["-r https://files.example/requirements.txt"], "remote-requirements"),
        (["https://files.example/archive.zip"], "unnamed-requirement"),
    ],
)
def test_what_cannot_be_told_is_remarked_on(tmp_path: Path, entries: list[str], code: str) -> None:
    observation = read_pip_part(entries, tmp_path / "environment.yml")
    (remark,) = observation.remarks
    assert (observation.components, remark.code) == ((), code)
    assert remark.place == f"{tmp_path / 'environment.yml'}, pip entry 1"
    assert "hunter2" not in str(observation)


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        (["six", "numpy=="], "pip entry 2: not a requirement"),
        (["--no-such-option"], "pip entry 1: no such option"),
        (["-r gone.txt"], "pip entry 1: includes 'gone.txt', which is not a regular file"),
    ],
)
def test_what_is_wrong_is_said_of_its_entry(tmp_path: Path, entries: list[str], problem: str) -> None:
    path = tmp_path / "environment.yml"
    with pytest.raises(InputError, match=problem) as refusal:
        read_pip_part(entries, path)
    assert refusal.value.file == str(path)


def test_a_file_that_includes_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("-r a.txt\n")
    with pytest.raises(InputError, match=r"includes itself: a\.txt -> a\.txt|includes itself"):
        read_pip_part(["-r a.txt"], tmp_path / "environment.yml")
