from pathlib import Path

from samestack.check.project_modules import project_modules


def files(directory: Path, *names: str) -> Path:
    for name in names:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return directory


def test_modules_and_packages_are_named_and_nothing_else(tmp_path: Path) -> None:
    names = (
        "random.py",
        "torch/__init__.py",
        "data/a.csv",
        "my-script.py",
        "README.md",
        "src/own/__init__.py",
    )
    files(tmp_path, *names)
    (tmp_path / "directory.py").mkdir()
    assert project_modules(str(tmp_path)) == ("random", "torch")


def test_the_files_of_a_package_are_imported_by_no_name_of_their_own(tmp_path: Path) -> None:
    assert project_modules(str(files(tmp_path, "__init__.py", "random.py"))) == ()


def test_a_directory_that_is_not_there_offers_nothing(tmp_path: Path) -> None:
    assert project_modules(str(tmp_path / "nowhere")) == ()
    assert project_modules(str(files(tmp_path, "a.py") / "a.py")) == ()
