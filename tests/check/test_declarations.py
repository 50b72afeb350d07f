"""Where a project's files speak of a package."""

from pathlib import Path

from samestack.check.declarations import Declarations, Place, declaring_files
from samestack.model import Kind, Reference


def test_the_first_line_that_names_it_is_the_place(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text('[project]\n# pandas is old\ndependencies = [\n  "Scikit_Learn>1",\n  "pandas",\n]\n')
    places = Declarations((path,), "venv")
    assert places.place_of("pandas") == Place(str(path), 5)
    assert places.place_of("scikit-learn") == Place(str(path), 4)
    assert places.place_of("numpy") == Place(str(path), 1)


def test_a_later_file_that_names_it_goes_before_the_first_line_of_an_earlier_one(tmp_path: Path) -> None:
    for name, text in (("pyproject.toml", "[project]\n"), ("requirements.txt", "\nnumpy==1\n")):
        (tmp_path / name).write_text(text)
    files = declaring_files(Reference(Kind.VENV, ".venv"), str(tmp_path))
    assert [one.name for one in files] == ["pyproject.toml", "requirements.txt"]
    assert Declarations(files, ".venv").place_of("numpy") == Place(str(tmp_path / "requirements.txt"), 2)


def test_a_file_that_is_examined_is_the_only_one_to_look_in(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "uv.lock"):
        (tmp_path / name).write_text("")
    assert declaring_files(Reference(Kind.PATH, str(tmp_path / "uv.lock")), str(tmp_path)) == (
        tmp_path / "uv.lock",
    )


def test_without_files_the_environment_is_the_place() -> None:
    assert Declarations((), ".venv/").place_of("numpy") == Place(".venv")
    assert Declarations((), "").place_of("numpy") == Place(".")


def test_what_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"\xff\xfe numpy")
    assert Declarations((tmp_path / "one.txt",), "x").place_of("numpy") == Place(str(tmp_path / "one.txt"), 1)
