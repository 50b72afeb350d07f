"""What of a project is looked at."""

from pathlib import Path

from samestack.advise.project_files import ProjectFiles


def write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_environments_caches_and_tests_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "mine/pyvenv.cfg")
    write(tmp_path / "mine/lib/package/requirements.txt")
    write(tmp_path / "prefix/conda-meta/history")
    write(tmp_path / ".git/config")
    write(tmp_path / "node_modules/x/setup.py")
    write(tmp_path / "tests/environment.yml")
    write(tmp_path / ".github/workflows/ci.yml")
    write(tmp_path / "env/environment.yml")
    assert set(ProjectFiles(tmp_path).paths) == {".github/workflows/ci.yml", "env/environment.yml"}


def test_the_nearest_files_come_first(tmp_path: Path) -> None:
    write(tmp_path / "a/b/setup.py")
    write(tmp_path / "setup.py")
    assert ProjectFiles(tmp_path).named("setup.py") == ("setup.py", "a/b/setup.py")


def test_a_link_to_nowhere_and_bytes_that_are_no_text_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfeDockerfile\n")
    files = ProjectFiles(tmp_path)
    assert files.text("gone.txt") == ""
    assert [one.line for one in files.lines("bytes.txt", "dockerfile")] == [1]


def test_a_circle_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    write(tmp_path / "setup.py")
    assert ProjectFiles(tmp_path).paths == ("setup.py",)
