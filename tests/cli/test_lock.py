"""The verb lock on a small index of the tests: what it prints, writes, changes and refuses."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.cli.main import main
from samestack.lock.table_text import table_of
from tests.lock.projects import MANIFEST, alone, small_index, write_files


@pytest.fixture(scope="module", autouse=True)
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    patch = pytest.MonkeyPatch()
    with alone(small_index(), patch, tmp_path_factory.mktemp("uv-cache")) as found:
        yield found
    patch.undo()


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = write_files(tmp_path / "project", {"pyproject.toml": MANIFEST})
    monkeypatch.chdir(project)
    for variable, value in {"COLUMNS": "100", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(variable, value)
    return project


def lock(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    found = main(["lock", *words])
    said = capsys.readouterr()
    assert found == status, said
    return said.out + said.err


def test_a_new_lock_is_summed_up(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    said = lock(capsys).splitlines()
    assert said[0] == "pylock.toml is new, 3 packages"
    assert said[1].startswith("  for Python 3.9 on linux-64, osx-arm64, sha256:")
    assert said[2] == "  a host needs glibc 2.17"
    assert table_of(directory / "pylock.toml").python == "3.9"


def test_with_nothing_changed_it_is_left_alone(
    capsys: pytest.CaptureFixture[str], directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock(capsys)
    before = (directory / "pylock.toml").stat()
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")  # no solver is asked
    assert lock(capsys).startswith("pylock.toml is current\n")
    assert lock(capsys, "--check").startswith("pylock.toml is current\n")
    assert (directory / "pylock.toml").stat() == before


def test_what_changes_is_listed(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    lock(capsys, "--as-of", "2023-06-01")
    said = lock(capsys, "--upgrade-all", "--extra", "gpu", "--group", "test")
    assert said.startswith(
        "pylock.toml has changed, 5 packages\n  +  checker  7.0\n  +  fast     3.0+cu118\n"
    )
    (directory / "pyproject.toml").write_text(MANIFEST.replace('"app"', '"base"'))
    said = lock(capsys, "--upgrade", "base")
    assert "  -  app       1.1\n  ~  base      1.5 -> 2.0\n  -  checker   7.0\n" in said


def test_a_dry_run_writes_nothing(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    assert lock(capsys, "--dry-run").startswith("pylock.toml is new, 3 packages; nothing was written\n")
    assert not (directory / "pylock.toml").exists()


def test_a_check_says_what_is_not_as_it_was(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    assert "there is no lock" in lock(capsys, "--check", status=2)
    lock(capsys)
    (directory / "pyproject.toml").write_text(MANIFEST.replace('"app"', '"app<1.1"'))
    assert lock(capsys, "--check", status=1) == (
        "pylock.toml is not current\n"
        "- pyproject.toml has changed since\n"
        "- app<1.1 is asked for, and the lock has app 1.1\n".replace("- ", "  - ")
    )


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(lock(capsys, "--format", "json"))
    assert document["schema"] == "samestack/lock/1"
    assert (document["state"], document["packages"], document["is_written"]) == ("new", 3, True)
    assert document["lock"]["host"] == {"glibc": "2.17"}
    document = json.loads(lock(capsys, "--format", "json"))
    assert document["state"] == "current"


def test_a_conflict_is_explained_and_the_old_lock_stays(
    capsys: pytest.CaptureFixture[str], directory: Path
) -> None:
    lock(capsys)
    before = (directory / "pylock.toml").read_bytes()
    (directory / "pyproject.toml").write_text(MANIFEST.replace('"app"', '"needs-old-base", "base>=2"'))
    said = lock(capsys, status=1)
    assert "cannot be met together: 1 conflict" in said
    assert "needs-old-base 1.0 asks for base<1.5" in said
    assert "samestack explain pyproject.toml" in said
    assert (directory / "pylock.toml").read_bytes() == before
    document = json.loads(lock(capsys, "--format", "json", status=1))
    assert document["schema"] == "samestack/explanation/1"
    assert len(document["conflicts"]) == 1


def test_another_directory_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    other = write_files(tmp_path / "other", {"requirements.txt": "app\n"})
    said = lock(capsys, str(other), "--python", "3.9", "--platform", "linux-64", "--no-urls")
    assert said.startswith(f"{other / 'pylock.toml'} is new, 2 packages\n")
    assert "127.0.0.1" not in (other / "pylock.toml").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "x.txt"), "none is asked for"),
        (("--check", "--verify"), "--check decides nothing, so --verify has no place"),
        (("--check", "--upgrade", "app"), "--check decides nothing, so --upgrade has no place"),
        (("--dry-run", "--export", "requirements"), "--dry-run writes no lock"),
        (("--export", "conda"), "there is no export 'conda'"),
        (("nowhere",), "nowhere"),
        (("--platform", "linux"), "there is no platform 'linux'"),
    ],
)
def test_what_makes_no_sense_is_refused(
    capsys: pytest.CaptureFixture[str], directory: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in lock(capsys, *words, status=2)
    assert not (directory / "pylock.toml").exists()


def test_an_export_goes_where_it_is_sent(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    assert lock(capsys, "--export", "requirements", "-o", "locked.txt").startswith("pylock.toml is new")
    text = (directory / "locked.txt").read_text()
    assert "app==1.1" in text
    assert main(["lock", "--export", "requirements"]) == 0
    printed = capsys.readouterr()
    assert printed.out == text
    assert printed.err.startswith("pylock.toml is current")
